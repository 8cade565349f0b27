import type { WhenGone } from "../operations/operation.ts";

/** Runs something once, a number of real milliseconds from now; gives what calls it off. The runtime has the only timers. */
export type After = (milliseconds: number, run: () => void) => () => void;

/** Why an answer that was held back had to go out before its time. */
export type Release = "reset" | "world-gone" | "stopping" | "client-gone";

/** How the holding of an answer ended. */
export type Held<Answer> =
  | { readonly kind: "true"; readonly answer: Answer }
  | { readonly kind: "timeout" }
  | { readonly kind: "released"; readonly why: Release };

interface Hold {
  /** Lets it go if it is over. */
  look(): void;
  release(why: Release): void;
}

/** How long an answer may be held. */
export interface Patience {
  /** Real milliseconds. */
  readonly timeout: number;
  readonly whenGone?: WhenGone | undefined;
}

/** Each holds a connection; a test suite that has more of them in one world has lost count. */
export const mostHolds = 100;

/** Answers that wait until something is true of a world: looked at after every change, never polled. */
export class Holds {
  readonly #after: After;
  readonly #holds = new Set<Hold>();
  /** Set once there is nothing left to wait for. */
  #over: Release | undefined;

  constructor(after: After) {
    this.#after = after;
  }

  get size(): number {
    return this.#holds.size;
  }

  get isFull(): boolean {
    return this.#holds.size >= mostHolds;
  }

  /**
   * Resolves as soon as `check` gives something, at the latest after `timeout` real milliseconds: on a clock that stands
   * still no other time goes by. Rejects with what `check` throws. A `timeout` of 0 looks once.
   */
  until<Answer extends object>(
    check: () => Answer | undefined,
    { timeout, whenGone }: Patience,
  ): Promise<Held<Answer>> {
    if (this.#over !== undefined) return Promise.resolve({ kind: "released", why: this.#over });
    return new Promise((resolve, reject) => {
      const answer = check();
      if (answer !== undefined) resolve({ kind: "true", answer });
      else if (timeout === 0) resolve({ kind: "timeout" });
      else {
        const hold = this.#hold(check, timeout, { resolve, reject });
        whenGone?.(() => hold.release("client-gone"));
      }
    });
  }

  /** To be called after anything changed that somebody may wait for. */
  look(): void {
    for (const hold of [...this.#holds]) hold.look();
  }

  /** Lets all answers go out. After a reset others may be held; otherwise none will be any more. */
  release(why: Exclude<Release, "client-gone">): void {
    if (why !== "reset") this.#over = why;
    for (const hold of [...this.#holds]) hold.release(why);
  }

  #hold<Answer extends object>(
    check: () => Answer | undefined,
    timeout: number,
    promise: { resolve(held: Held<Answer>): void; reject(error: unknown): void },
  ): Hold {
    const leave = (): void => {
      cancel();
      this.#holds.delete(hold);
    };
    const end = (held: Held<Answer>): void => {
      leave();
      promise.resolve(held);
    };
    const hold: Hold = {
      look() {
        try {
          const answer = check();
          if (answer !== undefined) end({ kind: "true", answer });
        } catch (error) {
          // It is this answer that fails, not the request whose change was looked at.
          leave();
          promise.reject(error);
        }
      },
      release: (why) => end({ kind: "released", why }),
    };
    const cancel = this.#after(timeout, () => end({ kind: "timeout" }));
    this.#holds.add(hold);
    return hold;
  }
}
