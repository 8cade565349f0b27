import type { SchemaFinding } from "../contract/check-schema.ts";
import { bounded } from "./bounded-findings.ts";
import { clearerExpectation } from "./clearer-expectation.ts";
import type { SchemaCheck } from "./fixtures.ts";
import { suggestion } from "./nearest-name.ts";
import { type Finding, findingAt, type ScenarioSource } from "./scenario-source.ts";
import { unusableWhole } from "./unusable-whole.ts";

/** Findings of a schema check as findings of a source. */
export function shapeFindings(source: ScenarioSource, check: SchemaCheck): readonly Finding[] {
  const whole = unusableWhole(source);
  if (whole !== undefined) return [whole];
  return bounded(check(source.document), source, (finding) => toFinding(source, finding));
}

function toFinding(source: ScenarioSource, finding: SchemaFinding): Finding {
  const { pointer, problem, expected, known, received } = finding;
  const better = received === undefined ? expected : suggestion(received, known);
  return findingAt(source, pointer, { message: problem, expected: clearerExpectation(finding) ?? better });
}
