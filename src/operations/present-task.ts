import { agentHealth } from "../domain/agent-health.ts";
import { type CurrentState, currentState } from "../domain/current-state.ts";
import type { Template, User } from "../domain/directory.ts";
import { zeroUuid } from "../domain/ids.ts";
import { formatInstant } from "../domain/instant.ts";
import type { RevisionRules } from "../domain/revision.ts";
import type { Task } from "../domain/task.ts";
import { taskStatus, workspaceStatus } from "../domain/task-status.ts";
import { latestBuild, type Workspace } from "../domain/workspace.ts";
import type { World } from "../domain/world.ts";
import type { FoundTask } from "./find.ts";
import { optional, type Shape } from "./shape.ts";

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
      const view = presentTask(parts, shape, rules);
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
  const state = currentState(workspace);
  return Object.freeze({
    id: task.id,
    organization_id: task.organizationId,
    owner_id: task.ownerId,
    owner_name: owner?.username ?? "",
    ...optional("owner_avatar_url", owner?.avatarUrl || undefined),
    name: task.name,
    display_name: task.displayName,
    template_version_id: task.templateVersionId,
    ...presentTemplate(template),
    workspace_id: shape.id(workspace?.id),
    workspace_name: workspace?.name ?? "",
    ...optional("workspace_status", build && workspaceStatus(build.transition, build.job.status)),
    ...optional("workspace_build_number", build?.number),
    workspace_agent_id: shape.id(agent?.id),
    ...shape.nullable("workspace_agent_lifecycle", agent?.lifecycle),
    ...shape.nullable("workspace_agent_health", agent && agentHealth(agent)),
    workspace_app_id: shape.id(agent?.app.linked ? agent.app.id : undefined),
    initial_prompt: task.prompt,
    status: taskStatus(workspace),
    ...shape.nullable("current_state", state && presentState(state, rules)),
    created_at: formatInstant(task.createdAt),
    updated_at: formatInstant(workspace?.updatedAt ?? task.createdAt),
  });
}

function presentTemplate(template: Template | undefined): object {
  return {
    template_id: template?.id ?? zeroUuid,
    template_name: template?.name ?? "",
    template_display_name: template?.displayName ?? "",
    template_icon: template?.icon ?? "",
  };
}

function presentState(state: CurrentState, rules: RevisionRules): object {
  return Object.freeze({
    timestamp: formatInstant(state.at),
    state: state.state === "failure" ? rules.failureState : state.state,
    message: state.message,
    uri: state.uri,
  });
}
