import { parseYaml } from "../../src/runtime/yaml-source.ts";
import { checkScenario } from "../../src/scenarios/check/check-scenario.ts";
import type { Fixtures } from "../../src/scenarios/fixtures.ts";
import { formatFinding, type ScenarioSource } from "../../src/scenarios/scenario-source.ts";

/** A scenario from its YAML text; throws when the text is no YAML. */
export async function scenarioFrom(text: string, name = "sample"): Promise<ScenarioSource> {
  const parsed = await parseYaml({ name, file: `${name}.yaml`, text });
  if (parsed.kind === "findings") throw new Error(parsed.findings.map(formatFinding).join("\n"));
  return parsed.source;
}

/** What is wrong with a scenario's text, one line each. */
export async function findingsIn(text: string, fixtures: Fixtures): Promise<readonly string[]> {
  return (await checkScenario(await scenarioFrom(text), fixtures)).map(formatFinding);
}
