import type { components } from "../../contract/generated/companions.ts";
import type { Template, User } from "../../domain/directory.ts";
import { formatInstant } from "../../domain/instant.ts";
import type { World } from "../../domain/world.ts";
import { templateAuthor } from "./template-author.ts";
import { type TemplateUse, templateUse } from "./template-use.ts";

type Schemas = components["schemas"];

/** Makes templates as the templates' operations show them to a caller. */
export function templatePresenter(world: World, caller: User): (template: Template) => Schemas["Template"] {
  const useOf = templateUse(world);
  const author = templateAuthor(world, caller);
  return (template) => {
    const use = useOf(template.id);
    return {
      ...itself(world, template),
      ...policies,
      active_user_count: use.owners.size,
      build_time_stats: buildTimeStats(use),
      created_by_id: author.id,
      created_by_name: author.username,
    };
  };
}

type Policy = keyof typeof policies;
type Known = Exclude<
  keyof Schemas["Template"],
  Policy | "active_user_count" | "build_time_stats" | "created_by_id" | "created_by_name"
>;

function itself(world: World, template: Template): Pick<Schemas["Template"], Known> {
  const organization = world.directory.organizations.get(template.organizationId);
  const newest = template.versions.at(-1)?.createdAt ?? template.createdAt;
  return {
    id: template.id,
    created_at: formatInstant(template.createdAt),
    updated_at: formatInstant(newest > template.createdAt ? newest : template.createdAt),
    organization_id: template.organizationId,
    organization_name: organization?.name ?? "",
    organization_display_name: organization?.displayName ?? "",
    organization_icon: organization?.icon ?? "",
    name: template.name,
    display_name: template.displayName,
    provisioner: "terraform",
    active_version_id: template.activeVersionId,
    description: template.description,
    deprecated: template.deprecated !== "",
    deprecation_message: template.deprecated,
    deleted: template.deleted,
    icon: template.icon,
  };
}

/** What a new template of a deployment has: no world has schedules, so no workspace is ever stopped by one. */
const policies = {
  default_ttl_ms: 0,
  activity_bump_ms: 3_600_000,
  autostop_requirement: { days_of_week: [], weeks: 1 },
  autostart_requirement: {
    days_of_week: ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
  },
  allow_user_autostart: true,
  allow_user_autostop: true,
  allow_user_cancel_workspace_jobs: true,
  failure_ttl_ms: 0,
  time_til_dormant_ms: 0,
  time_til_dormant_autodelete_ms: 0,
  require_active_version: false,
  max_port_share_level: "public",
  cors_behavior: "simple",
  use_classic_parameter_flow: false,
} as const satisfies Partial<Schemas["Template"]>;

function buildTimeStats({ spans }: TemplateUse): Schemas["Template"]["build_time_stats"] {
  return { start: statsOf(spans.start), stop: statsOf(spans.stop), delete: statsOf(spans.delete) };
}

function statsOf(sorted: readonly number[]): Schemas["TransitionStats"] {
  return { P50: percentile(sorted, 0.5), P95: percentile(sorted, 0.95) };
}

/** The smallest value that is not exceeded by a share of all; null without values. */
function percentile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.ceil(share * sorted.length) - 1] ?? null;
}
