import type { Organization, Template, User } from "../../domain/directory.ts";
import { formatInstant } from "../../domain/instant.ts";
import type { World } from "../../domain/world.ts";
import type { OrganizationRecord, ScenarioDocument, UserRecord } from "../scenario-document.ts";
import type { TemplateRecord } from "../template-document.ts";
import { exportBehaviour, exportScripts } from "./export-behaviour.ts";
import { exportDurations, type Names, named } from "./export-names.ts";
import { exportTask } from "./export-task.ts";
import { exportVersion } from "./export-version.ts";

/**
 * A world as a complete scenario: whatever could be left open is spelled out, so that a world that starts from it answers
 * with the same bytes. Instants are absolute.
 */
export function exportScenario(world: World): ScenarioDocument {
  const { tables, start, settings } = world;
  const names: Names = {
    world,
    username: (id) => named(tables.users.get(id)?.username, id),
    organization: (id) => named(tables.organizations.get(id)?.name, id),
  };
  const { defaultUserId } = start;
  return {
    description: `The state of a world that began as "${settings.scenario}", at ${formatInstant(world.now)}.`,
    exported: true,
    clock: { start: formatInstant(world.now) },
    durations: exportDurations(start.durations),
    ...scriptsOf(world),
    organizations: [...tables.organizations.values()].map(exportOrganization),
    users: [...tables.users.values()].map((user) => exportUser(user, names)),
    templates: [...tables.templates.values()].map((template) => exportTemplate(template, names)),
    default_user: defaultUserId === undefined ? null : names.username(defaultUserId),
    tasks: [...tables.tasks.values()].map((task) => exportTask(task, names)),
    ...(world.faults.length === 0 ? {} : { faults: world.faults.map(({ written }) => written) }),
    origin: { scenario: world.idOrigin.scenario, seed: world.idOrigin.seed },
    counters: Object.fromEntries(world.ids.counters),
  };
}

function scriptsOf({ tables }: World): Pick<ScenarioDocument, "scripts"> {
  const workspaces = [...tables.workspaces.values()].map(({ behaviour }) => behaviour);
  const templates = [...tables.templates.values()].map(({ behaviour }) => behaviour);
  const scripts = exportScripts([...templates, ...workspaces]);
  return Object.keys(scripts).length === 0 ? {} : { scripts };
}

function exportOrganization(organization: Organization): OrganizationRecord {
  return {
    name: organization.name,
    id: organization.id,
    display_name: organization.displayName,
    description: organization.description,
    icon: organization.icon,
    default: organization.isDefault,
    created: formatInstant(organization.createdAt),
  };
}

function exportUser(user: User, { world, organization }: Names): UserRecord {
  const tokens = [...world.directory.tokens.values()].filter(({ userId }) => userId === user.id);
  return {
    username: user.username,
    id: user.id,
    name: user.name,
    email: user.email,
    avatar_url: user.avatarUrl,
    status: user.status,
    roles: user.roles,
    organizations: user.memberships.map(({ organizationId, roles }) => ({
      name: organization(organizationId),
      roles,
    })),
    ...(user.githubUserId === undefined ? {} : { github_user_id: user.githubUserId }),
    tokens: tokens.map(({ text, expiresAt }) => ({
      token: text,
      ...(expiresAt === undefined ? {} : { expires: formatInstant(expiresAt) }),
    })),
    created: formatInstant(user.createdAt),
  };
}

function exportTemplate(template: Template, { organization }: Names): TemplateRecord {
  const active = template.versions.find(({ id }) => id === template.activeVersionId);
  const behaviour = exportBehaviour(template.behaviour);
  return {
    name: template.name,
    organization: organization(template.organizationId),
    id: template.id,
    display_name: template.displayName,
    description: template.description,
    icon: template.icon,
    deprecated: template.deprecated,
    deleted: template.deleted,
    active_version: named(active?.name, template.activeVersionId),
    versions: template.versions.map(exportVersion),
    durations: exportDurations(template.durations),
    ...(behaviour === undefined ? {} : { behaviour }),
    created: formatInstant(template.createdAt),
  };
}
