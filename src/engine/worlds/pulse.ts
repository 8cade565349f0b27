import type { Instant } from "../../domain/instant.ts";
import type { World } from "../../domain/world.ts";
import type { Followers } from "../followers.ts";
import type { After } from "../holds.ts";

/** A world with those who wait for something in it, or follow something. */
export interface Watched {
  readonly world: World;
  readonly isWatched: boolean;
  readonly followers: Pick<Followers, "next">;
  look(): void;
}

/** Node's timers take no more than 24 days; a world whose next step is further away is looked at once an hour. */
const longest = 3_600_000;

/**
 * Lets the steps of a watched world happen when they are due, though nobody asks. A world that nobody watches has no timer,
 * and neither has one whose clock stands.
 */
export class Pulse {
  readonly #host: Watched;
  readonly #after: After;
  #cancel: (() => void) | undefined;
  #isStopped = false;

  constructor(host: Watched, after: After) {
    this.#host = host;
    this.#after = after;
  }

  /** Sets the timer for what is due next, in place of an earlier one. */
  beatNext(): void {
    this.#cancelBeat();
    const { world, isWatched } = this.#host;
    const { mode, speed } = world.clock.setting;
    // A call that began before the world ended may still come here after it.
    if (this.#isStopped || !isWatched || mode === "manual") return;
    const nextLook = this.#nextLook();
    if (nextLook === undefined) return;
    const wait = Math.min(longest, Math.max(0, Math.ceil((nextLook - world.clock.read()) / speed)));
    this.#cancel = this.#after(wait, () => this.#beat());
  }

  /** For good. */
  stop(): void {
    this.#isStopped = true;
    this.#cancelBeat();
  }

  /** When there is something to tell: of a step, or of what follows from the time alone. */
  #nextLook(): Instant | undefined {
    const { world, followers } = this.#host;
    const { nextDue } = world;
    const { next } = followers;
    if (nextDue === undefined || next === undefined) return nextDue ?? next;
    return next < nextDue ? next : nextDue;
  }

  #cancelBeat(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #beat(): void {
    try {
      this.catchUp();
      this.beatNext();
    } catch {
      // Thrown out of a timer it would end the process. The next request meets it again, answers with it and logs it.
      this.#cancelBeat();
    }
  }

  /**
   * On a fast clock one beat brings several steps: whoever waits sees the world after each of them, as on a slow one.
   */
  catchUp(): void {
    const { world } = this.#host;
    const now = world.clock.read();
    for (let { nextDue } = world; nextDue !== undefined && nextDue <= now; { nextDue } = world) {
      world.settle(nextDue);
      this.#host.look();
    }
    world.settle(now);
    this.#host.look();
  }
}
