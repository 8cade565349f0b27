import type { Contract } from "../../contract/contract.ts";
import { type Profile, profiles, type Revision, revisions } from "../../domain/revision.ts";
import { type Judgement, judge, type RecordedExchange } from "./judge.ts";
import { type Reason, Reasons } from "./reasons.ts";

export interface ContractKey {
  readonly revision: Revision;
  readonly profile: Profile;
}

/** The exchanges of one world, as far as they are known. */
export interface Recording extends ContractKey {
  /** Oldest first. */
  readonly exchanges: readonly RecordedExchange[];
  /** How many are not among them because a body is not kept whole. */
  readonly incomplete: number;
  /** How many more there were, of which nothing is kept. */
  readonly dropped: number;
}

/** `fits`: all would have gone the same way. `differs`: only answers would not. `fails`: not every request is taken. */
export type Verdict = "fits" | "differs" | "fails";

/** What one contract makes of the exchanges. */
export interface CellReport extends ContractKey {
  readonly verdict: Verdict;
  readonly fine: number;
  readonly missing: number;
  readonly refused: number;
  readonly different: number;
  readonly reasons: readonly Reason[];
  /** How many more reasons there are. */
  readonly moreReasons: number;
}

export interface ProfileReport {
  readonly profile: Profile;
  /** The oldest revision where all would have gone the same way; undefined when there is none. */
  readonly smallest: Revision | undefined;
  /** The oldest that takes every request. */
  readonly smallestForRequests: Revision | undefined;
  /** Oldest first. */
  readonly cells: readonly CellReport[];
}

export interface CompatibilityReport {
  /** How many exchanges count in each cell. */
  readonly judged: number;
  /** How many requests no contract takes: the client's own mistakes, which no release would mend. */
  readonly mistaken: number;
  readonly mistakes: readonly Reason[];
  readonly moreMistakes: number;
  readonly incomplete: number;
  readonly dropped: number;
  /** How many were answered by what is no part of the API, such as the page that greets. */
  readonly foreign: number;
  readonly profiles: readonly ProfileReport[];
}

/** Judges what clients did anew, against every revision in every profile. */
export function rejudge(
  recordings: readonly Recording[],
  contractFor: (key: ContractKey) => Contract,
): CompatibilityReport {
  const rejudging = new Rejudging(contractFor);
  for (const recording of recordings) rejudging.add(recording);
  return rejudging.report();
}

/** The same, one recording after the other. Of each no more is kept than what there is to say of it. */
export class Rejudging {
  readonly #cells: readonly Cell[];
  readonly #tally: Tally;
  #incomplete = 0;
  #dropped = 0;

  constructor(contractFor: (key: ContractKey) => Contract) {
    this.#cells = profiles.flatMap((profile) =>
      revisions.map((revision) => new Cell({ revision, profile }, contractFor({ revision, profile }))),
    );
    this.#tally = new Tally(this.#cells);
  }

  add(recording: Recording): void {
    this.#incomplete += recording.incomplete;
    this.#dropped += recording.dropped;
    for (const exchange of recording.exchanges) this.#tally.add(recording, exchange);
    this.#tally.forget();
  }

  report(): CompatibilityReport {
    const { judged, mistaken, foreign, mistakes } = this.#tally;
    const cells = this.#cells.map((cell) => cell.report());
    return {
      judged,
      mistaken,
      mistakes: mistakes.first,
      moreMistakes: mistakes.more,
      incomplete: this.#incomplete,
      dropped: this.#dropped,
      foreign,
      profiles: profiles.map((profile) => profileReport(profile, cells, judged)),
    };
  }
}

function profileReport(profile: Profile, all: readonly CellReport[], judged: number): ProfileReport {
  const cells = all.filter((cell) => cell.profile === profile);
  // What was never tried is not known to work.
  const known = judged > 0 ? cells : [];
  return {
    profile,
    smallest: known.find(({ verdict }) => verdict === "fits")?.revision,
    smallestForRequests: known.find(({ verdict }) => verdict !== "fails")?.revision,
    cells,
  };
}

