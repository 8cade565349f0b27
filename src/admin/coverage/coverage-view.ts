import type { components } from "../../contract/generated/admin.ts";
import {
  type CoverageReport,
  gateOf,
  type Share,
  shareOfAll,
  sharesByKind,
  unmetErrors,
} from "../../engine/coverage/ledger-report.ts";

export type CoverageView = components["schemas"]["Coverage"];

/** A report as it goes out, with what follows from its counts. */
export function presentCoverage(report: CoverageReport): CoverageView {
  return {
    contracts: report.contracts,
    gate: presentShare(gateOf(report)),
    all: presentShare(shareOfAll(report)),
    kinds: sharesByKind(report).map(([kind, share]) => ({ kind, ...presentShare(share) })),
    unmet_errors: unmetErrors(report),
    operations: report.operations.map(({ id, method, path, items }) => ({ id, method, path, items })),
  };
}

function presentShare({ seen, known, percent }: Share): components["schemas"]["CoverageShare"] {
  return { seen, known, percent };
}
