import type { components } from "../../contract/generated/companions.ts";
import type { ImportStatus, User } from "../../domain/directory.ts";
import { formatInstant } from "../../domain/instant.ts";
import type { World } from "../../domain/world.ts";
import type { FoundVersion } from "./find-template.ts";
import { templateAuthor } from "./template-author.ts";

type Schemas = components["schemas"];

/** A template version as the operations on templates show one to a caller. */
export function presentTemplateVersion(
  world: World,
  caller: User,
  found: FoundVersion,
): Schemas["TemplateVersion"] {
  const { template, version } = found;
  const createdAt = formatInstant(version.createdAt);
  const author = templateAuthor(world, caller);
  return {
    id: version.id,
    template_id: template.id,
    organization_id: template.organizationId,
    created_at: createdAt,
    updated_at: createdAt,
    name: version.name,
    message: "",
    job: presentImport(world, author, found),
    readme: "",
    created_by: {
      id: author.id,
      username: author.username,
      ...(author.name === "" ? {} : { name: author.name }),
      ...(author.avatarUrl === "" ? {} : { avatar_url: author.avatarUrl }),
    },
    archived: version.archived,
    has_external_agent: false,
  };
}

function presentImport(
  world: World,
  author: User,
  { template, version }: FoundVersion,
): Schemas["ProvisionerJob"] {
  return {
    id: world.ids.named("template-version-job", version.id),
    created_at: formatInstant(version.createdAt),
    ...outcomes[version.importStatus](formatInstant(version.createdAt)),
    status: version.importStatus,
    file_id: world.ids.named("template-version-file", version.id),
    tags: { scope: "organization", owner: "" },
    queue_position: 0,
    queue_size: 0,
    organization_id: template.organizationId,
    initiator_id: author.id,
    input: { template_version_id: version.id },
    type: "template_version_import",
    metadata: {
      template_version_name: version.name,
      template_id: template.id,
      template_name: template.name,
      template_display_name: template.displayName,
      template_icon: template.icon,
    },
    logs_overflowed: false,
  };
}

type Outcome = Pick<Schemas["ProvisionerJob"], "started_at" | "completed_at" | "canceled_at" | "error">;

/** What an import's status leaves in its job. In a world an import takes no time. */
const outcomes = {
  pending: () => ({}),
  running: (at) => ({ started_at: at }),
  succeeded: (at) => ({ started_at: at, completed_at: at }),
  failed: (at) => ({ started_at: at, completed_at: at, error: "The import of the template version failed." }),
  canceled: (at) => ({ started_at: at, completed_at: at, canceled_at: at }),
} as const satisfies Record<ImportStatus, (at: string) => Outcome>;
