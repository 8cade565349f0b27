import { canManage } from "../domain/access.ts";
import { startBuild } from "../domain/start-build.ts";
import type { Task } from "../domain/task.ts";
import { workspaceStatus } from "../domain/task-status.ts";
import { isBuilding, latestBuild } from "../domain/workspace.ts";
import type { World } from "../domain/world.ts";
import type { TaskCall } from "./operation.ts";
import { presentNewBuild } from "./present-build.ts";
import { refuse } from "./refuse.ts";
import { handled, type Reply } from "./reply.ts";
import type { Shape } from "./shape.ts";

/**
 * `POST /tasks/{user}/{task}/resume`: a start build on the template version of the build before. The workspace's status
 * decides, not the task's: what runs cannot be resumed, what failed or was canceled can.
 */
export function createResumeTask(shape: Shape): (world: World, call: TaskCall) => Reply {
  return (world, { caller, task, workspace }) => {
    if (task.workspaceId === undefined) return refuse({ kind: "no-workspace" }, world.rules);
    if (workspace === undefined) return refuse({ kind: "not-found" }, world.rules);
    const build = latestBuild(workspace);
    const status = build && workspaceStatus(build.transition, build.job.status);
    if (status === "running") return refuse({ kind: "already-running", status }, world.rules);
    if (!canManage(caller, workspace))
      return refuse({ kind: "build-forbidden", transition: "start" }, world.rules);
    if (isBuilding(workspace)) return refuse({ kind: "build-active" }, world.rules);
    const started = startBuild(world, workspace, {
      transition: "start",
      reason: "task_resume",
      initiatorId: caller.id,
      prompt: newPrompt(task),
    });
    world.saveWorkspace(started.workspace);
    return handled(202, { workspace_build: presentNewBuild(world, started, shape) });
  };
}

/** The prompt, unless the agent has heard it already. */
export function newPrompt(task: Task): string | undefined {
  const isKnown = task.conversation.some(({ role, content }) => role === "user" && content === task.prompt);
  return isKnown ? undefined : task.prompt;
}
