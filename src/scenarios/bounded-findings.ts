import { type Finding, findingAt, type ScenarioSource } from "./scenario-source.ts";

/** As many findings of a document are told. Whoever made more of them made the same mistake over and over. */
export const mostFindings = 1_000;

/** The findings of a document; where there are too many, the first ones, and a last one that says so. */
export function bounded<Found>(
  found: readonly Found[],
  source: ScenarioSource,
  toFinding: (one: Found) => Finding,
): readonly Finding[] {
  if (found.length <= mostFindings) return found.map(toFinding);
  const more = findingAt(source, "", {
    message: `there is more wrong than these ${mostFindings} places`,
    expected: "these to be mended first",
  });
  return [...found.slice(0, mostFindings).map(toFinding), more];
}
