import type { ClockSetting } from "../domain/clock.ts";
import type { Instant } from "../domain/instant.ts";
import type { Fired } from "../domain/lifecycle.ts";
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

/** An event with its place in a log. */
export interface LoggedEvent {
  /** Counts from 1 in its log, on through resets, and never comes twice. */
  readonly id: number;
  readonly world: string;
  /** The world's time. */
  readonly at: Instant;
  readonly event: WorldEvent;
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
  readonly #ring: LoggedEvent[] = [];
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

  publish(world: string, at: Instant, event: WorldEvent): void {
    this.#last += 1;
    const logged = { id: this.#last, world, at, event };
    this.#ring[(this.#last - 1) % keptEvents] = logged;
    for (const listener of this.#listeners) listener.heard(logged);
  }

  /** The kept events behind one, oldest first, and how many of those behind it are kept no more. */
  since(id: number): { readonly events: readonly LoggedEvent[]; readonly missed: number } {
    // An id from before a restart of the mock may lie ahead of everything: then all is news.
    const known = id > this.#last ? 0 : id;
    const from = Math.max(known, this.#last - keptEvents) + 1;
    const events: LoggedEvent[] = [];
    for (let next = from; next <= this.#last; next++) {
      const logged = this.#ring[(next - 1) % keptEvents];
      if (logged !== undefined) events.push(logged);
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
