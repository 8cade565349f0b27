import { canManage } from "../domain/access.ts";
import type { World } from "../domain/world.ts";
import { decodeFields } from "./decode-fields.ts";
import { inputObstacle } from "./obstacles.ts";
import type { TaskCall } from "./operation.ts";
import { refuse } from "./refuse.ts";
import { handled, type Reply } from "./reply.ts";

/** `PATCH /tasks/{user}/{task}/input`: the text is judged trimmed and stored untrimmed; `updated_at` stands still. */
export function updateInput(world: World, call: TaskCall): Reply {
  const { caller, task, body } = call;
  const fields = decodeFields(body, [["input", "string"]]);
  if (!fields.ok) return refuse(fields.refusal, world.rules);
  const prompt = fields.value("input");
  if (prompt.trim() === "") return refuse({ kind: "input-required" }, world.rules);
  const obstacle = inputObstacle(call);
  if (obstacle !== undefined) return refuse(obstacle, world.rules);
  if (!canManage(caller, task)) return refuse({ kind: "not-found" }, world.rules);
  world.saveTask({ ...task, prompt });
  return handled(204);
}
