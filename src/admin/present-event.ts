import type { components } from "../contract/generated/admin.ts";
import { formatInstant } from "../domain/instant.ts";
import type { LoggedEvent } from "../engine/journal/event-log.ts";
import type { Redactor } from "../engine/journal/redact.ts";
import { presentEvent } from "./clock/happened.ts";
import { presentExchange, presentViolation } from "./requests/present-exchange.ts";

type StreamEvent = components["schemas"]["StreamEvent"];

/** The redactor of a world, which may be gone. */
export type SecretsOf = (world: string) => Redactor;

/** What the stream tells of an event. */
function presentLogged({ world, at: instant, event }: LoggedEvent, secretsOf: SecretsOf): StreamEvent {
  const at = formatInstant(instant);
  switch (event.kind) {
    case "exchange":
      return { type: event.kind, world, ...presentExchange(event.exchange, secretsOf(world)) };
    case "violation": {
      const { id, method, path, operation, status, violations } = event.exchange;
      const redactor = secretsOf(world).for(event.exchange);
      return {
        type: event.kind,
        world,
        at,
        request: id,
        method,
        path: redactor.text(path),
        ...(operation === undefined ? {} : { operation }),
        status,
        violations: violations.map((violation) => presentViolation(violation, redactor)),
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
export function frameOf(logged: LoggedEvent, secretsOf: SecretsOf): string {
  return `id: ${logged.id}\nevent: ${logged.event.kind}\ndata: ${JSON.stringify(presentLogged(logged, secretsOf))}\n\n`;
}
