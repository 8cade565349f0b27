import type { Violation } from "../../contract/violation.ts";
import type { Redactor } from "../journal/redact.ts";

/** Why a contract does not do for what a client did, over all exchanges that have the same to say. */
export interface Reason {
  readonly kind: "missing" | "refused" | "different";
  /** Operation id; undefined for a request that means no operation of any contract. */
  readonly operation: string | undefined;
  /** One line. */
  readonly text: string;
  /** How many exchanges. */
  readonly count: number;
  /** Ids of the first of them. */
  readonly exchanges: readonly string[];
}

/** Of an exchange that a reason is found in. */
export interface Occasion {
  readonly kind: Reason["kind"];
  readonly id: string;
  readonly operation: string | undefined;
  readonly redactor: Redactor;
}

const mostReasons = 20;
const mostExchanges = 20;
/** Others are let go of: a client that goes through paths at random would have a new one for each. */
const mostKept = 1_000;

interface Gathering extends Omit<Reason, "count" | "exchanges"> {
  count: number;
  readonly exchanges: string[];
}

/** Gathers reasons, each told once. */
export class Reasons {
  readonly #byText = new Map<string, Gathering>();

  /** The first ones that came up. */
  get first(): readonly Reason[] {
    return [...this.#byText.values()].slice(0, mostReasons);
  }

  /** How many others are kept. */
  get more(): number {
    return Math.max(0, this.#byText.size - mostReasons);
  }

  add({ kind, id, operation }: Occasion, text: string): void {
    const key = `${kind} ${operation} ${text}`;
    if (!this.#byText.has(key) && this.#byText.size === mostKept) return;
    const known = this.#byText.get(key) ?? { kind, operation, text, count: 0, exchanges: [] };
    this.#byText.set(key, known);
    known.count += 1;
    if (known.count <= mostExchanges) known.exchanges.push(id);
  }

  /** Two places of one body can have the same to say: every message of a conversation lacks the same field. */
  addViolations(occasion: Occasion, violations: readonly Violation[]): void {
    const texts = violations.map(({ place, pointer, rule, expected }) => {
      const where = `${place}${pointer.replaceAll(/\/\d+(?=\/|$)/gu, "/*")}`;
      return `${occasion.redactor.text(where)}: expected ${expected} (${rule})`;
    });
    for (const text of new Set(texts)) this.add(occasion, text);
  }
}
