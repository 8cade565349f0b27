import { canManage } from "../domain/access.ts";
import { startBuild } from "../domain/start-build.ts";
import type { Task } from "../domain/task.ts";
import { isBuilding, isDeleted } from "../domain/workspace.ts";
import type { World } from "../domain/world.ts";
import type { TaskCall } from "./operation.ts";
import { refuse } from "./refuse.ts";
import { handled, type Reply } from "./reply.ts";

/**
 * `DELETE /tasks/{user}/{task}`: the task is gone at once with its snapshot; its workspace, and with it the name, goes when
 * the delete build is through.
 */
export function deleteTask(world: World, { caller, task, workspace }: TaskCall): Reply {
  if (workspace !== undefined && !isDeleted(workspace)) {
    if (!canManage(caller, workspace))
      return refuse({ kind: "build-forbidden", transition: "delete" }, world.rules);
    if (isBuilding(workspace)) return refuse({ kind: "build-active" }, world.rules);
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
