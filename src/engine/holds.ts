/** Runs something once, a number of real milliseconds from now; gives what calls it off. The runtime has the only timers. */
export type After = (milliseconds: number, run: () => void) => () => void;

/** Why an answer that was held back had to go out before its time. */
export type Release = "reset" | "world-gone" | "stopping";

/** How the holding of an answer ended. */
export type Held<Answer> =
  | { readonly kind: "true"; readonly answer: Answer }
  | { readonly kind: "timeout" }
  | { readonly kind: "released"; readonly why: Release };

interface Hold {
  /** Whether it is over. */
  look(): boolean;
  release(why: Release): void;
}

/** Each holds a connection; a test suite that has more of them in one world has lost count. */
export const mostHolds = 100;

/** Answers that wait until something is true of a world: looked at after every change, never polled. */
export class Holds {
  readonly #after: After;
  readonly #holds = new Set<Hold>();

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
   * still no other time goes by.
   */
  until<Answer extends object>(check: () => Answer | undefined, timeout: number): Promise<Held<Answer>> {
    return new Promise((resolve) => {
      const settle = (held: Held<Answer>): void => {
        cancel();
        this.#holds.delete(hold);
        resolve(held);
      };
      const hold: Hold = {
        look() {
          const answer = check();
          if (answer !== undefined) settle({ kind: "true", answer });
          return answer !== undefined;
        },
        release: (why) => settle({ kind: "released", why }),
      };
      const cancel = this.#after(timeout, () => settle({ kind: "timeout" }));
      if (!hold.look()) this.#holds.add(hold);
    });
  }

  /** To be called after anything changed that somebody may wait for. */
  look(): void {
    for (const hold of [...this.#holds]) hold.look();
  }

  release(why: Release): void {
    for (const hold of [...this.#holds]) hold.release(why);
  }
}
