import type { CoverageReport } from "../../engine/coverage/ledger-report.ts";
import type { WorldParts } from "../../engine/worlds/world-parts.ts";
import type { Config } from "../config.ts";
import { coverageGate } from "./coverage-gate.ts";
import { violationGate } from "./violation-gate.ts";

/** What a run has shown. */
interface Shown extends Pick<WorldParts<unknown>, "violations"> {
  readonly coverage: () => CoverageReport;
}

/** What the gates that were asked for have to say against a run, one line each; none when it passes. */
export function failedGates(
  { failOnViolations, minCoverage }: Config,
  { violations, coverage }: Shown,
): readonly string[] {
  const complaints = [
    failOnViolations ? violationGate(violations) : undefined,
    minCoverage === undefined ? undefined : coverageGate(minCoverage, coverage()),
  ];
  return complaints.filter((complaint) => complaint !== undefined);
}
