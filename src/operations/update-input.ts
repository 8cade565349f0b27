import { canManage } from "../domain/access.ts";
import { taskStatus } from "../domain/task-status.ts";
import type { World } from "../domain/world.ts";
import { decodeFields } from "./decode-fields.ts";
import type { TaskCall } from "./operation.ts";
import { refuse } from "./refuse.ts";
import { handled, type Reply } from "./reply.ts";

/** `PATCH /tasks/{user}/{task}/input`: the text is judged trimmed and stored untrimmed; `updated_at` stands still. */
export function updateInput(world: World, { caller, task, workspace, body }: TaskCall): Reply {
  const fields = decodeFields(body, [["input", "string"]]);
  if (!fields.ok) return refuse(fields.refusal, world.rules);
  const prompt = fields.value("input");
  if (prompt.trim() === "") return refuse({ kind: "input-required" }, world.rules);
  const status = taskStatus(workspace);
  if (status !== "paused") return refuse({ kind: "not-paused", status }, world.rules);
  if (!canManage(caller, task)) return refuse({ kind: "not-found" }, world.rules);
  world.saveTask({ ...task, prompt });
  return handled(204);
}
