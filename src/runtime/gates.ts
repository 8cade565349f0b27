import type { WorldParts } from "../engine/world-host.ts";
import type { Config } from "./config.ts";
import { violationGate } from "./violation-gate.ts";

/** What the gates that were asked for have to say against a run, one line each; none when it passes. */
export function failedGates(
  { failOnViolations }: Config,
  { violations }: Pick<WorldParts, "violations">,
): readonly string[] {
  const complaint = failOnViolations ? violationGate(violations) : undefined;
  return complaint === undefined ? [] : [complaint];
}
