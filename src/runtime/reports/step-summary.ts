import { closeSync, constants, fstatSync, openSync, writeFileSync } from "node:fs";
import { coverageMarkdown, coverageSums } from "../../admin/coverage/coverage-table.ts";
import { type CoverageView, presentCoverage } from "../../admin/coverage/coverage-view.ts";
import type { CoverageReport } from "../../engine/coverage/ledger-report.ts";

/** Names the file that GitHub shows on the page of a run. */
const variable = "GITHUB_STEP_SUMMARY";

/** GitHub shows nothing of a file that is longer. */
const mostBytes = 1_048_576;

// A pipe that nobody reads would hold up the end of a run without O_NONBLOCK.
const appending = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NONBLOCK;

/**
 * Adds a report to the summary of the step, where the environment names one. One that cannot be written is no reason to fail a
 * run: gives a line about it, else an empty text.
 */
export function addStepSummary(
  report: () => CoverageReport,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const path = environment[variable];
  if (path === undefined || path === "") return "";
  try {
    append(path, presentCoverage(report()));
    return "";
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `${variable} could not be written: ${why}. The coverage report is left out of it.\n`;
  }
}

function append(path: string, view: CoverageView): void {
  const file = openSync(path, appending, 0o644);
  try {
    const room = mostBytes - fstatSync(file).size;
    const texts = [coverageMarkdown(view), coverageSums(view)].map((text) => `${text}\n`);
    const fitting = texts.find((text) => Buffer.byteLength(text) <= room);
    if (fitting === undefined) throw new Error(`${path} has no room left, GitHub shows up to 1 MiB`);
    writeFileSync(file, fitting);
  } finally {
    closeSync(file);
  }
}
