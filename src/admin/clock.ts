import type { components } from "../contract/generated/admin.ts";
import { clockModes } from "../domain/clock.ts";
import { parseDuration } from "../domain/duration.ts";
import { asInstant, formatInstant, type Instant, parseInstant } from "../domain/instant.ts";
import type { World } from "../domain/world.ts";
import { handled, type Reply } from "../operations/reply.ts";
import type { AdminContext } from "./admin-context.ts";
import type { AdminCall } from "./admin-operation.ts";
import { badRequest } from "./complain.ts";
import { numberField, textField, wordField } from "./fields.ts";
import { happened } from "./happened.ts";
import { stamp } from "./present-task.ts";

/** The longest that a clock is put forward at once, in milliseconds: ten years. */
const longestLeap = 3_652.5 * 86_400_000;
/** Beyond it, what is planned a hundred years ahead would leave the four-digit years of RFC 3339. */
const lastInstant = Date.UTC(9000, 0);

/** `GET /clock`. */
export function getClock({ host }: AdminContext): Reply {
  return handled(200, presentClock(host.world));
}

/** `PUT /clock`: what is due by the new time happens. */
export function setClock({ host }: AdminContext, { fields }: AdminCall): Reply {
  const { world } = host;
  const text = textField(fields, "now");
  const target = text === undefined ? world.now : readInstant(world, { field: "body/now", text });
  if (typeof target !== "number") return target;
  const { mode, speed } = world.clock.setting;
  world.clock.configure({
    mode: wordField(fields, "mode", clockModes) ?? mode,
    speed: numberField(fields, "speed") ?? speed,
  });
  world.clock.moveTo(target);
  world.settle(world.clock.read());
  return handled(200, presentClock(world));
}

/** `POST /clock/advance`. */
export function advanceClock({ host }: AdminContext, { fields }: AdminCall): Reply {
  const { world } = host;
  const [by, to] = [textField(fields, "by"), textField(fields, "to")];
  if ((by === undefined) === (to === undefined)) {
    const detail = by === undefined ? 'has neither "by" nor "to"' : 'has both "by" and "to"';
    const message = "Say either by how much the clock is to advance or to which instant.";
    return badRequest(message, [{ field: "body", detail }]);
  }
  const target =
    by === undefined
      ? readInstant(world, { field: "body/to", text: to ?? "" })
      : readSpan(world, { field: "body/by", text: by });
  if (typeof target !== "number") return target;
  return happened(world, (observe) => {
    world.clock.moveTo(target);
    world.settle(target, observe);
  });
}

interface GivenTime {
  readonly field: string;
  readonly text: string;
}

function readSpan(world: World, { field, text }: GivenTime): Instant | Reply {
  const span = parseDuration(text);
  if (span !== undefined) return withinReach(world, { field, text }, asInstant(world.now + span));
  const detail = `expected a span such as "500ms", "30s" or "1h30m", received ${JSON.stringify(text)}`;
  return badRequest("The clock cannot be advanced by that.", [{ field, detail }]);
}

function readInstant(world: World, { field, text }: GivenTime): Instant | Reply {
  const instant = parseInstant(text);
  if (instant !== undefined) return withinReach(world, { field, text }, instant);
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
  if (instant - world.now <= longestLeap && instant <= lastInstant) return instant;
  const detail = `expected at most ten years after ${now}, and no later than the year 9000, received ${JSON.stringify(text)}`;
  return badRequest("The clock cannot be put that far ahead at once.", [{ field, detail }]);
}

function presentClock(world: World): components["schemas"]["Clock"] {
  return {
    ...world.clock.setting,
    now: formatInstant(world.now),
    ...stamp("next_due", world.nextDue),
  };
}
