import type { After } from "../../src/engine/holds.ts";

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** A host's clock and timers that move only when the test says so. */
export class HandTime {
  #now = 0;
  readonly #timers = new Set<Timer>();

  readonly hostTime = (): number => this.#now;

  readonly after: After = (milliseconds, run) => {
    const timer = { at: this.#now + milliseconds, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  /** How many timers are set. */
  get timers(): number {
    return this.#timers.size;
  }

  /** Lets time go by, and what is timed within it happen at its time. */
  pass(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (let next = this.#first(end); next !== undefined; next = this.#first(end)) {
      this.#timers.delete(next);
      this.#now = next.at;
      next.run();
    }
    this.#now = end;
  }

  #first(end: number): Timer | undefined {
    const due = [...this.#timers].filter(({ at }) => at <= end);
    return due.sort((one, other) => one.at - other.at)[0];
  }
}
