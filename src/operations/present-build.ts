import { zeroUuid } from "../domain/ids.ts";
import { formatInstant } from "../domain/instant.ts";
import { workspaceStatus } from "../domain/task-status.ts";
import type { Build, Workspace } from "../domain/workspace.ts";
import type { World } from "../domain/world.ts";
import type { Shape } from "./shape.ts";

/**
 * A build as it looks the moment it was made: no resources, no stamps of a job that has not begun, the names of the job's
 * metadata still empty. That is how pause and resume answer.
 */
export function presentNewBuild(
  world: World,
  { workspace, build }: { readonly workspace: Workspace; readonly build: Build },
  shape: Shape,
): object {
  const owner = world.directory.users.get(workspace.ownerId);
  const initiator = world.directory.users.get(build.initiatorId);
  return {
    id: build.id,
    created_at: formatInstant(build.createdAt),
    updated_at: formatInstant(build.updatedAt),
    workspace_id: workspace.id,
    workspace_name: workspace.name,
    workspace_owner_id: workspace.ownerId,
    workspace_owner_name: owner?.username ?? "",
    workspace_owner_avatar_url: owner?.avatarUrl || undefined,
    template_version_id: build.templateVersionId,
    template_version_name: "",
    template_version_preset_id: build.presetId ?? shape.absent,
    build_number: build.number,
    transition: build.transition,
    initiator_id: build.initiatorId,
    initiator_name: initiator?.username ?? "",
    job: presentNewJob(workspace, build),
    reason: world.rules.unknownReasons[build.reason] ?? build.reason,
    resources: [],
    deadline: shape.absent,
    max_deadline: shape.absent,
    status: workspaceStatus(build.transition, build.job.status),
    daily_cost: 0,
    matched_provisioners: {
      count: 1,
      available: 1,
      most_recently_seen: formatInstant(build.createdAt),
    },
  };
}

/** Its job, without the stamps that only come when it begins. */
export function presentNewJob(workspace: Workspace, build: Build): object {
  return {
    id: build.job.id,
    created_at: formatInstant(build.createdAt),
    status: build.job.status,
    file_id: build.job.fileId,
    tags: { scope: "organization", owner: "" },
    queue_position: 0,
    queue_size: 0,
    organization_id: workspace.organizationId,
    initiator_id: build.initiatorId,
    input: { workspace_build_id: build.id },
    type: "workspace_build",
    metadata: {
      template_version_name: "",
      template_id: zeroUuid,
      template_name: "",
      template_display_name: "",
      template_icon: "",
    },
    logs_overflowed: false,
  };
}
