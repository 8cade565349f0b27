import { startBuild } from "../domain/start-build.ts";
import { newPrompt } from "../domain/task.ts";
import type { World } from "../domain/world.ts";
import { buildRefusal } from "./build-refusal.ts";
import { resumeObstacle } from "./obstacles.ts";
import type { TaskCall } from "./operation.ts";
import { presentNewBuild } from "./present-build.ts";
import { refuse } from "./refuse.ts";
import { handled, type Reply } from "./reply.ts";
import type { Shape } from "./shape.ts";

/** `POST /tasks/{user}/{task}/resume`: a start build on the template version of the build before. */
export function createResumeTask(shape: Shape): (world: World, call: TaskCall) => Reply {
  return (world, call) => {
    const { caller, task, workspace } = call;
    const obstacle = resumeObstacle(call);
    if (workspace === undefined) return refuse(obstacle ?? { kind: "not-found" }, world.rules);
    const refusal = buildRefusal(obstacle, { caller, workspace, transition: "start" });
    if (refusal !== undefined) return refuse(refusal, world.rules);
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
