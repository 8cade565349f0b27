import type { Contract } from "../contract/contract.ts";
import { CoveragePlan } from "../contract/coverage-plan.ts";
import { Ledger } from "./ledger.ts";
import { type CoverageReport, mergeReports, type OperationReport } from "./ledger-report.ts";

/** The ledgers of a server: those of its worlds, and what was counted in runs and worlds that are over. */
export class LedgerBook {
  readonly #plans = new Map<Contract, CoveragePlan>();
  readonly #open = new Set<Ledger>();
  readonly #past = new Map<CoveragePlan, Ledger>();

  /** A ledger for a world that begins; `since` in host milliseconds. */
  open(contract: Contract, { name, since }: { readonly name: string; readonly since: number }): Ledger {
    const ledger = new Ledger({ name, contract, plan: this.#planOf(contract), since });
    this.#open.add(ledger);
    return ledger;
  }

  /** The world is over, or begins anew: what was counted stays in the total. */
  close(ledger: Ledger): void {
    if (!this.#open.delete(ledger) || ledger.isEmpty) return;
    const past = this.#past.get(ledger.plan);
    if (past === undefined) this.#past.set(ledger.plan, ledger);
    else past.add(ledger);
  }

  /** Forgets all that was counted in any world. */
  clear(): void {
    this.#past.clear();
    for (const ledger of this.#open) ledger.clear();
  }

  /** Of all worlds, over or not. Contracts that nobody called are left out; when all are, `home` stands for itself. */
  report(home: Ledger): CoverageReport {
    const used = [...this.#past.values(), ...this.#open].filter(({ isEmpty }) => !isEmpty);
    return used.length === 0 ? reportOf(home) : mergeReports(used.map(reportOf));
  }

  #planOf(contract: Contract): CoveragePlan {
    const known = this.#plans.get(contract);
    if (known !== undefined) return known;
    const plan = new CoveragePlan(contract.document);
    this.#plans.set(contract, plan);
    return plan;
  }
}

/** Of one world since it began. */
export function reportOf(ledger: Ledger): CoverageReport {
  const { name, plan } = ledger;
  const operations = plan.operations.map((id): OperationReport => {
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
