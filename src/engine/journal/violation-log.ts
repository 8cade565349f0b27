import type { Violation, ViolationRule } from "../../contract/violation.ts";
import type { LateViolation, SeenViolation } from "./late-violation.ts";

/** How often a rule was broken in one direction. Each violation counts once: planned, error or warning. */
export interface ViolationCount {
  readonly direction: Violation["direction"];
  readonly rule: ViolationRule;
  readonly errors: number;
  readonly warnings: number;
  readonly planned: number;
}

type Tally = { -readonly [Key in keyof ViolationCount]: ViolationCount[Key] };

/** The latest violations, bounded by their number, and how many there ever were of each kind. */
export class ViolationLog {
  readonly #limit: number;
  readonly #heard: ((broken: readonly LateViolation[]) => void) | undefined;
  readonly #ring: LateViolation[] = [];
  readonly #tallies = new Map<string, Tally>();
  /** How many were ever added since the last clearing. */
  #total = 0;

  /** `heard` is told of what is added, the violations of one exchange at a time. */
  constructor(limit: number, heard?: (broken: readonly LateViolation[]) => void) {
    this.#limit = limit;
    this.#heard = heard;
  }

  get total(): number {
    return this.#total;
  }

  /** How many had to make room. */
  get dropped(): number {
    return this.#total - this.#ring.length;
  }

  add(broken: readonly LateViolation[]): void {
    for (const one of broken) {
      this.#ring[this.#total % this.#limit] = one;
      this.#total += 1;
      this.#count(one);
    }
    this.#heard?.(broken);
  }

  /** To be called when the run of a world is over: what is not told yet holds on to all of it. */
  tellAll(world: string): void {
    for (const one of this.#ring) if (one.world === world) one.tell();
  }

  /** Newest first. */
  list(): readonly SeenViolation[] {
    const oldest = this.dropped === 0 ? 0 : this.#total % this.#limit;
    const inOrder = [...this.#ring.slice(oldest), ...this.#ring.slice(0, oldest)];
    return inOrder.reverse().map((one) => one.tell());
  }

  /** Every kind that was seen, those seen first at the front. */
  counts(): readonly ViolationCount[] {
    return [...this.#tallies.values()].map((tally) => ({ ...tally }));
  }

  clear(): void {
    this.#ring.length = 0;
    this.#tallies.clear();
    this.#total = 0;
  }

  #count({ kind: { direction, rule, severity, isPlanned } }: LateViolation): void {
    const kind = `${direction} ${rule}`;
    const tally = this.#tallies.get(kind) ?? { direction, rule, errors: 0, warnings: 0, planned: 0 };
    this.#tallies.set(kind, tally);
    if (isPlanned) tally.planned += 1;
    else if (severity === "error") tally.errors += 1;
    else tally.warnings += 1;
  }
}
