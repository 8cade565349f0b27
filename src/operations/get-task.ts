import type { World } from "../domain/world.ts";
import type { TaskCall } from "./operation.ts";
import type { TaskPresenter } from "./present-task.ts";
import { refuse } from "./refuse.ts";
import { handled, type Reply } from "./reply.ts";

/** `GET /tasks/{user}/{task}`: in any status, without effect. */
export function createGetTask(present: TaskPresenter): (world: World, call: TaskCall) => Reply {
  return (world, { task, workspace }) =>
    task.workspaceId === undefined
      ? refuse({ kind: "no-workspace" }, world.rules)
      : handled(200, present.kept(world, { task, workspace }));
}
