import { canReadOrganization } from "../../domain/access.ts";
import type { Organization, Template, TemplateVersion, User } from "../../domain/directory.ts";
import { asId, parseUuid } from "../../domain/ids.ts";
import type { World } from "../../domain/world.ts";
import { type Found, findUser, notFound, readId } from "../find.ts";
import type { PathParameters } from "../operation.ts";

/** A version with the template that it belongs to. */
export interface FoundVersion {
  readonly template: Template;
  readonly version: TemplateVersion;
}

/** The organization that a path names: by id, by name, or `default`. */
export function findOrganization(world: World, caller: User, path: PathParameters): Found<Organization> {
  const organization = organizationOf(world, path["organization"] ?? "");
  return visible(caller, organization?.id, organization);
}

/**
 * The organization that a path names below a user, by name alone. Provider: whether the user belongs to it does not
 * count.
 */
export function findUserOrganization(world: World, caller: User, path: PathParameters): Found<Organization> {
  const user = findUser(world, caller, path["user"] ?? "");
  if (!user.ok) return user;
  const organization = world.directory.organizationNamed(path["organizationname"] ?? "");
  return visible(caller, organization?.id, organization);
}

function organizationOf({ directory }: World, text: string): Organization | undefined {
  if (text === "default") return [...directory.organizations.values()].find(({ isDefault }) => isDefault);
  const uuid = parseUuid(text);
  return uuid === undefined ? directory.organizationNamed(text) : directory.organizations.get(asId(uuid));
}

/** The template that a path names by its id. A deleted one is not found any more. */
export function findTemplate(world: World, caller: User, path: PathParameters): Found<Template> {
  const id = readId(path["template"] ?? "");
  if (!id.ok) return id;
  const template = world.directory.templates.get(asId(id.value));
  return template?.deleted === false ? visible(caller, template.organizationId, template) : notFound;
}

/** The template that a path names below its organization. */
export function findTemplateByName(world: World, caller: User, path: PathParameters): Found<Template> {
  const organization = findOrganization(world, caller, path);
  if (!organization.ok) return organization;
  const name = (path["template"] ?? "").toLowerCase();
  for (const template of world.directory.templates.values()) {
    if (template.deleted || template.organizationId !== organization.value.id) continue;
    if (template.name.toLowerCase() === name) return { ok: true, value: template };
  }
  return notFound;
}

/** The template version that a path names by its id. */
export function findVersion(world: World, caller: User, path: PathParameters): Found<FoundVersion> {
  const id = readId(path["templateversion"] ?? "");
  if (!id.ok) return id;
  const found = world.directory.templateOfVersion(asId(id.value));
  return visible(caller, found?.template.organizationId, found);
}

/** The template version that a path names below its template. Names of versions keep their case. */
export function findVersionByName(world: World, caller: User, path: PathParameters): Found<FoundVersion> {
  const template = findTemplateByName(world, caller, path);
  if (!template.ok) return template;
  const version = template.value.versions.find(({ name }) => name === path["version"]);
  return version === undefined ? notFound : { ok: true, value: { template: template.value, version } };
}

function visible<Thing>(
  caller: User,
  organizationId: Organization["id"] | undefined,
  thing: Thing | undefined,
): Found<Thing> {
  if (organizationId === undefined || thing === undefined) return notFound;
  return canReadOrganization(caller, organizationId) ? { ok: true, value: thing } : notFound;
}
