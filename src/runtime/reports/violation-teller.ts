import type { After } from "../../engine/holds.ts";
import type { LateViolation } from "../../engine/journal/late-violation.ts";
import type { LogFormat } from "../config.ts";
import type { Logger } from "../logger.ts";
import { violationBlock, violationFields } from "./violation-block.ts";

/** A client that breaks the contract in a loop must not fill the disk: more exchanges than these in a second are counted. */
const mostBlocks = 20;
const second = 1_000;

export interface TellerParts {
  readonly logger: Pick<Logger, "warn">;
  readonly format: LogFormat;
  /** Whether the admin API can be asked for more. */
  readonly hasAdmin: boolean;
  readonly after: After;
}

/** Shows on the console where the contract was broken, as it happens, a block for each exchange. */
export class ViolationTeller {
  readonly #parts: TellerParts;
  /** Since the second began that is under way. */
  #told = 0;
  #untold = 0;
  /** Ends the second before its time; undefined while nothing happens. */
  #cancel: (() => void) | undefined;

  constructor(parts: TellerParts) {
    this.#parts = parts;
  }

  tell(violations: readonly LateViolation[]): void {
    const [first] = violations;
    if (first === undefined) return;
    this.#cancel ??= this.#parts.after(second, () => this.end());
    if (this.#told === mostBlocks) {
      this.#untold += 1;
      return;
    }
    this.#told += 1;
    const { logger, format, hasAdmin } = this.#parts;
    const broken = { first: first.tell(), all: violations.map((one) => one.tell()), hasAdmin };
    if (format === "json") logger.warn(violationFields(broken), "The contract was broken.");
    else logger.warn({}, violationBlock(broken));
  }

  /** Ends the second that is under way: tells how many blocks it left out. */
  end(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#told = 0;
    if (this.#untold === 0) return;
    const more = this.#untold === 1 ? "1 more exchange" : `${this.#untold} more exchanges`;
    const where = this.#parts.hasAdmin ? ": GET /__admin/violations?scope=all lists them" : "";
    this.#parts.logger.warn({}, `${more} broke the contract within a second${where}.`);
    this.#untold = 0;
  }
}
