import type { components } from "../contract/generated/admin.ts";
import { formatInstant } from "../domain/instant.ts";
import type { LoggedEvent } from "../engine/event-log.ts";
import { presentEvent } from "./happened.ts";
import { presentExchange, presentViolations } from "./requests.ts";

type StreamEvent = components["schemas"]["StreamEvent"];

/** What the stream tells of an event. */
function presentLogged({ world, at: instant, event }: LoggedEvent): StreamEvent {
  const at = formatInstant(instant);
  switch (event.kind) {
    case "exchange":
      return { type: event.kind, world, ...presentExchange(event.exchange) };
    case "violation": {
      const { id, method, path, operation, status } = event.exchange;
      return {
        type: event.kind,
        world,
        at,
        request: id,
        method,
        path,
        ...(operation === undefined ? {} : { operation }),
        status,
        violations: presentViolations(event.exchange),
      };
    }
    case "lifecycle":
      return { type: event.kind, world, ...presentEvent(event.fired) };
    case "clock":
      return {
        type: event.kind,
        world,
        at,
        from: formatInstant(event.before),
        to: at,
        ...event.setting,
      };
    case "reset":
      return { type: event.kind, world, at, epoch: event.epoch, cause: event.cause };
    case "world":
      return { type: event.kind, world, at, change: event.change };
  }
}

/** An event as a frame of a stream; JSON has no line breaks of its own. */
export function frameOf(logged: LoggedEvent): string {
  return `id: ${logged.id}\nevent: ${logged.event.kind}\ndata: ${JSON.stringify(presentLogged(logged))}\n\n`;
}
