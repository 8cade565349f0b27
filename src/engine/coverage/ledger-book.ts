import type { Contract } from "../../contract/contract.ts";
import { isJsonObject } from "../../contract/json.ts";
import { Ledger, type Subject } from "./ledger.ts";
import { type CoverageReport, mergeReports } from "./ledger-report.ts";
import { reportOf, WorldLedger } from "./world-ledger.ts";

/** The ledgers of a server: those of its worlds, and what was counted in runs and worlds that are over. */
export class LedgerBook {
  readonly #subjects = new Map<Contract, Subject>();
  readonly #open = new Set<WorldLedger>();
  readonly #past = new Map<Subject, Ledger>();

  /** A ledger for a world that begins; `since` in host milliseconds. */
  open(contract: Contract, { name, since }: { readonly name: string; readonly since: number }): WorldLedger {
    const own = this.#subjectOf(contract, name);
    const ledger = new WorldLedger(own, { contract, since, subjectOf: (added) => this.#subjectOf(added) });
    this.#open.add(ledger);
    return ledger;
  }

  /** The world is over, or begins anew: what was counted stays in the total. */
  close(ledger: WorldLedger): void {
    if (!this.#open.delete(ledger)) return;
    for (const counted of ledger.ledgers) this.#keep(counted);
  }

  /** Forgets all that was counted in any world. */
  clear(): void {
    this.#past.clear();
    for (const ledger of this.#open) ledger.clear();
  }

  /** Of all worlds, over or not. Contracts that nobody called are left out; when all are, `home` stands for itself. */
  report(home: WorldLedger): CoverageReport {
    const present = [...this.#open].flatMap(({ ledgers }) => ledgers);
    const used = [...this.#past.values(), ...present].filter(({ isEmpty }) => !isEmpty);
    return used.length === 0 ? home.report : mergeReports(used.map(reportOf));
  }

  #keep(ledger: Ledger): void {
    if (ledger.isEmpty) return;
    const past = this.#past.get(ledger.subject) ?? new Ledger(ledger.subject);
    past.add(ledger);
    this.#past.set(ledger.subject, past);
  }

  /** `name`: of a contract of the API. Any other is one that was added, and is called by its title. */
  #subjectOf(contract: Contract, name?: string): Subject {
    const known = this.#subjects.get(contract);
    if (known !== undefined) return known;
    const subject: Subject = {
      name: name ?? titleOf(contract),
      // Made with the first exchange: a start needs none of it.
      get plan() {
        return contract.coverage;
      },
      isWhole: name !== undefined,
    };
    this.#subjects.set(contract, subject);
    return subject;
  }
}

function titleOf({ document }: Contract): string {
  const { info } = document;
  const title = isJsonObject(info) && typeof info["title"] === "string" ? info["title"].trim() : "";
  return title === "" ? "a document without a title" : title;
}
