import type { DecodedBody } from "../../src/contract/contract.ts";
import type { JsonValue } from "../../src/contract/json.ts";
import type { World } from "../../src/domain/world.ts";
import type { Reply } from "../../src/operations/reply.ts";
import { createStatefulOperations, type OperationId } from "../../src/operations/stateful-operations.ts";
import { tokenFor, type Who } from "../support/world-builder.ts";

export interface Request {
  readonly as?: Who;
  /** Overrides the token of `as`; `""` sends none. */
  readonly token?: string;
  readonly user?: string;
  readonly task?: string;
  readonly query?: readonly (readonly [string, string])[];
  readonly json?: JsonValue;
  readonly body?: DecodedBody;
  readonly bodySize?: number;
}

/** Leads a request through an operation's stages, as the engine does, without a contract in between. */
export async function callOperation(world: World, id: OperationId, request: Request = {}): Promise<Reply> {
  const token = request.token ?? tokenFor(request.as ?? "member");
  const query = request.query ?? [];
  const headers = token === "" ? {} : { "coder-session-token": token };
  const operation = createStatefulOperations(world.settings)[id];
  const signed = operation.authenticate(world, { headers, query });
  if (!signed.ok) return signed.reply;
  const found = signed.next.resolve({ user: request.user ?? "me", task: request.task ?? "" }, query);
  if (!found.ok) return found.reply;
  const body =
    request.body ?? (request.json === undefined ? ({ kind: "none" } as const) : json(request.json));
  return asSent(await found.next.run({ query, body, bodySize: request.bodySize ?? 0, upgrade: undefined }));
}

/** A reply with its body as a client reads it: without what JSON leaves out. */
function asSent(reply: Reply): Reply {
  if (reply.body === undefined) return reply;
  const body: object = JSON.parse(JSON.stringify(reply.body));
  return { ...reply, body };
}

function json(value: JsonValue): DecodedBody {
  return { kind: "json", value };
}

/** The body as plain JSON data, for a look at single fields. */
export function fieldsOf(reply: Reply): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(reply.body ?? {}));
}
