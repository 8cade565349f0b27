import type { Fault, FaultPlan } from "../../domain/fault-plan.ts";
import type { Envelope } from "../../operations/reply.ts";
import type { AtOperation } from "../hooks.ts";
import type { WireFault } from "../journal/exchange.ts";
import type { Served } from "../served.ts";
import { solved } from "../solved.ts";
import { type DelayEnd, mostHeld } from "./fault-holds.ts";

/** The status that the journal has for an exchange whose client got no answer. */
export const noAnswer = 0;

/** No answer at all, only something that happens to the connection. */
export function brokenConnection(wire: WireFault): Served {
  return {
    outcome: "fault",
    status: noAnswer,
    headers: {},
    violations: [],
    wire,
  };
}

/** A status that was planned, in the API's own envelope unless the plan has a body for it. */
export function statusAnswer(
  at: AtOperation,
  { name }: FaultPlan,
  fault: Extract<Fault, { kind: "status" }>,
): Served {
  const { status, headers, body } = fault;
  if (body?.kind === "text") {
    const bytes = new TextEncoder().encode(body.text);
    return { ...statusOnly(status), headers, body: bytes, mediaType: body.mediaType };
  }
  const value = body?.value ?? envelopeOf(status, name);
  if (value === undefined) return { ...statusOnly(status), headers };
  // Only serialised: whatever the contract says of it, it is what was planned.
  const { bytes } = at.contract.checkResponse(at.operation, { status, body: value });
  return { ...statusOnly(status), headers, ...(bytes === undefined ? {} : { body: bytes }) };
}

function statusOnly(status: number): Served {
  return { outcome: "fault", status, headers: {}, violations: [] };
}

function envelopeOf(status: number, name: string): Envelope | undefined {
  if (status < 400) return undefined;
  return {
    message: `A planned fault answers with status ${status}.`,
    detail: `Its name is ${JSON.stringify(name)}: GET /__admin/faults/${name} tells more.`,
  };
}

/** The answer to a request that was let go while it was held up: it has not come to its operation. */
export function releasedAnswer(at: AtOperation, why: Exclude<DelayEnd, "over">): Served {
  switch (why) {
    case "client-gone":
      return brokenConnection({ kind: "reset" });
    case "reset":
      return unavailable(at, "The world began anew while a planned fault held the request up.");
    case "world-gone":
      return unavailable(at, "The world was deleted while a planned fault held the request up.");
    case "stopping":
      return unavailable(at, "The mock stops; a planned fault held the request up.");
  }
}

/** The answer when too many requests are held up already. */
export function noRoomAnswer(at: AtOperation): Served {
  return unavailable(at, `Planned faults hold ${mostHeld} requests of this world, which is as many as may.`);
}

function unavailable(at: AtOperation, message: string): Served {
  return solved(at, {
    outcome: "fault",
    status: 503,
    // An idle connection would hold up the end of the mock.
    headers: { Connection: "close" },
    body: { message, detail: "The request was not carried out." },
  });
}
