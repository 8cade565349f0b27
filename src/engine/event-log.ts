import type { Instant } from "../domain/instant.ts";
import type { Fired } from "../domain/world.ts";
import type { Exchange } from "./exchange.ts";

/** What can be told of a world while it happens. */
export type WorldEvent =
  | { readonly kind: "exchange"; readonly exchange: Exchange }
  | { readonly kind: "violation"; readonly exchange: Exchange }
  /** A step of a task's lifecycle. */
  | { readonly kind: "lifecycle"; readonly fired: Fired }
  | { readonly kind: "clock"; readonly before: Instant }
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
const kept = 256;

/** What happened lately, for those who listen now and those who come back: bounded, the oldest make room. */
export class EventLog {
  readonly #ring: LoggedEvent[] = [];
  readonly #listeners = new Set<Listener>();
  #last = 0;

  get listeners(): number {
    return this.#listeners.size;
  }

  get isFull(): boolean {
    return this.#listeners.size >= mostListeners;
  }

  publish(world: string, at: Instant, event: WorldEvent): void {
    this.#last += 1;
    const logged = { id: this.#last, world, at, event };
    this.#ring[this.#last % kept] = logged;
    for (const listener of this.#listeners) listener.heard(logged);
  }

  /** The kept events behind one, oldest first, and how many of those behind it are kept no more. */
  since(id: number): { readonly events: readonly LoggedEvent[]; readonly missed: number } {
    const first = Math.max(1, this.#last - kept + 1);
    // An id from before a restart of the mock may lie ahead of everything: then all is news.
    const from = id > this.#last ? first : Math.max(id + 1, first);
    const events: LoggedEvent[] = [];
    for (let next = from; next <= this.#last; next++) {
      const logged = this.#ring[next % kept];
      if (logged !== undefined) events.push(logged);
    }
    return { events, missed: id > this.#last ? 0 : from - id - 1 };
  }

  /** Gives what ends the listening. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  end(): void {
    for (const listener of [...this.#listeners]) listener.ended();
    this.#listeners.clear();
  }
}
