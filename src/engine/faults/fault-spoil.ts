import type { Fault } from "../../domain/fault-plan.ts";
import type { IdSource } from "../../domain/id-source.ts";
import type { AtOperation } from "../hooks.ts";
import type { HeldConnection } from "../journal/exchange.ts";
import type { Served } from "../served.ts";
import { breakContract } from "./fault-breach.ts";

/** What spoils an answer after the operation has run. */
export interface Spoiling {
  readonly at: AtOperation;
  readonly fault: Fault;
  readonly ids: IdSource;
  /** What draws are named after. */
  readonly of: string;
  readonly connection: HeldConnection;
}

/** The answer as a fault leaves it; undefined when the fault can do nothing to it, as to one without a body. */
export function spoiled(served: Served, spoiling: Spoiling): Served | undefined {
  const { fault } = spoiling;
  if (fault.kind === "not-http") {
    const { stream: _, socket: __, ...rest } = served;
    return { ...rest, wire: { kind: "not-http" } };
  }
  const { body } = served;
  return body === undefined || body.length < 2 ? undefined : spoiledBody({ ...served, body }, spoiling);
}

function spoiledBody(
  served: Served & { readonly body: Uint8Array },
  { at, fault, ids, of, connection }: Spoiling,
): Served | undefined {
  const { body } = served;
  switch (fault.kind) {
    case "reset":
      return { ...served, wire: { kind: "reset", afterBytes: part(body, fault.afterBytes) } };
    case "truncate":
      return { ...served, wire: { kind: "truncate", bytes: part(body, fault.bytes) } };
    case "malformed-chunk":
      return { ...served, wire: { kind: "malformed-chunk" } };
    case "dribble":
      return {
        ...served,
        wire: { kind: "dribble", bytes: fault.bytes, every: fault.every, held: connection },
      };
    case "cut-json":
      // The last byte is a newline, and JSON without it is whole.
      return { ...served, body: body.subarray(0, part(body.subarray(0, -1), fault.bytes)) };
    case "wrong-content-type":
      return { ...served, mediaType: fault.mediaType };
    case "break-contract":
      return breakContract(served, { at, fault, ids, of });
    case "delay":
    case "status":
    case "empty":
    case "hang":
    case "not-http":
      return undefined;
  }
}

/** How much of a body is sent: never all of it. */
function part(body: Uint8Array, bytes: number | undefined): number {
  return Math.min(bytes ?? Math.floor(body.length / 2), body.length - 1);
}
