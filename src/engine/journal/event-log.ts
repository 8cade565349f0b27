import type { ClockSetting } from "../../domain/clock.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Fired } from "../../domain/lifecycle.ts";
import type { Exchange } from "./exchange.ts";

/** What can be told of a world while it happens. */
export type WorldEvent =
  | { readonly kind: "exchange"; readonly exchange: Exchange }
  | { readonly kind: "violation"; readonly exchange: Exchange }
  /** A step of a task's lifecycle. */
  | { readonly kind: "lifecycle"; readonly fired: Fired }
  /** The clock was set: it showed `before`, and runs in this way from now on. */
  | { readonly kind: "clock"; readonly before: Instant; readonly setting: ClockSetting }
  | { readonly kind: "reset"; readonly epoch: number; readonly cause: ResetCause }
  | { readonly kind: "world"; readonly change: "created" | "deleted" | "expired" };

/** What made a world begin anew. */
export type ResetCause = "reset" | "state" | "snapshot";

/** An event with where and when it happened. */
export interface Happening {
  readonly world: string;
  /** The world's time. */
  readonly at: Instant;
  readonly event: WorldEvent;
}

/** An event with its place in a log: it counts from 1, on through resets, and never comes twice. */
export interface LoggedEvent extends Happening {
  readonly id: number;
}

export interface Listener {
  heard(logged: LoggedEvent): void;
  /** There will be no more. */
  ended(): void;
}

/** More listeners than these are turned away. */
export const mostListeners = 50;
/** How many events can be replayed. */
export const keptEvents = 256;

/** What happened lately, for those who listen now and those who come back: bounded, the oldest make room. */
export class EventLog {
  readonly #ring: Happening[] = [];
  readonly #listeners = new Set<Listener>();
  #last = 0;
  #isOver = false;

  get listeners(): number {
    return this.#listeners.size;
  }

  get isFull(): boolean {
    return this.#listeners.size >= mostListeners;
  }

  /** The id of the latest event; 0 before the first. */
  get last(): number {
    return this.#last;
  }

  /** Ids are put to it only for those who listen: every request comes through here. */
  publish(happening: Happening): void {
    this.#ring[this.#last % keptEvents] = happening;
    this.#last += 1;
    if (this.#listeners.size === 0) return;
    const logged = { id: this.#last, ...happening };
    for (const listener of this.#listeners) listener.heard(logged);
  }

  /** The kept events behind one, oldest first, and how many of those behind it are kept no more. */
  since(seen: number): { readonly events: readonly LoggedEvent[]; readonly missed: number } {
    // An id from before a restart of the mock may lie ahead of everything: then all is news.
    const known = seen > this.#last ? 0 : seen;
    const from = Math.max(known, this.#last - keptEvents) + 1;
    const events: LoggedEvent[] = [];
    for (let id = from; id <= this.#last; id++) {
      const happening = this.#ring[(id - 1) % keptEvents];
      if (happening !== undefined) events.push({ id, ...happening });
    }
    return { events, missed: from - known - 1 };
  }

  /** Gives what ends the listening. Who comes after the end is told so at once. */
  listen(listener: Listener): () => void {
    if (this.#isOver) listener.ended();
    else this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  end(): void {
    this.#isOver = true;
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener.ended();
  }
}
