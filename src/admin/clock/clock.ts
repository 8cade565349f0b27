import type { components } from "../../contract/generated/admin.ts";
import { clockModes } from "../../domain/clock.ts";
import { formatInstant } from "../../domain/instant.ts";
import type { World } from "../../domain/world.ts";
import { handled, type Reply } from "../../operations/reply.ts";
import type { AdminContext } from "../admin-context.ts";
import type { AdminCall } from "../admin-operation.ts";
import { numberField, textField, wordField } from "../fields.ts";
import { stamp } from "../tasks/present-task.ts";
import { readInstant } from "./clock-target.ts";

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

export function presentClock(world: World): components["schemas"]["Clock"] {
  return {
    ...world.clock.setting,
    now: formatInstant(world.now),
    ...stamp("next_due", world.nextDue),
  };
}
