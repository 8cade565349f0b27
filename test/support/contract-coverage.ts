import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { presentCoverage } from "../../src/admin/coverage/coverage-view.ts";
import { mergeReports } from "../../src/engine/coverage/ledger-report.ts";
import type { Mock } from "../../src/runtime/build-mock.ts";

/** Names the folder that reports go to; `npm run coverage:contract` sets it. */
export const folderVariable = "CONTRACT_COVERAGE_FOLDER";

/** The mocks of the test file that runs. Nothing is kept unless somebody asks for reports. */
const mocks: Mock[] = [];

/** Has what a mock saw of its contract counted for the suite as a whole. */
export function counted(mock: Mock): Mock {
  if (process.env[folderVariable] !== undefined) mocks.push(mock);
  return mock;
}

/** Writes down what the mocks of a test file saw. */
export function writeCounted(): void {
  const folder = process.env[folderVariable];
  const reports = mocks.splice(0).map(({ host }) => host.coverage.report(host.ledger));
  if (folder === undefined || reports.length === 0) return;
  const view = presentCoverage(mergeReports(reports));
  writeFileSync(join(folder, `${randomUUID()}.json`), JSON.stringify(view));
}
