import { readdir, readFile, stat } from "node:fs/promises";
import { basename, extname, join, relative } from "node:path";
import { isJsonObject, type JsonObject, type JsonValue } from "../contract/json.ts";
import { checkFixtures } from "../scenarios/check/check-fixtures.ts";
import { checkScenario } from "../scenarios/check/check-scenario.ts";
import { Fixtures } from "../scenarios/fixtures.ts";
import { createLibrary, type ScenarioLibrary } from "../scenarios/scenario-library.ts";
import { type Finding, ScenarioError, type ScenarioSource } from "../scenarios/scenario-source.ts";
import { assetFolder, isBuilt, packageRoot } from "./package-root.ts";
import { parseYaml } from "./yaml-source.ts";

/** What was read from a path, with everything that could not be read. */
export interface ReadSources {
  readonly scenarios: readonly ScenarioSource[];
  readonly fixtures: readonly ScenarioSource[];
  readonly findings: readonly Finding[];
}

/** The built-in scenarios. */
export async function loadLibrary(): Promise<ScenarioLibrary> {
  const { scenarios, fixtures } = await loadBuiltIn();
  return createLibrary(scenarios, fixtures);
}

/**
 * A library with the scenarios at the given paths as well; one of the same name replaces a built-in one. Throws a
 * `ScenarioError` for files that cannot be read; whether what they say is right is for `checkScenario` to find out.
 */
export async function withPaths(
  library: ScenarioLibrary,
  paths: readonly string[],
): Promise<ScenarioLibrary> {
  const read = await Promise.all(paths.map(loadScenarioFile));
  const findings = read.flatMap((one) => one.findings);
  if (findings.length > 0) throw new ScenarioError(findings);
  const builtIn = library.names().flatMap((name) => library.get(name) ?? []);
  return createLibrary(
    [...builtIn, ...read.flatMap((one) => one.scenarios)],
    library.fixtures.withLayer(read.flatMap((one) => one.fixtures)),
  );
}

/**
 * Reads one scenario file, or every scenario of a folder together with the fixtures in its own `fixtures` folder. Whatever
 * cannot be read or parsed is a finding.
 */
export async function loadScenarioFile(path: string): Promise<ReadSources> {
  const info = await stat(path).catch(undefinedIfAbsent);
  if (info === undefined)
    return { ...nothing, findings: [unreadable(path, "there is no such file or folder")] };
  if (!info.isDirectory()) return { ...nothing, ...asScenarios(await readSources([path])) };
  const files = await documentsIn(path);
  const empty = files.length === 0 ? [unreadable(path, "the folder holds no scenario")] : [];
  const scenarios = await readSources(files);
  const fixtures = await readSources(await documentsIn(join(path, "fixtures"), { deep: true }));
  return {
    scenarios: scenarios.sources,
    fixtures: fixtures.sources,
    findings: [...empty, ...scenarios.findings, ...fixtures.findings],
  };
}

/** What a build packs, so that a start from `dist` reads one JSON file in place of YAML. */
export interface ScenarioAssets {
  readonly schemas: { readonly scenario: JsonObject; readonly fixtures: JsonObject };
  readonly fixtures: readonly PackedSource[];
  readonly scenarios: readonly PackedSource[];
}

interface PackedSource {
  readonly name: string;
  readonly file: string;
  readonly document: JsonValue;
}

/** Reads, checks and packs the built-in scenarios of a package. Throws a `ScenarioError` with all findings. */
export async function collectScenarioAssets(root: string): Promise<ScenarioAssets> {
  const { scenarios, fixtures, schemas } = await readPackage(root);
  const checks = [checkFixtures(fixtures), ...scenarios.map((scenario) => checkScenario(scenario, fixtures))];
  const findings = (await Promise.all(checks)).flat();
  if (findings.length > 0) throw new ScenarioError(findings);
  return { schemas, fixtures: fixtures.sources.map(packed), scenarios: scenarios.map(packed) };
}

function packed({ name, file, document }: ScenarioSource): PackedSource {
  return { name, file, document };
}

interface BuiltIn {
  readonly scenarios: readonly ScenarioSource[];
  readonly fixtures: Fixtures;
}

/** Compiled code has its scenarios packed beside it; sources are run with the YAML files. */
async function loadBuiltIn(): Promise<BuiltIn> {
  if (!isBuilt) return readPackage(packageRoot);
  const assets: ScenarioAssets = JSON.parse(await readFile(scenarioAsset(assetFolder), "utf8"));
  return unpack(assets);
}

function unpack({ schemas, fixtures, scenarios }: ScenarioAssets): BuiltIn {
  const source = (one: PackedSource): ScenarioSource => ({ ...one, checked: true, locate: () => undefined });
  return {
    scenarios: scenarios.map(source),
    fixtures: new Fixtures({ layers: [fixtures.map(source)], schemas }),
  };
}

async function readPackage(root: string): Promise<BuiltIn & Pick<ScenarioAssets, "schemas">> {
  const [scenario, fixture, scenarios, fixtures] = await Promise.all([
    readSchema(join(root, "spec", "scenario.schema.json")),
    readSchema(join(root, "spec", "fixtures.schema.json")),
    documentsIn(join(root, "scenarios")).then((files) => readSources(files, root)),
    documentsIn(join(root, "fixtures"), { deep: true }).then((files) => readSources(files, root)),
  ]);
  const findings = [...scenarios.findings, ...fixtures.findings];
  if (findings.length > 0) throw new ScenarioError(findings);
  const schemas = { scenario, fixtures: fixture };
  return {
    scenarios: scenarios.sources,
    fixtures: new Fixtures({ layers: [fixtures.sources], schemas }),
    schemas,
  };
}

async function readSchema(file: string): Promise<JsonObject> {
  const schema: unknown = JSON.parse(await readFile(file, "utf8"));
  if (!isJsonObject(schema)) throw new Error(`${file} is not a JSON Schema.`);
  return schema;
}

interface SourceList {
  readonly sources: readonly ScenarioSource[];
  readonly findings: readonly Finding[];
}

const nothing: ReadSources = { scenarios: [], fixtures: [], findings: [] };

function asScenarios({ sources, findings }: SourceList): Pick<ReadSources, "scenarios" | "findings"> {
  return { scenarios: sources, findings };
}

async function readSources(files: readonly string[], root?: string): Promise<SourceList> {
  const parsed = await Promise.all(
    files.map(async (path) => {
      const file = root === undefined ? path : relative(root, path).replaceAll("\\", "/");
      return parseYaml({ name: basename(path, extname(path)), file, text: await readFile(path, "utf8") });
    }),
  );
  return {
    sources: parsed.flatMap((one) => (one.kind === "source" ? [one.source] : [])),
    findings: parsed.flatMap((one) => (one.kind === "findings" ? one.findings : [])),
  };
}

const endings: readonly string[] = [".yaml", ".yml", ".json"];

/** The YAML and JSON files of a folder, sorted; none when there is no such folder. */
async function documentsIn(folder: string, { deep = false } = {}): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: deep }).catch(undefinedIfAbsent);
  return (entries ?? [])
    .filter((entry) => !entry.isDirectory() && endings.includes(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function undefinedIfAbsent(cause: unknown): undefined {
  if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
  throw cause;
}

function unreadable(path: string, message: string): Finding {
  return {
    file: path,
    pointer: "",
    message,
    expected: "a scenario file (.yaml, .yml, .json) or a folder of them",
  };
}

/** Where a build puts all scenarios, in its folder for what it prepares. */
export function scenarioAsset(folder: string): string {
  return join(folder, "scenarios.json");
}
