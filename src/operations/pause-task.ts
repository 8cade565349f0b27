import { canManage } from "../domain/access.ts";
import { startBuild } from "../domain/start-build.ts";
import { isBuilding } from "../domain/workspace.ts";
import type { World } from "../domain/world.ts";
import type { TaskCall } from "./operation.ts";
import { presentNewBuild } from "./present-build.ts";
import { refuse } from "./refuse.ts";
import { handled, type Reply } from "./reply.ts";
import type { Shape } from "./shape.ts";

/**
 * `POST /tasks/{user}/{task}/pause`: a stop build. The task's status is not looked at, only whether a build is active, so a
 * paused task can be paused again.
 */
export function createPauseTask(shape: Shape): (world: World, call: TaskCall) => Reply {
  return (world, { caller, task, workspace }) => {
    if (task.workspaceId === undefined) return refuse({ kind: "no-workspace" }, world.rules);
    if (workspace === undefined) return refuse({ kind: "not-found" }, world.rules);
    if (!canManage(caller, workspace))
      return refuse({ kind: "build-forbidden", transition: "stop" }, world.rules);
    if (isBuilding(workspace)) return refuse({ kind: "build-active" }, world.rules);
    const order = {
      transition: "stop",
      reason: "task_manual_pause",
      initiatorId: caller.id,
      prompt: undefined,
    } as const;
    const started = startBuild(world, workspace, order);
    world.saveWorkspace(started.workspace);
    return handled(202, { workspace_build: presentNewBuild(world, started, shape) });
  };
}
