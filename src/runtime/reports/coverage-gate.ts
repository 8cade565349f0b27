import { type CoverageReport, gateOf } from "../../engine/coverage/ledger-report.ts";

/** A share in percent, from 0 to 100; undefined for a text that is none. */
export function parsePercent(text: string): number | undefined {
  const value = /^\d+(?:\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;
  return value <= 100 ? value : undefined;
}

/** What `--min-coverage` has to say of a report, in one line; undefined when enough was met. */
export function coverageGate(least: number | undefined, report: CoverageReport): string | undefined {
  if (least === undefined) return undefined;
  const { seen, known, percent } = gateOf(report);
  if (known === 0 && least > 0) {
    return `--min-coverage ${least}: there is no operation in the coverage report, so nothing shows that enough was met.`;
  }
  // Of the numbers themselves: the percentage is rounded.
  if (seen * 100 >= least * known) return undefined;
  return `--min-coverage ${least}: ${percent} % of operations and documented statuses were met, ${seen} of ${known}; the coverage report names the others.`;
}
