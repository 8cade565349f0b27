import { reportStates } from "../../domain/agent.ts";
import { addReport } from "../../domain/apply-step.ts";
import { byteLength } from "../../domain/byte-length.ts";
import type { World } from "../../domain/world.ts";
import { decodeFields } from "../decode-fields.ts";
import type { SignedAgentCall } from "../operation.ts";
import { refuse } from "../refuse.ts";
import { handled, type Reply } from "../reply.ts";

const fields = [
  ["app_slug", "string"],
  ["state", "string"],
  ["message", "string"],
  ["uri", "string"],
] as const;

/** In bytes. */
const longestMessage = 160;

/** `PATCH /workspaceagents/me/app-status`: what the agent says of its work, which is its task's current state from then on. */
export function reportAppStatus(world: World, { body, agent, workspace }: SignedAgentCall): Reply {
  const read = decodeFields(body, fields);
  if (!read.ok) return refuse(read.refusal, world.rules);
  const slug = read.value("app_slug");
  if (slug !== agent.app.slug) return refuse({ kind: "unknown-app", slug }, world.rules);
  const message = read.value("message");
  if (byteLength(message) > longestMessage) {
    const detail = `The message must not be longer than ${longestMessage} bytes`;
    return refuse({ kind: "bad-fields", complaints: [{ field: "message", detail }] }, world.rules);
  }
  const state = reportStates.find((one) => one === read.value("state"));
  if (state === undefined) {
    const detail = `${JSON.stringify(read.value("state"))} is none of ${reportStates.join(", ")}`;
    return refuse({ kind: "bad-fields", complaints: [{ field: "state", detail }] }, world.rules);
  }
  const report = { state, message, uri: read.value("uri") };
  world.saveWorkspace(addReport(workspace, report, { at: world.now, ids: world.ids }));
  return handled(200, { message: "The status of the app has been updated." });
}