class Cell {
  readonly key: ContractKey;
  readonly contract: Contract;
  readonly #counts = { fine: 0, missing: 0, refused: 0, different: 0 };
  readonly #reasons = new Reasons();

  constructor(key: ContractKey, contract: Contract) {
    this.key = key;
    this.contract = contract;
  }

  add(judgement: Judgement, about: About): void {
    this.#counts[judgement.kind] += 1;
    note(this.#reasons, judgement, about);
  }

  report(): CellReport {
    const { missing, refused, different } = this.#counts;
    const answered = different > 0 ? "differs" : "fits";
    const verdict = missing + refused > 0 ? "fails" : answered;
    const reasons = this.#reasons;
    return { ...this.key, verdict, ...this.#counts, reasons: reasons.first, moreReasons: reasons.more };
  }
}

/** An exchange with the operation that any of the contracts takes it for. */
interface About {
  readonly exchange: RecordedExchange;
  readonly operation: string | undefined;
}

class Tally {
  readonly mistakes = new Reasons();
  judged = 0;
  mistaken = 0;
  foreign = 0;
  readonly #cells: readonly Cell[];
  /** By all that a contract looks at: who polls asks and hears the same again and again. */
  readonly #known = new Map<string, readonly Judged[]>();

  constructor(cells: readonly Cell[]) {
    this.#cells = cells;
  }

  add({ revision, profile }: ContractKey, exchange: RecordedExchange): void {
    const judgements = this.#judge(exchange);
    const home = judgements.find(({ cell: { key } }) => key.revision === revision && key.profile === profile);
    if (home?.judgement.kind === "missing" && exchange.outcome !== "no-match") {
      this.foreign += 1;
      return;
    }
    const about: About = { exchange, operation: operationOf(this.#cells, exchange) };
    const taken = judgements.some(({ judgement: { kind } }) => kind === "fine" || kind === "different");
    if (taken) {
      this.judged += 1;
      for (const { cell, judgement } of judgements) cell.add(judgement, about);
      return;
    }
    this.mistaken += 1;
    const refusal = judgements.findLast(({ judgement: { kind } }) => kind === "refused");
    const telling = home?.judgement.kind === "refused" ? home : refusal;
    note(this.mistakes, telling?.judgement ?? { kind: "missing" }, about);
  }

  /** Lets go of what only saves work within one recording: there may be many. */
  forget(): void {
    this.#known.clear();
  }

  #judge(exchange: RecordedExchange): readonly Judged[] {
    const { method, path, query, headers, outcome, response } = exchange;
    // As UTF-8, different bytes that are none would look the same.
    const body = new TextDecoder("latin1").decode(exchange.body);
    const key = JSON.stringify([method, path, query, headers, outcome, body, response]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const judged = this.#cells.map((cell) => ({ cell, judgement: judge(cell.contract, exchange) }));
    this.#known.set(key, judged);
    return judged;
  }
}

interface Judged {
  readonly cell: Cell;
  readonly judgement: Judgement;
}

function operationOf(cells: readonly Cell[], { method, path }: RecordedExchange): string | undefined {
  for (const { contract } of cells) {
    const match = contract.match(method, path);
    if (match.kind === "operation") return match.operation.id;
  }
  return undefined;
}

function note(reasons: Reasons, judgement: Judgement, { exchange, operation }: About): void {
  const { id, method, path, redactor } = exchange;
  switch (judgement.kind) {
    case "fine":
      return;
    case "missing": {
      const text =
        operation === undefined ? `${method} ${redactor.text(path)} is no operation` : "no such operation";
      reasons.add({ kind: "missing", id, operation, redactor }, text);
      return;
    }
    case "refused":
    case "different":
      reasons.addViolations({ kind: judgement.kind, id, operation, redactor }, judgement.violations);
  }
}
