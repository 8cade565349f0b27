import { startBuild } from "../domain/start-build.ts";
import type { World } from "../domain/world.ts";
import { buildRefusal } from "./build-refusal.ts";
import { pauseObstacle } from "./obstacles.ts";
import type { TaskCall } from "./operation.ts";
import { presentNewBuild } from "./present-build.ts";
import { refuse } from "./refuse.ts";
import { handled, type Reply } from "./reply.ts";
import type { Shape } from "./shape.ts";

/** `POST /tasks/{user}/{task}/pause`: a stop build. */
export function createPauseTask(shape: Shape): (world: World, call: TaskCall) => Reply {
  return (world, call) => {
    const { caller, workspace } = call;
    const obstacle = pauseObstacle(call);
    if (workspace === undefined) return refuse(obstacle ?? { kind: "not-found" }, world.rules);
    const refusal = buildRefusal(obstacle, { caller, workspace, transition: "stop" });
    if (refusal !== undefined) return refuse(refusal, world.rules);
    const started = startBuild(world, workspace, {
      transition: "stop",
      reason: "task_manual_pause",
      initiatorId: caller.id,
      prompt: undefined,
    });
    world.saveWorkspace(started.workspace);
    return handled(202, { workspace_build: presentNewBuild(world, started, shape) });
  };
}
