import type { Violation, ViolationRule } from "../contract/violation.ts";
import type { Exchange } from "./exchange.ts";
import type { Redactor } from "./redact.ts";

/** A violation with as much of its exchange as is kept when the journal has let go of it. */
export interface SeenViolation {
  readonly world: string;
  readonly exchange: Pick<Exchange, "id" | "at" | "method" | "path" | "operation" | "status">;
  readonly violation: Violation;
  /** A planned fault broke the contract, on purpose. */
  readonly isPlanned: boolean;
}

/** How often a rule was broken in one direction. Each violation counts once: planned, error or warning. */
export interface ViolationCount {
  readonly direction: Violation["direction"];
  readonly rule: ViolationRule;
  readonly errors: number;
  readonly warnings: number;
  readonly planned: number;
}

type Tally = { -readonly [Key in keyof ViolationCount]: ViolationCount[Key] };

/** The violations of an exchange of a world, in the order in which they were found, without secrets. */
export function violationsSeen(
  world: string,
  exchange: Exchange,
  secrets: Redactor,
): readonly SeenViolation[] {
  const redactor = secrets.for(exchange);
  const { id, at, method, path, operation, status, passage } = exchange;
  const facts = { id, at, method, path: redactor.text(path), operation, status };
  return exchange.violations.map((violation) => ({
    world,
    exchange: facts,
    violation: withoutSecrets(violation, redactor),
    isPlanned: passage.breach?.includes(violation) === true,
  }));
}

function withoutSecrets(violation: Violation, redactor: Redactor): Violation {
  const { pointer, expected, received } = violation;
  return {
    ...violation,
    pointer: redactor.text(pointer),
    expected: redactor.text(expected),
    ...(received === undefined ? {} : { received: redactor.cutText(received) }),
  };
}

/** The latest violations, bounded by their number, and how many there ever were of each kind. */
export class ViolationLog {
  readonly #limit: number;
  readonly #heard: ((seen: readonly SeenViolation[]) => void) | undefined;
  readonly #ring: SeenViolation[] = [];
  readonly #tallies = new Map<string, Tally>();
  /** How many were ever added since the last clearing. */
  #total = 0;

  /** `heard` is told of what is added, the violations of one exchange at a time. */
  constructor(limit: number, heard?: (seen: readonly SeenViolation[]) => void) {
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

  add(seen: readonly SeenViolation[]): void {
    for (const one of seen) {
      this.#ring[this.#total % this.#limit] = one;
      this.#total += 1;
      this.#count(one);
    }
    this.#heard?.(seen);
  }

  /** Newest first. */
  list(): readonly SeenViolation[] {
    const oldest = this.#total % this.#limit;
    if (this.#total <= this.#limit) return this.#ring.toReversed();
    return [...this.#ring.slice(oldest), ...this.#ring.slice(0, oldest)].reverse();
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

  #count({ violation: { direction, rule, severity }, isPlanned }: SeenViolation): void {
    const kind = `${direction} ${rule}`;
    const tally = this.#tallies.get(kind) ?? { direction, rule, errors: 0, warnings: 0, planned: 0 };
    this.#tallies.set(kind, tally);
    if (isPlanned) tally.planned += 1;
    else if (severity === "error") tally.errors += 1;
    else tally.warnings += 1;
  }
}
