import type { After } from "./holds.ts";
import type { WorldHost } from "./world-host.ts";

/** Node's timers take no more than 24 days; a world whose next step is further away is looked at once an hour. */
const longest = 3_600_000;

/**
 * Lets the steps of a watched world happen when they are due, though nobody asks. A world that nobody watches has no timer,
 * and neither has one whose clock stands.
 */
export class Pulse {
  readonly #host: WorldHost;
  readonly #after: After;
  #cancel: (() => void) | undefined;

  constructor(host: WorldHost, after: After) {
    this.#host = host;
    this.#after = after;
  }

  /** Sets the timer for what is due next, in place of an earlier one. */
  beatNext(): void {
    this.stop();
    const { world, isWatched } = this.#host;
    const { mode, speed } = world.clock.setting;
    if (!isWatched || mode === "manual") return;
    const { nextDue } = world;
    if (nextDue === undefined) return;
    const wait = Math.min(longest, Math.max(0, Math.ceil((nextDue - world.clock.read()) / speed)));
    this.#cancel = this.#after(wait, () => this.#beat());
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #beat(): void {
    const { world, holds } = this.#host;
    world.settle(world.clock.read());
    holds.look();
    this.beatNext();
  }
}
