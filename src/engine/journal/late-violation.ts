import type { Violation } from "../../contract/violation.ts";
import type { World } from "../../domain/world.ts";
import type { Exchange } from "./exchange.ts";
import { Redactor } from "./redact.ts";

/** A violation with as much of its exchange as is kept when the journal has let go of it, without secrets. */
export interface SeenViolation {
  /** Id of the world. */
  readonly world: string;
  readonly exchange: Pick<Exchange, "id" | "at" | "method" | "path" | "operation" | "status">;
  readonly violation: Violation;
  /** A planned fault broke the contract, on purpose. */
  readonly isPlanned: boolean;
}

/** What can be told of a violation without a look for secrets. */
export interface ViolationKind extends Pick<Violation, "direction" | "rule" | "severity"> {
  readonly isPlanned: boolean;
}

/**
 * A violation whose secrets are taken out when it is first told. Few ever are, and to look for secrets takes longer than the
 * check that found the violation.
 */
export class LateViolation {
  /** Id of the world. */
  readonly world: string;
  readonly kind: ViolationKind;
  /** Replaced by its result on first use, which frees the exchange. */
  #seen: SeenViolation | (() => SeenViolation);

  constructor(world: string, kind: ViolationKind, tell: () => SeenViolation) {
    this.world = world;
    this.kind = kind;
    this.#seen = tell;
  }

  tell(): SeenViolation {
    if (typeof this.#seen === "function") this.#seen = this.#seen();
    return this.#seen;
  }
}

/** The violations of an exchange of a world, in the order in which they were found. */
export function lateViolations(
  { id, world }: { readonly id: string; readonly world: World },
  exchange: Exchange,
): readonly LateViolation[] {
  let redactor: Redactor | undefined;
  return exchange.violations.map((violation) => {
    const { direction, rule, severity } = violation;
    const isPlanned = exchange.trace.breach?.includes(violation) === true;
    return new LateViolation(id, { direction, rule, severity, isPlanned }, () => {
      redactor ??= new Redactor(world).for(exchange);
      return seenViolation(id, { exchange, violation, isPlanned }, redactor);
    });
  });
}

function seenViolation(
  world: string,
  { exchange, violation, isPlanned }: Omit<SeenViolation, "world">,
  redactor: Redactor,
): SeenViolation {
  const { id, at, method, path, operation, status } = exchange;
  return {
    world,
    exchange: { id, at, method, path: redactor.text(path), operation, status },
    violation: redactor.violation(violation),
    isPlanned,
  };
}
