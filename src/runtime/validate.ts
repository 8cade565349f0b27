import { ContractError } from "../contract/contract-error.ts";
import { createContract } from "../contract/create-contract.ts";
import { checkFixtures } from "../scenarios/check/check-fixtures.ts";
import { checkScenario } from "../scenarios/check/check-scenario.ts";
import type { Fixtures } from "../scenarios/fixtures.ts";
import {
  type Finding,
  formatFinding,
  ScenarioError,
  type ScenarioSource,
} from "../scenarios/scenario-source.ts";
import { namedDocuments, openDocuments } from "./contract-files.ts";
import { loadLibrary, loadScenarioFile } from "./scenario-files.ts";

export interface Validation {
  /** One line each. */
  readonly findings: readonly string[];
  /** How many scenarios, fixture files and documents were looked at. */
  readonly checked: number;
}

/** Checks the scenarios at some paths, or, without a path, everything that ships with the mock. */
export async function validatePaths(paths: readonly string[]): Promise<Validation> {
  try {
    return paths.length === 0 ? await validatePackage() : await validateOwn(paths);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    return { findings: error.findings.map(formatFinding), checked: 0 };
  }
}

async function validateOwn(paths: readonly string[]): Promise<Validation> {
  const read = await Promise.all(paths.map(loadScenarioFile));
  const unreadable = read.flatMap(({ findings }) => findings);
  const scenarios = read.flatMap((one) => one.scenarios);
  const { fixtures } = await loadLibrary();
  const layered = fixtures.withLayer(read.flatMap((one) => one.fixtures));
  const findings = [
    ...unreadable,
    ...(await checkFixtures(layered)),
    ...(await checkAll(scenarios, layered)),
  ];
  // What is wrong with a fixture is wrong for every scenario that uses it, too.
  return { findings: [...new Set(findings.map(formatFinding))], checked: scenarios.length };
}

async function validatePackage(): Promise<Validation> {
  const library = await loadLibrary();
  const scenarios = library
    .names()
    .map((name) => library.get(name))
    .filter((source) => source !== undefined);
  const fixtures = await checkFixtures(library.fixtures);
  const findings = [...fixtures, ...(await checkAll(scenarios, library.fixtures))];
  const documents = namedDocuments(await openDocuments());
  return {
    findings: [...findings.map(formatFinding), ...validateDocuments(documents)],
    checked: scenarios.length + library.fixtures.sources.length + documents.length,
  };
}

async function checkAll(
  scenarios: readonly ScenarioSource[],
  fixtures: Fixtures,
): Promise<readonly Finding[]> {
  const found = await Promise.all(scenarios.map((scenario) => checkScenario(scenario, fixtures)));
  return found.flat();
}

/** Every schema of every contract has to compile. */
function validateDocuments(documents: ReturnType<typeof namedDocuments>): readonly string[] {
  return documents.flatMap(({ name, document }) => {
    try {
      createContract(document).compileAll();
      return [];
    } catch (error) {
      if (!(error instanceof ContractError)) throw error;
      return [`spec ${name}: ${error.message}`];
    }
  });
}
