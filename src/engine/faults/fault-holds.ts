import type { WhenGone } from "../../operations/operation.ts";
import type { After, Release } from "../holds.ts";
import type { HeldConnection } from "../journal/exchange.ts";

/** How the holding up of a request ended: its time was over, its fault is planned no more, or it was let go. */
export type DelayEnd = "over" | Release;

interface Hold {
  /** The fault that it is held by. */
  readonly fault: string;
  end(why: DelayEnd): void;
}

/** Each holds a connection, of which a server takes twice as many. */
export const mostHeld = 1_000;

/** Requests that faults hold up, and connections that they keep open: all of them let go when the world begins anew or ends. */
export class FaultHolds {
  readonly #after: After;
  readonly #holds = new Set<Hold>();
  /** Rises with every release, so that what is held too late can be told. */
  #generation = 0;
  /** Set once nothing is held any more: a request may come while the mock stops. */
  #over: Release | undefined;

  constructor(after: After) {
    this.#after = after;
  }

  get size(): number {
    return this.#holds.size;
  }

  get isFull(): boolean {
    return this.#holds.size >= mostHeld;
  }

  /** Resolves after so many real milliseconds, unless something lets go of the request before. */
  delay(fault: string, time: number, whenGone: WhenGone | undefined): Promise<DelayEnd> {
    if (this.#over !== undefined) return Promise.resolve(this.#over);
    return new Promise((resolve) => {
      const leave = this.#hold(fault, (why) => {
        cancel();
        resolve(why);
      });
      const cancel = this.#after(time, () => {
        leave();
        resolve("over");
      });
      whenGone?.(() => {
        leave();
        cancel();
        resolve("client-gone");
      });
    });
  }

  /** For a host that keeps a connection open: gives what it registers there. What comes after a release is cut at once. */
  connection(fault: string): HeldConnection {
    const generation = this.#generation;
    return (cut) => {
      if (generation === this.#generation && this.#over === undefined) return this.#hold(fault, cut);
      cut();
      return () => undefined;
    };
  }

  /** A fault is planned no more: what it held up goes on, what it kept open is cut. */
  letGo(fault: string): void {
    for (const hold of [...this.#holds]) if (hold.fault === fault) this.#end(hold, "over");
  }

  /** After a reset others may be held; otherwise none will be any more. */
  release(why: Exclude<Release, "client-gone">): void {
    this.#generation += 1;
    if (why !== "reset") this.#over = why;
    for (const hold of [...this.#holds]) this.#end(hold, why);
  }

  #hold(fault: string, end: Hold["end"]): () => void {
    const hold: Hold = { fault, end };
    this.#holds.add(hold);
    return () => this.#holds.delete(hold);
  }

  #end(hold: Hold, why: DelayEnd): void {
    this.#holds.delete(hold);
    hold.end(why);
  }
}
