import { isJsonObject, type JsonValue } from "../contract/json.ts";
import type { FieldComplaint } from "../domain/field-complaint.ts";
import { parseInstant } from "../domain/instant.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { SnapshotMessage } from "../domain/task.ts";
import type { World } from "../domain/world.ts";
import { type Decoded, fieldOf, kindOf, objectOf } from "./decode-fields.ts";
import type { AgentCall } from "./operation.ts";
import type { Query } from "./query.ts";
import { refuse } from "./refuse.ts";
import { handled, type Reply } from "./reply.ts";

const largestPayload = 65_536;

/** The query takes `format=agentapi` once and nothing else, not even a token. */
export function checkSnapshotQuery(query: Query): Refusal | undefined {
  const complaints: FieldComplaint[] = [];
  const formats = query.filter(([name]) => name === "format");
  if (formats.length > 1)
    complaints.push({ field: "format", detail: "This query parameter was given more than once" });
  if (formats.length === 0 || formats[0]?.[1] === "") {
    complaints.push({ field: "format", detail: "This query parameter is required" });
  }
  for (const name of new Set(query.map(([key]) => key))) {
    if (name !== "format")
      complaints.push({ field: name, detail: `${JSON.stringify(name)} is not a valid query param` });
  }
  if (complaints.length > 0) return { kind: "bad-query", complaints };
  const format = formats[0]?.[1] ?? "";
  return format === "agentapi" ? undefined : { kind: "bad-format", format };
}

/**
 * `POST /workspaceagents/me/tasks/{task}/log-snapshot`: replaces the task's snapshot, in any status. Roles are not looked at
 * here; a role that is neither `user` nor `agent` makes reading the logs fail later.
 */
export function uploadLogSnapshot(world: World, { task, body, bodySize }: AgentCall): Reply {
  if (bodySize > largestPayload) {
    const detail = `http: request body too large, the limit is ${largestPayload} bytes`;
    return refuse({ kind: "payload-unreadable", detail }, world.rules);
  }
  const payload = objectOf(body);
  if (!payload.ok) return refuse(asPayload(payload.refusal), world.rules);
  const list = fieldOf(payload.value, "messages");
  if (list === undefined || list === null) return refuse({ kind: "payload-without-messages" }, world.rules);
  const messages = readMessages(list);
  if (!messages.ok) return refuse(messages.refusal, world.rules);
  world.saveTask({ ...task, snapshot: { storedAt: world.now, messages: messages.value } });
  return handled(204);
}

function asPayload(refusal: Refusal): Refusal {
  return refusal.kind === "body-unreadable"
    ? { kind: "payload-unreadable", detail: refusal.detail }
    : refusal;
}

function readMessages(list: JsonValue): Decoded<readonly SnapshotMessage[]> {
  if (!Array.isArray(list)) return mistyped("messages", list);
  const messages: SnapshotMessage[] = [];
  for (const entry of list) {
    const message = readMessage(entry);
    if (!message.ok) return message;
    messages.push(message.value);
  }
  return { ok: true, value: messages };
}

/** What is missing takes the decoder's empty value: id 0, empty texts, the first instant of year 1. */
function readMessage(entry: JsonValue): Decoded<SnapshotMessage> {
  if (entry === null) return { ok: true, value: emptyMessage };
  if (!isJsonObject(entry)) return mistyped("messages", entry);
  const id = fieldOf(entry, "id") ?? emptyMessage.id;
  const content = fieldOf(entry, "content") ?? emptyMessage.content;
  const role = fieldOf(entry, "role") ?? emptyMessage.role;
  const time = fieldOf(entry, "time") ?? emptyMessage.time;
  if (typeof id !== "number" || !Number.isSafeInteger(id)) return mistyped("messages.id", id);
  if (typeof content !== "string") return mistyped("messages.content", content);
  if (typeof role !== "string") return mistyped("messages.role", role);
  return isTime(time)
    ? { ok: true, value: { id, content, role, time } }
    : unreadable(`cannot parse ${JSON.stringify(time)} as an RFC 3339 time`);
}

function isTime(value: JsonValue): value is string {
  return typeof value === "string" && (value === emptyMessage.time || parseInstant(value) !== undefined);
}

const emptyMessage: SnapshotMessage = { id: 0, content: "", role: "", time: "0001-01-01T00:00:00Z" };

function mistyped(field: string, value: JsonValue): Decoded<never> {
  return unreadable(`cannot unmarshal ${kindOf(value)} into field ${field}`);
}

function unreadable(detail: string): Decoded<never> {
  return { ok: false, refusal: { kind: "payload-unreadable", detail } };
}
