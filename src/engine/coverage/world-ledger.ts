import type { Contract } from "../../contract/contract.ts";
import type { AtOperation, Exchanged, Hooks } from "../hooks.ts";
import { Ledger, type Subject } from "./ledger.ts";
import { type CoverageReport, mergeReports, type OperationReport } from "./ledger-report.ts";

export interface WorldLedgerOptions {
  readonly contract: Contract;
  /** Host milliseconds: what was begun before is of another run. */
  readonly since: number;
  subjectOf(contract: Contract): Subject;
}

/** What the exchanges of one run of a world have shown: of its contract, and of those that were added to it. */
export class WorldLedger implements Pick<Hooks, "note"> {
  readonly #options: WorldLedgerOptions;
  readonly #own: Ledger;
  readonly #added = new Map<Contract, Ledger>();

  constructor(own: Subject, options: WorldLedgerOptions) {
    this.#own = new Ledger(own);
    this.#options = options;
  }

  /** Its contract's first. */
  get ledgers(): readonly Ledger[] {
    return [this.#own, ...this.#added.values()];
  }

  get report(): CoverageReport {
    return mergeReports(this.ledgers.map(reportOf));
  }

  note(at: AtOperation, exchanged: Exchanged): void {
    if (at.trace.startedAt < this.#options.since) return;
    const ledger = at.contract === this.#options.contract ? this.#own : this.#addedFor(at.contract);
    ledger.note(at, exchanged);
  }

  clear(): void {
    this.#own.clear();
    this.#added.clear();
  }

  #addedFor(contract: Contract): Ledger {
    const known = this.#added.get(contract);
    if (known !== undefined) return known;
    const ledger = new Ledger(this.#options.subjectOf(contract));
    this.#added.set(contract, ledger);
    return ledger;
  }
}

export function reportOf(ledger: Ledger): CoverageReport {
  const { name, plan, isWhole } = ledger.subject;
  const ids = plan.operations.filter((id) => isWhole || ledger.countsOf(id) !== undefined);
  const operations = ids.map((id): OperationReport => {
    const { method, path, items } = plan.operation(id);
    const counts = ledger.countsOf(id);
    return {
      id,
      method,
      path,
      items: items.map((item, index) => ({ ...item, count: counts?.[index] ?? 0 })),
    };
  });
  return { contracts: [name], operations };
}
