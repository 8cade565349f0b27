import type { components } from "../../contract/generated/companions.ts";
import { agentHealth } from "../../domain/agent-health.ts";
import { formatInstant } from "../../domain/instant.ts";
import { latestBuild, type Workspace } from "../../domain/workspace.ts";
import type { World } from "../../domain/world.ts";
import { lastUsedAt } from "./last-used-at.ts";
import { presentAppStatus } from "./present-agent.ts";
import { presentWholeBuild } from "./present-whole-build.ts";

type Schemas = components["schemas"];

/** A workspace with its latest build, which has the shapes of the world's profile and revision. */
type WorkspaceView = Omit<Schemas["Workspace"], "latest_build"> & {
  readonly latest_build: object | undefined;
};

/** A workspace as the workspaces' operations show one. */
export function presentWorkspace(world: World, workspace: Workspace): WorkspaceView {
  const build = latestBuild(workspace);
  const status = workspace.statuses.at(-1);
  return {
    id: workspace.id,
    created_at: formatInstant(workspace.createdAt),
    updated_at: formatInstant(workspace.updatedAt),
    ...presentOwner(world, workspace),
    ...presentTemplate(world, workspace),
    latest_build: build && presentWholeBuild(world, { workspace, build }),
    latest_app_status: status === undefined ? null : presentAppStatus(status, workspace),
    name: workspace.name,
    last_used_at: formatInstant(lastUsedAt(workspace)),
    deleting_at: null,
    dormant_at: null,
    health: presentHealth(workspace),
    automatic_updates: "never",
    allow_renames: false,
    favorite: false,
    next_start_at: null,
    is_prebuild: false,
    task_id: taskOf(world, workspace),
  };
}

function presentOwner(
  { directory }: World,
  { ownerId, organizationId }: Workspace,
): Pick<
  WorkspaceView,
  "owner_id" | "owner_name" | "owner_avatar_url" | "organization_id" | "organization_name"
> {
  const owner = directory.users.get(ownerId);
  return {
    owner_id: ownerId,
    owner_name: owner?.username ?? "",
    owner_avatar_url: owner?.avatarUrl ?? "",
    organization_id: organizationId,
    organization_name: directory.organizations.get(organizationId)?.name ?? "",
  };
}

function presentTemplate({ directory }: World, workspace: Workspace) {
  const template = directory.templates.get(workspace.templateId);
  const activeId = template?.activeVersionId ?? "";
  return {
    template_id: workspace.templateId,
    template_name: template?.name ?? "",
    template_display_name: template?.displayName ?? "",
    template_icon: template?.icon ?? "",
    template_allow_user_cancel_workspace_jobs: true,
    template_active_version_id: activeId,
    template_require_active_version: false,
    template_use_classic_parameter_flow: false,
    outdated: template !== undefined && latestBuild(workspace)?.templateVersionId !== activeId,
  } satisfies Partial<WorkspaceView>;
}

function presentHealth(workspace: Workspace): Schemas["WorkspaceHealth"] {
  const agent = latestBuild(workspace)?.agent;
  const isHealthy = agent === undefined || agentHealth(agent).healthy;
  return { healthy: isHealthy, failing_agents: isHealthy ? [] : [agent.id] };
}

/** Null for a workspace without a task, and once its task was deleted. */
function taskOf(world: World, { taskId }: Workspace): string | null {
  const task = taskId === undefined ? undefined : world.task(taskId);
  return task === undefined || task.deletedAt !== undefined ? null : task.id;
}
