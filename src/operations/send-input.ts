import { sendInput as handToAgent } from "../domain/send-input.ts";
import type { World } from "../domain/world.ts";
import { decodeFields } from "./decode-fields.ts";
import { sendObstacle } from "./obstacles.ts";
import type { TaskCall } from "./operation.ts";
import { refuse } from "./refuse.ts";
import { handled, type Reply } from "./reply.ts";

/** `POST /tasks/{user}/{task}/send`. Only an empty input is refused, not a blank one. */
export function sendInput(world: World, call: TaskCall): Reply {
  const { task, workspace, body } = call;
  const fields = decodeFields(body, [["input", "string"]]);
  if (!fields.ok) return refuse(fields.refusal, world.rules);
  const input = fields.value("input");
  if (input === "") return refuse({ kind: "input-required" }, world.rules);
  const obstacle = sendObstacle(call);
  if (workspace === undefined || obstacle !== undefined)
    return refuse(obstacle ?? { kind: "no-app" }, world.rules);
  handToAgent(world, task, { workspace, input });
  return handled(204);
}
