import type { components } from "../../contract/generated/admin.ts";
import type { JsonObject } from "../../contract/json.ts";
import { advanceByEvents, advanceTo } from "../../domain/advance.ts";
import { formatInstant } from "../../domain/instant.ts";
import type { World } from "../../domain/world.ts";
import { handled, type Reply } from "../../operations/reply.ts";
import type { AdminContext } from "../admin-context.ts";
import type { AdminCall } from "../admin-operation.ts";
import { badRequest } from "../complain.ts";
import { flagField, numberField, textField } from "../fields.ts";
import { advanceUntilTask } from "./advance-until.ts";
import { latestReach, readInstant, readSpan } from "./clock-target.ts";
import { happened, watched } from "./happened.ts";

const ways = ["by", "to", "next", "until"] as const;
type Way = (typeof ways)[number];

/** `POST /clock/advance`. */
export function advanceClock({ host }: AdminContext, { fields }: AdminCall): Reply {
  const { world } = host;
  const given = ways.filter((way) => Object.hasOwn(fields, way));
  const [way, other] = given;
  if (way === undefined || other !== undefined) return notOneWay(given);
  if (way !== "until" && Object.hasOwn(fields, "limit")) {
    const detail = `goes with "until" only, received beside "${way}"`;
    return badRequest('Only "until" has a limit.', [{ field: "body/limit", detail }]);
  }
  switch (way) {
    case "by":
    case "to":
      return advanceToInstant(world, way, textField(fields, way) ?? "");
    case "next":
      return advanceToNext(world, fields);
    case "until":
      return advanceUntilTask(world, fields);
  }
}

function notOneWay(given: readonly Way[]): Reply {
  const received = given.length === 0 ? "none of them" : given.map((way) => `"${way}"`).join(" and ");
  const detail = `expected one of "by", "to", "next" and "until", received ${received}`;
  return badRequest("Say in exactly one way how far the clock is to advance.", [{ field: "body", detail }]);
}

function advanceToInstant(world: World, way: "by" | "to", text: string): Reply {
  const read = way === "by" ? readSpan : readInstant;
  const target = read(world, { field: `body/${way}`, text });
  if (typeof target !== "number") return target;
  return happened(world, (observe) => advanceTo(world, target, observe));
}

function advanceToNext(world: World, fields: JsonObject): Reply {
  if (flagField(fields, "next") === false) {
    const detail = "expected true or a number of events from 1 to 1000, received false";
    return badRequest("The clock cannot be advanced by that.", [{ field: "body/next", detail }]);
  }
  const count = numberField(fields, "next") ?? 1;
  const latest = latestReach(world);
  const { body, result: fired } = watched(world, (observe) =>
    advanceByEvents(world, { count, latest }, observe),
  );
  const advanced: components["schemas"]["Advanced"] = {
    ...body,
    ...(fired < count ? { note: whyFewer(world, fired) } : {}),
  };
  return handled(200, advanced);
}

function whyFewer(world: World, fired: number): string {
  const next = world.nextDue;
  if (next !== undefined) {
    return `The next event, at ${formatInstant(next)}, lies further ahead than the clock is put at once: at most ten years, and no later than the year 9000.`;
  }
  if (fired === 0) return "Nothing is pending, so the clock has not moved.";
  return `Nothing more is pending: the clock stands at the last of ${fired} ${fired === 1 ? "event" : "events"}.`;
}
