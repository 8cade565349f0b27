import { appendFileSync } from "node:fs";
import { coverageMarkdown, coverageTable } from "../admin/coverage-table.ts";
import { presentCoverage } from "../admin/coverage-view.ts";
import type { CoverageReport } from "../engine/ledger-report.ts";

/** The file that GitHub shows on the page of a run. */
const summaryVariable = "GITHUB_STEP_SUMMARY";

/** What is told of a report on the console; where GitHub keeps a summary of the step, it is added there, too. */
export function tellCoverage(
  report: CoverageReport,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const view = presentCoverage(report);
  const file = environment[summaryVariable];
  const complaint = file === undefined || file === "" ? "" : addTo(file, coverageMarkdown(view));
  return `${coverageTable(view)}${complaint}`;
}

/** A summary that cannot be written is no reason to fail a run, but is told. */
function addTo(file: string, markdown: string): string {
  try {
    appendFileSync(file, `${markdown}\n`);
    return "";
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `${summaryVariable} cannot be written: ${why}\n`;
  }
}
