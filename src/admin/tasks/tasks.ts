import type { components } from "../../contract/generated/admin.ts";
import { workspaceOf } from "../../operations/find.ts";
import { handled, type Reply } from "../../operations/reply.ts";
import type { AdminContext } from "../admin-context.ts";
import type { AdminCall, AdminTaskCall } from "../admin-operation.ts";
import { limitOf } from "../limit.ts";
import { presentTask } from "./present-task.ts";

/** `GET /tasks`: newest first, of all owners. */
export function listTasks({ host }: AdminContext, { query }: AdminCall): Reply {
  const { world } = host;
  const newest = [...world.tables.tasks.values()].reverse().slice(0, limitOf(query));
  const body: components["schemas"]["TaskList"] = {
    tasks: newest.map((task) => presentTask(host, { task, workspace: workspaceOf(world, task) })),
    count: world.tables.tasks.size,
  };
  return handled(200, body);
}

/** `GET /tasks/{task}`. */
export function getTask({ host }: AdminContext, { task, workspace }: AdminTaskCall): Reply {
  return handled(200, presentTask(host, { task, workspace }));
}
