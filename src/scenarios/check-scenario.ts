import type { Fixtures } from "./fixtures.ts";
import { readDocument, shapeFindings } from "./read-document.ts";
import type { Finding, ScenarioSource } from "./scenario-source.ts";

/** Everything that is wrong with a scenario and with the fixtures that it uses, in the order of the document. */
export function checkScenario(source: ScenarioSource, fixtures: Fixtures): readonly Finding[] {
  const parts = readDocument(source, fixtures, false);
  return parts.findings;
}

/** Everything that is wrong with the fixtures themselves, whether or not a scenario uses them. */
export function checkFixtures(fixtures: Fixtures): readonly Finding[] {
  return fixtures.sources.flatMap((source) => shapeFindings(source, fixtures.checkFixture));
}
