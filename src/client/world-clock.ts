import type { WorldClient } from "./admin-client.ts";
import type { AdminSchemas, WithOneOf } from "./admin-types.ts";
import { MockError } from "./mock-error.ts";

/** A task, and at least one of what it is to be. */
type TaskCondition = AdminSchemas["TaskCondition"] &
  WithOneOf<AdminSchemas["TaskCondition"], "status" | "state" | "deleted">;

/** The clock of a world. Instants are RFC 3339 texts, spans are texts such as `90s` or `1h30m`. */
export class WorldClock {
  readonly #client: WorldClient;

  constructor(client: WorldClient) {
    this.#client = client;
  }

  /** Mode, speed, what it shows, and when something happens next. */
  get(): Promise<AdminSchemas["Clock"]> {
    return this.#client.call("get-clock");
  }

  /** What it shows. */
  async now(): Promise<string> {
    const { now } = await this.get();
    return now;
  }

  /** Stops it, lets it run, or sets it ahead. */
  set(order: AdminSchemas["ClockOrder"]): Promise<AdminSchemas["Clock"]> {
    return this.#client.call("set-clock", { body: order });
  }

  /** Lets a span go by, or what an order says. All that is due on the way happens, and is in the answer. */
  advance(order: string | AdminSchemas["Advance"]): Promise<AdminSchemas["Advanced"]> {
    const body: AdminSchemas["Advance"] = typeof order === "string" ? { by: order } : order;
    return this.#client.call("advance-clock", { body });
  }

  /** Goes to the next event, or on until so many have happened. */
  next(events = 1): Promise<AdminSchemas["Advanced"]> {
    return this.advance({ next: events });
  }

  /** Goes on until a task is as wanted. Throws, with the reason, when it is not within `limit`, an hour when left out. */
  async until(
    condition: TaskCondition,
    { limit }: { readonly limit?: string | undefined } = {},
  ): Promise<AdminSchemas["Advanced"]> {
    const advanced = await this.advance({ until: condition, ...(limit === undefined ? {} : { limit }) });
    if (advanced.reached !== false) return advanced;
    const { task, ...wanted } = condition;
    const message = `Task ${task} did not come to ${JSON.stringify(wanted)} within ${limit ?? "1h"} of the world's time.`;
    throw new MockError(`${message} ${advanced.reason ?? ""}`.trimEnd(), { code: "expectation" });
  }
}
