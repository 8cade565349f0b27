import type { ContractOperation } from "../contract/contract.ts";
import type { Violation } from "../contract/violation.ts";
import type { Fired } from "../domain/lifecycle.ts";
import type { PathParameters } from "../operations/operation.ts";

/** `fault` and `spoil` are of a planned fault, before and after the operation. */
export const stageNames = [
  "route",
  "fault",
  "authenticate",
  "resolve",
  "check_request",
  "work",
  "check_response",
  "spoil",
] as const;
export type StageName = (typeof stageNames)[number];

/** A request that a fault holds up may see the world go on for years. */
const mostFired = 1_000;

/**
 * What is learnt of a request on its way, for the journal. There is one for each of the latest thousand requests, so it is
 * kept small: times are whole microseconds, which take no object of their own.
 */
export class Trace {
  readonly #hostTime: () => number;
  /** Host milliseconds. */
  readonly startedAt: number;
  /** Microseconds since the start at which each stage was through; 0 for one that was not reached. */
  route = 0;
  fault = 0;
  authenticate = 0;
  resolve = 0;
  check_request = 0;
  work = 0;
  check_response = 0;
  spoil = 0;
  /** When the answer was ready; 0 until then. */
  end = 0;
  operation: ContractOperation | undefined = undefined;
  /** Percent-decoded; none for a request that means no operation. */
  parameters: PathParameters | undefined = undefined;
  /** Names of the planned faults that hit it. */
  faults: readonly string[] | undefined = undefined;
  /** What a planned fault broke of the contract, on purpose. */
  breach: readonly Violation[] | undefined = undefined;
  /** What an exploring world varied in the answer. */
  varied: readonly string[] | undefined = undefined;
  #fired: Fired[] | undefined = undefined;
  /** How many steps happened beyond those in `fired`. */
  omitted = 0;

  constructor(hostTime: () => number) {
    this.#hostTime = hostTime;
    this.startedAt = hostTime();
  }

  /** To be called at the end of each stage. */
  passed(stage: StageName): void {
    this[stage] = this.#elapsed();
  }

  /** To be called once the answer is ready. */
  ended(): void {
    this.end = this.#elapsed();
  }

  #elapsed(): number {
    // At least 1, so that a stage that took no time was reached all the same.
    return Math.max(1, Math.round((this.#hostTime() - this.startedAt) * 1_000));
  }

  /** The first thousand steps that happened while it was served. */
  get fired(): readonly Fired[] {
    return this.#fired ?? none;
  }

  happened(fired: Fired): void {
    this.#fired ??= [];
    if (this.#fired.length < mostFired) this.#fired.push(fired);
    else this.omitted += 1;
  }
}

const none: readonly Fired[] = [];
