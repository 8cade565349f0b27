import type { Task } from "../../domain/task.ts";
import type { Workspace } from "../../domain/workspace.ts";
import { handled, type Reply } from "../../operations/reply.ts";
import type { AdminContext } from "../admin-context.ts";
import { presentTask } from "./present-task.ts";

/** Makes a task's changed workspace the world's and answers with the task as it is now. */
export function saved({ host }: AdminContext, task: Task, workspace: Workspace): Reply {
  host.world.saveWorkspace(workspace);
  host.world.retireIfDeleted(workspace);
  return handled(200, presentTask(host, { task, workspace }));
}
