import { parseDuration } from "../../domain/duration.ts";
import { asInstant, formatInstant, type Instant, parseInstant } from "../../domain/instant.ts";
import type { World } from "../../domain/world.ts";
import type { Reply } from "../../operations/reply.ts";
import { badRequest } from "../complain.ts";

/** The longest that a clock is put forward at once, in milliseconds: ten years. */
const longestLeap = 3_652.5 * 86_400_000;
/** Beyond it, what is planned a hundred years ahead would leave the four-digit years of RFC 3339. */
const lastInstant = Date.UTC(9000, 0);

/** A text that means a time, with the place where it stands, such as `body/by`. */
interface GivenTime {
  readonly field: string;
  readonly text: string;
}

/** The last instant that a world's clock may be put to now. */
export function latestReach(world: World): Instant {
  return asInstant(Math.max(world.now, Math.min(world.now + longestLeap, lastInstant)));
}

/** The instant that lies a span such as `1h30m` ahead; a 400 for what is no span or leads too far. */
export function readSpan(world: World, given: GivenTime): Instant | Reply {
  const { field, text } = given;
  const span = parseDuration(text);
  if (span !== undefined) return withinReach(world, given, asInstant(world.now + span));
  const detail = `expected a span up to ten years, such as "500ms", "30s" or "1h30m", received ${JSON.stringify(text)}`;
  return badRequest("The clock cannot be advanced by that.", [{ field, detail }]);
}

/** An RFC 3339 instant; a 400 for anything else, for the past and for what lies too far ahead. */
export function readInstant(world: World, given: GivenTime): Instant | Reply {
  const { field, text } = given;
  const instant = parseInstant(text);
  if (instant !== undefined) return withinReach(world, given, instant);
  const detail = `expected an RFC 3339 date-time, received ${JSON.stringify(text)}`;
  return badRequest("The clock cannot show that.", [{ field, detail }]);
}

function withinReach(world: World, { field, text }: GivenTime, instant: Instant): Instant | Reply {
  const now = formatInstant(world.now);
  if (instant < world.now) {
    const detail = `expected ${now} or later, received ${JSON.stringify(text)}`;
    return badRequest("A world's clock never goes back. POST /__admin/reset begins anew.", [
      { field, detail },
    ]);
  }
  if (instant <= latestReach(world)) return instant;
  const detail = `expected at most ten years after ${now}, and no later than the year 9000, received ${JSON.stringify(text)}`;
  return badRequest("The clock cannot be put that far ahead at once.", [{ field, detail }]);
}
