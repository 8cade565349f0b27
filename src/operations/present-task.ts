import type { Agent } from "../domain/agent.ts";
import { agentHealth } from "../domain/agent-health.ts";
import { type CurrentState, currentState } from "../domain/current-state.ts";
import type { Template, User } from "../domain/directory.ts";
import { zeroUuid } from "../domain/ids.ts";
import { formatInstant } from "../domain/instant.ts";
import type { RevisionRules } from "../domain/revision.ts";
import type { Task } from "../domain/task.ts";
import { taskStatus, type WorkspaceStatus, workspaceStatus } from "../domain/task-status.ts";
import { type Build, latestBuild, type Workspace } from "../domain/workspace.ts";
import type { World } from "../domain/world.ts";
import type { FoundTask } from "./find.ts";
import type { Shape } from "./shape.ts";

/** Shows a task as it goes on the wire. */
export interface TaskPresenter {
  /** The same object for as long as nothing in it changes. */
  kept(world: World, found: FoundTask): object;
  /** A new object, for a state that will hardly be shown again, such as a task's first. */
  fresh(world: World, found: FoundTask): object;
}

interface Remembered {
  readonly task: Task;
  readonly owner: User | undefined;
  readonly template: Template | undefined;
  readonly view: object;
}

/**
 * Makes the presenter of a profile and revision. What it keeps, it gives again until the task, its workspace, owner or
 * template is another object, so that whoever checks and serialises answers has to do it once a state.
 */
export function createTaskPresenter(shape: Shape, rules: RevisionRules): TaskPresenter {
  // Kept by workspace, which changes with every step: a state that nobody can see again must not be held by its task.
  const memory = new WeakMap<Workspace, Remembered>();
  return {
    kept(world, found) {
      const parts = partsOf(world, found);
      const { task, workspace, owner, template } = parts;
      const known = workspace && memory.get(workspace);
      const isCurrent = known?.task === task && known.owner === owner && known.template === template;
      if (known !== undefined && isCurrent) return known.view;
      const view = Object.freeze(presentTask(parts, shape, rules));
      if (workspace !== undefined) memory.set(workspace, { task, owner, template, view });
      return view;
    },
    fresh: (world, found) => presentTask(partsOf(world, found), shape, rules),
  };
}

interface Parts extends FoundTask {
  readonly owner: User | undefined;
  readonly template: Template | undefined;
}

function partsOf({ directory }: World, { task, workspace }: FoundTask): Parts {
  const owner = directory.users.get(task.ownerId);
  const template = directory.templateOfVersion(task.templateVersionId)?.template;
  return { task, workspace, owner, template };
}

function presentTask(
  { task, workspace, owner, template }: Parts,
  shape: Shape,
  rules: RevisionRules,
): object {
  const build = workspace === undefined ? undefined : latestBuild(workspace);
  const agent = build?.agent;
  const source = template ?? noTemplate;
  return {
    id: task.id,
    organization_id: task.organizationId,
    owner_id: task.ownerId,
    owner_name: owner?.username ?? "",
    owner_avatar_url: owner && avatarOf(owner),
    name: task.name,
    display_name: task.displayName,
    template_version_id: task.templateVersionId,
    template_id: source.id,
    template_name: source.name,
    template_display_name: source.displayName,
    template_icon: source.icon,
    workspace_id: shape.id(workspace?.id),
    workspace_name: workspace?.name ?? "",
    workspace_status: build && statusOf(build),
    workspace_build_number: build?.number,
    workspace_agent_id: shape.id(agent?.id),
    workspace_agent_lifecycle: agent?.lifecycle ?? shape.absent,
    workspace_agent_health: agent === undefined ? shape.absent : agentHealth(agent),
    workspace_app_id: shape.id(linkedApp(agent)),
    initial_prompt: task.prompt,
    status: taskStatus(workspace),
    current_state: presentState(currentState(workspace), rules) ?? shape.absent,
    created_at: formatInstant(task.createdAt),
    updated_at: formatInstant(workspace?.updatedAt ?? task.createdAt),
  };
}

const noTemplate = { id: zeroUuid, name: "", displayName: "", icon: "" };

function avatarOf({ avatarUrl }: User): string | undefined {
  return avatarUrl === "" ? undefined : avatarUrl;
}

function statusOf({ transition, job }: Build): WorkspaceStatus {
  return workspaceStatus(transition, job.status);
}

function linkedApp(agent: Agent | undefined): string | undefined {
  return agent?.app.linked ? agent.app.id : undefined;
}

function presentState(state: CurrentState | undefined, rules: RevisionRules): object | undefined {
  if (state === undefined) return undefined;
  return {
    timestamp: formatInstant(state.at),
    state: state.state === "failure" ? rules.failureState : state.state,
    message: state.message,
    uri: state.uri,
  };
}
