import type { components } from "../contract/generated/admin.ts";
import type { Template, TemplateVersion } from "../domain/directory.ts";
import { formatSpan } from "../domain/span.ts";
import type { World } from "../domain/world.ts";
import { handled, type Reply } from "../operations/reply.ts";
import type { AdminContext } from "./admin-context.ts";
import { presentOrganization } from "./tasks/present-task.ts";

type Schemas = components["schemas"];

/** `GET /templates`. */
export function listTemplates({ host }: AdminContext): Reply {
  const { world } = host;
  const templates = [...world.directory.templates.values()].map((template) =>
    presentTemplate(world, template),
  );
  return handled(200, { templates } satisfies Schemas["TemplateList"]);
}

function presentTemplate(world: World, template: Template): Schemas["Template"] {
  const spans = Object.entries(template.durations);
  return {
    id: template.id,
    name: template.name,
    display_name: template.displayName,
    organization: presentOrganization(world, template.organizationId),
    deprecated: template.deprecated,
    deleted: template.deleted,
    active_version_id: template.activeVersionId,
    versions: template.versions.map(presentVersion),
    durations: Object.fromEntries(spans.map(([name, span]) => [name, formatSpan(span)])),
  };
}

function presentVersion(version: TemplateVersion): Schemas["TemplateVersion"] {
  return {
    id: version.id,
    name: version.name,
    has_ai_task: version.hasAiTask,
    archived: version.archived,
    import_status: version.importStatus,
    presets: version.presets.map(({ id, name, isDefault, parameters }) => ({
      id,
      name,
      default: isDefault,
      parameters,
    })),
  };
}
