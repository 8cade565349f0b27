import { addMessage as append, messageRoles } from "../../domain/task.ts";
import { handled, type Reply } from "../../operations/reply.ts";
import type { AdminContext } from "../admin-context.ts";
import type { AdminTaskCall } from "../admin-operation.ts";
import { textField, wordField } from "../fields.ts";
import { presentTask } from "./present-task.ts";

/** `POST /tasks/{task}/messages`. */
export function addMessage({ host }: AdminContext, { world, task, workspace, fields }: AdminTaskCall): Reply {
  const changed = append(task, {
    role: wordField(fields, "role", messageRoles) ?? "user",
    content: textField(fields, "content") ?? "",
    at: world.now,
  });
  world.saveTask(changed);
  return handled(200, presentTask(host, { task: changed, workspace }));
}
