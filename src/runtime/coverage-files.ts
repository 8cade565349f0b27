import { readFile } from "node:fs/promises";
import { coverageText, isCoverageFormat } from "../admin/coverage-formats.ts";
import { type CoverageView, presentCoverage } from "../admin/coverage-view.ts";
import type { Contract } from "../contract/contract.ts";
import { isJsonObject, type JsonValue } from "../contract/json.ts";
import { type CoverageReport, mergeReports } from "../engine/ledger-report.ts";
import { openDocuments } from "./contract-files.ts";
import { ContractStore } from "./contract-store.ts";
import { StartError } from "./start-error.ts";

/** Adds up reports that `GET /__admin/coverage` gave as JSON. Throws a `StartError` for a file that is none. */
export async function mergeCoverageFiles(files: readonly string[]): Promise<CoverageReport> {
  const contract = new ContractStore(await openDocuments(), { recheck: false }).adminContract({
    healthOnly: false,
  });
  return mergeReports(await Promise.all(files.map((file) => readReport(file, contract))));
}

/** A report in a format of `GET /__admin/coverage`; JSON for any other word. */
export function writeCoverage(report: CoverageReport, format: string): string {
  const view = presentCoverage(report);
  return isCoverageFormat(format) ? coverageText(format, view).text : `${JSON.stringify(view)}\n`;
}

async function readReport(file: string, contract: Contract): Promise<CoverageReport> {
  const value = await readJson(file);
  const complaint = complaintAbout(value, contract);
  if (complaint === undefined && isReport(value, contract)) return value;
  throw new StartError(
    `${file} is no coverage report: ${complaint}. Expected what GET /__admin/coverage gives as JSON.`,
  );
}

async function readJson(file: string): Promise<JsonValue> {
  try {
    const value: JsonValue = JSON.parse(await readFile(file, "utf8"));
    return value;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new StartError(`${file} cannot be read as a coverage report: ${why}.`, { cause });
  }
}

function isReport(value: JsonValue, contract: Contract): value is JsonValue & CoverageView {
  return complaintAbout(value, contract) === undefined;
}

/** The answer's own contract knows best what a report looks like. */
function complaintAbout(value: JsonValue, contract: Contract): string | undefined {
  const operation = contract.operations.get("get-coverage");
  if (operation === undefined) throw new Error("The admin API has no coverage report.");
  if (!isJsonObject(value)) return "it is no object";
  const [first] = contract.checkResponse(operation, { status: 200, body: value }).violations;
  return first === undefined ? undefined : `${first.pointer || "it"} must be ${first.expected}`;
}
