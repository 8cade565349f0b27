import type { Reply } from "../../operations/reply.ts";
import type { AdminContext } from "../admin-context.ts";
import type { AdminCall } from "../admin-operation.ts";

/** An operation that may set the clock, and tells those who listen if it did. */
export function tellingOfClock(
  run: (context: AdminContext, call: AdminCall) => Reply,
): (context: AdminContext, call: AdminCall) => Reply {
  return (context, call) => {
    const { host } = context;
    const { world } = host;
    const before = world.now;
    const { mode, speed } = world.clock.setting;
    const reply = run(context, call);
    const { setting } = world.clock;
    const wasSet = world.now !== before || setting.mode !== mode || setting.speed !== speed;
    if (wasSet) host.tell({ kind: "clock", before, setting });
    return reply;
  };
}
