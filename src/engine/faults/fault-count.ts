import type { FaultBound, FaultWhen } from "../../domain/fault-plan.ts";
import type { Instant } from "../../domain/instant.ts";

/** Counts the requests that a fault is about, and tells which of them are hit. */
export class FaultCount {
  readonly #when: FaultWhen;
  #seen = 0;
  /** Those of the seen that fell into the window. */
  #inside = 0;
  hits = 0;

  constructor(when: FaultWhen) {
    this.#when = when;
  }

  /** How many matching requests there were. */
  get seen(): number {
    return this.#seen;
  }

  /** Counts a matching request. Whether it is one to hit, as far as numbers and instants say. */
  see(now: Instant): boolean {
    this.#seen += 1;
    if (!this.#isOpen(now)) return false;
    this.#inside += 1;
    const { nth = this.#inside, first = this.#inside, every = 1 } = this.#when;
    return this.#inside === nth && this.#inside <= first && this.#inside % every === 0;
  }

  /** How many hits there can be yet, at most; undefined when there is no end to them. */
  remaining(now: Instant): number | undefined {
    const { nth, first, every = 1, until } = this.#when;
    if (until?.kind === "instant" && now >= until.at) return 0;
    const ends = [nth, first, this.#lastInside()].filter((end) => end !== undefined);
    if (ends.length === 0) return undefined;
    const last = Math.max(this.#inside, Math.min(...ends));
    if (nth !== undefined) return this.#inside < nth && nth <= last ? 1 : 0;
    return Math.floor(last / every) - Math.floor(this.#inside / every);
  }

  #isOpen(now: Instant): boolean {
    const { after, until } = this.#when;
    const hasBegun =
      after === undefined || (after.kind === "count" ? this.#seen > after.count : now >= after.at);
    return (
      hasBegun &&
      (until === undefined || (until.kind === "count" ? this.#seen <= until.count : now < until.at))
    );
  }

  /** The number in the window of the last request that can fall into it. */
  #lastInside(): number | undefined {
    const { after, until } = this.#when;
    const last = countOf(until);
    if (last === undefined) return undefined;
    return this.#inside + Math.max(0, last - Math.max(this.#seen, countOf(after) ?? 0));
  }
}

function countOf(bound: FaultBound | undefined): number | undefined {
  return bound?.kind === "count" ? bound.count : undefined;
}
