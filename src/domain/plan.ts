import type { Due, Step } from "./due.ts";
import { asInstant, type Instant } from "./instant.ts";

/** Steps that follow on each other, put down one after the other. */
export class Plan {
  readonly #due: Due[] = [];
  readonly #beside: Due[] = [];
  #at: number;

  constructor(from: Instant) {
    this.#at = from;
  }

  /** A step so many milliseconds behind the one before it. */
  after(span: number, step: Step): void {
    this.#at += span;
    this.#due.push({ at: asInstant(Math.round(this.#at)), step });
  }

  /** A step so many milliseconds behind the one before it, past which the others go on as if it were not there. */
  beside(span: number, step: Step): void {
    this.#beside.push({ at: asInstant(Math.round(this.#at + span)), step });
  }

  /** Nothing for so many milliseconds. */
  wait(span: number): void {
    this.#at += span;
  }

  /** All steps, soonest first. */
  get due(): readonly Due[] {
    return this.#beside.reduce<readonly Due[]>((due, one) => mergeDue(due, [one]), this.#due);
  }
}

/** Steps of two plans, soonest first. At one instant those of the first plan come first. */
export function mergeDue(one: readonly Due[], other: readonly Due[]): readonly Due[] {
  if (one.length === 0) return other;
  if (other.length === 0) return one;
  return [...one, ...other].sort((left, right) => left.at - right.at);
}
