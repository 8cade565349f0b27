import type { Pending, PendingList } from "./due-queue.ts";
import { asInstant } from "./instant.ts";

/** What is due at a start, each entry put forward when it is asked for: a queue asks for each of them once. */
export class ShiftedPending implements PendingList {
  readonly #base: PendingList;
  /** Milliseconds. */
  readonly #by: number;

  constructor(base: PendingList, by: number) {
    this.#base = base;
    this.#by = by;
  }

  at(index: number): Pending | undefined {
    const pending = this.#base.at(index);
    return pending && { ...pending, at: asInstant(pending.at + this.#by) };
  }
}
