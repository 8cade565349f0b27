import { startBuild } from "../domain/start-build.ts";
import type { Task } from "../domain/task.ts";
import { isDeleted } from "../domain/workspace.ts";
import type { World } from "../domain/world.ts";
import { buildRefusal } from "./build-refusal.ts";
import { deleteObstacle } from "./obstacles.ts";
import type { TaskCall } from "./operation.ts";
import { refuse } from "./refuse.ts";
import { handled, type Reply } from "./reply.ts";

/**
 * `DELETE /tasks/{user}/{task}`: the task is gone at once with its snapshot; its workspace, and with it the name, goes when
 * the delete build is through.
 */
export function deleteTask(world: World, call: TaskCall): Reply {
  const { caller, task, workspace } = call;
  if (workspace !== undefined && !isDeleted(workspace)) {
    const refusal = buildRefusal(deleteObstacle(call), { caller, workspace, transition: "delete" });
    if (refusal !== undefined) return refuse(refusal, world.rules);
    const order = {
      transition: "delete",
      reason: "initiator",
      initiatorId: caller.id,
      prompt: undefined,
    } as const;
    world.saveWorkspace(startBuild(world, workspace, order).workspace);
  }
  const { snapshot: _, ...rest } = task;
  const deleted: Task = { ...rest, deletedAt: world.now };
  world.saveTask(deleted);
  return handled(202);
}
