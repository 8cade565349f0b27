import { readFile } from "node:fs/promises";
import { coverageText, isCoverageFormat } from "../../admin/coverage/coverage-formats.ts";
import { type CoverageView, presentCoverage } from "../../admin/coverage/coverage-view.ts";
import { type SchemaCheck, SchemaChecks } from "../../contract/schemas/schema-checks.ts";
import { type CoverageReport, mergeReports } from "../../engine/coverage/ledger-report.ts";
import { openDocuments } from "../contract-files.ts";
import { StartError } from "../start-error.ts";

/** Adds up reports that `GET /__admin/coverage` gave as JSON. Throws a `StartError` for a file that is none. */
export async function mergeCoverageFiles(files: readonly string[]): Promise<CoverageReport> {
  const checks = new SchemaChecks((await openDocuments()).admin());
  const check = checks.check("/components/schemas/Coverage", "response");
  return mergeReports(await Promise.all(files.map((file) => readReport(file, check))));
}

/** A report in a format of `GET /__admin/coverage`; JSON for any other word. */
export function writeCoverage(report: CoverageReport, format: string): string {
  const view = presentCoverage(report);
  return isCoverageFormat(format) ? coverageText(format, view).text : `${JSON.stringify(view)}\n`;
}

async function readReport(file: string, check: SchemaCheck): Promise<CoverageReport> {
  const value = await readJson(file);
  if (isReport(value, check)) return value;
  const [first] = check.violations(value, site);
  const complaint = `${first?.pointer || "it"} must be ${first?.expected ?? "another"}`;
  throw new StartError(
    `${file} is no coverage report: ${complaint}. Expected what GET /__admin/coverage gives as JSON.`,
  );
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new StartError(`${file} cannot be read as a coverage report: ${why}.`, { cause });
  }
}

const site = { direction: "response", place: "body", prefix: "" } as const;

/** What fits the schema has the type that was generated from it. */
function isReport(value: unknown, check: SchemaCheck): value is CoverageView {
  return check.violations(value, site).length === 0;
}
