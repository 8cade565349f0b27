import { sendInput as handToAgent } from "../domain/send-input.ts";
import { taskStatus } from "../domain/task-status.ts";
import { latestBuild } from "../domain/workspace.ts";
import type { World } from "../domain/world.ts";
import { appComplaint } from "./app-complaint.ts";
import { decodeFields } from "./decode-fields.ts";
import type { TaskCall } from "./operation.ts";
import { refuse } from "./refuse.ts";
import { handled, type Reply } from "./reply.ts";

/**
 * `POST /tasks/{user}/{task}/send`. Only an empty input is refused, not a blank one. Whether the agent is busy is the app's
 * own word; what the agent reported as its state plays no part.
 */
export function sendInput(world: World, { task, workspace, body }: TaskCall): Reply {
  const fields = decodeFields(body, [["input", "string"]]);
  if (!fields.ok) return refuse(fields.refusal, world.rules);
  const input = fields.value("input");
  if (input === "") return refuse({ kind: "input-required" }, world.rules);
  const status = taskStatus(workspace);
  if (status !== "active") return refuse({ kind: "cannot-send", status }, world.rules);
  if (workspace === undefined) return refuse({ kind: "no-app" }, world.rules);
  const app = latestBuild(workspace)?.agent?.app;
  const complaint = appComplaint(app, "status");
  if (complaint !== undefined) return refuse(complaint, world.rules);
  if (app?.busy === true) return refuse({ kind: "app-busy" }, world.rules);
  if (app?.accepts === false) return refuse({ kind: "app-refused" }, world.rules);
  handToAgent(world, task, { workspace, input });
  return handled(204);
}
