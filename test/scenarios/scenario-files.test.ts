import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { collectScenarioAssets, loadScenarioFile, withPaths } from "../../src/runtime/scenario-files.ts";
import { validatePaths } from "../../src/runtime/validate.ts";
import { buildStart } from "../../src/scenarios/build/build-start.ts";
import { checkScenario } from "../../src/scenarios/check/check-scenario.ts";
import { formatFinding, ScenarioError } from "../../src/scenarios/scenario-source.ts";
import { assets } from "../support/assets.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "scenarios-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return path;
}

async function complaintsOf(paths: readonly string[]): Promise<readonly string[]> {
  const error = await withPaths(assets.library, paths).catch((cause: unknown) => cause);
  if (!(error instanceof ScenarioError)) throw new Error("The library was loaded.");
  return error.findings.map((finding) => formatFinding(finding).replace(folder, "FOLDER"));
}

describe("a user's scenario", () => {
  it("is found by its file's name, beside the built-in ones", async () => {
    const path = await file("mine.yaml", "tasks: [{ name: a, owner: olga, template: web-agent }]");
    const library = await withPaths(assets.library, [path]);
    expect(library.names()).toContain("default");
    const mine = library.get("mine");
    expect(mine?.file).toBe(path);
    const start = mine && (await buildStart(mine, library.fixtures, { seed: "1" }));
    expect(start?.tables.tasks.size).toBe(1);
  });

  it("may be JSON", async () => {
    const path = await file(
      "mine.json",
      `{"tasks": [{"name": "a", "owner": "olga", "template": "web-agnet"}]}`,
    );
    const library = await withPaths(assets.library, [path]);
    const mine = library.get("mine");
    const found = mine && (await checkScenario(mine, library.fixtures));
    expect(found?.map(({ line, column }) => [line, column])).toEqual([[1, 55]]);
  });

  it("replaces a built-in one of the same name", async () => {
    const path = await file("default.yaml", "description: My own\ntasks: []");
    const library = await withPaths(assets.library, [path]);
    expect(library.get("default")?.document).toMatchObject({ description: "My own" });
  });

  it("comes with the fixtures of its folder, which replace built-in ones of the same name", async () => {
    await file(
      "team.yaml",
      "users: [olga, kim]\ntasks: [{ name: a, owner: kim, template: web-agent, transcript: hello }]",
    );
    await file("fixtures/people.yaml", "users: [{ username: kim }, { username: olga, name: Another Olga }]");
    await file("fixtures/talks/hello.yaml", "transcripts: { hello: [{ user: Hello }, { agent: Hi }] }");
    const library = await withPaths(assets.library, [folder]);
    const team = library.get("team");
    expect(team && (await checkScenario(team, library.fixtures))).toEqual([]);
    const start = team && (await buildStart(team, library.fixtures, { seed: "1" }));
    expect([...(start?.tables.users.values() ?? [])].map(({ name }) => name)).toEqual(["Another Olga", ""]);
    expect([...(start?.tables.tasks.values() ?? [])].map(({ conversation }) => conversation.length)).toEqual([
      2,
    ]);
  });

  it("is told about a broken fixture only when it uses it, at the place in the fixture's file", async () => {
    await file("one.yaml", "users: [olga, kim]\ntasks: []");
    await file("two.yaml", "users: [olga]\ntasks: []");
    await file(
      "fixtures/people.yaml",
      "users:\n  - { username: kim, role: [owner] }\ntranscripts: { odd: 5 }",
    );
    const library = await withPaths(assets.library, [folder]);
    const [one, two] = [library.get("one"), library.get("two")];
    const found = one && (await checkScenario(one, library.fixtures)).map(formatFinding);
    expect(found?.map((text) => text.replace(folder, ""))).toEqual([
      expect.stringMatching(
        /^\/fixtures\/people\.yaml:2:28 \/users\/0\/role the key "role" is not known\. .*did you mean "roles"\?\)\.$/,
      ),
    ]);
    expect(two && (await checkScenario(two, library.fixtures))).toEqual([]);
  });
});

describe("a file that cannot be read", () => {
  it.each([
    [
      "a tab for a blank",
      "tasks:\n\t- a",
      /^FOLDER\/bad\.yaml:2:1 the file is not valid YAML: .+\. Expected YAML 1\.2 or JSON\.$/,
    ],
    [
      "a key twice",
      "tasks: []\ntasks: []",
      /^FOLDER\/bad\.yaml:2:1 the file is not valid YAML: Map keys must be unique\. Expected/,
    ],
    ["an open bracket", "tasks: [", /^FOLDER\/bad\.yaml:1:\d+ the file is not valid YAML: /],
    ["an unknown alias", "tasks: *nothing", /^FOLDER\/bad\.yaml the file is not valid YAML: .*alias/],
    [
      "two documents",
      "tasks: []\n---\ntasks: []",
      /^FOLDER\/bad\.yaml:2:1 another document begins here\. Expected one document in each file\.$/,
    ],
  ])("is reported with line and column when it has %s", async (_, text, expected) => {
    const found = await complaintsOf([await file("bad.yaml", text)]);
    expect(found[0]).toMatch(expected);
  });

  it("does not make others go unreported", async () => {
    await file("one.yaml", "tasks: [");
    await file("two.yaml", "tasks: {");
    const found = await complaintsOf([folder]);
    expect(new Set(found.map((text) => text.split(":")[0]))).toEqual(
      new Set(["FOLDER/one.yaml", "FOLDER/two.yaml"]),
    );
  });

  it("is reported when it is not there, or a folder without scenarios", async () => {
    expect(await complaintsOf([join(folder, "none.yaml"), folder])).toEqual([
      "FOLDER/none.yaml there is no such file or folder. Expected a scenario file (.yaml, .yml, .json) or a folder of them.",
      "FOLDER the folder holds no scenario. Expected a scenario file (.yaml, .yml, .json) or a folder of them.",
    ]);
  });

  it("does not blow up on aliases that multiply", async () => {
    const levels = Array.from(
      { length: 30 },
      (_, level) => `l${level + 1}: &l${level + 1} [*l${level}, *l${level}, *l${level}]`,
    );
    const { findings } = await loadScenarioFile(
      await file("bomb.yaml", ["l0: &l0 [x]", ...levels].join("\n")),
    );
    expect(findings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^the file is not valid YAML: .*alias/i),
    ]);
  });
});

describe("a folder to validate", () => {
  it("has a mistake in a fixture told once, however many scenarios use it", async () => {
    const broken = "scripts:\n  plan: { opening: [{ think: 1x }] }\n";
    await file(join("fixtures", "scripts.yaml"), broken);
    const using = "tasks: [{ name: a, owner: olga, template: web-agent, behaviour: { script: plan } }]";
    for (const name of ["one", "two"]) await file(`${name}.yaml`, using);
    const { findings, checked } = await validatePaths([folder]);
    expect(findings.map((text) => text.replaceAll(folder, "FOLDER"))).toEqual([
      expect.stringMatching(/^FOLDER\/fixtures\/scripts\.yaml:2:\d+ \/scripts\/plan\/opening\/0\/think "1x"/),
    ]);
    expect(checked).toBe(2);
  });
});

describe("the packed scenarios", () => {
  it("are the shipped ones, plain JSON, and start the same worlds without another check", async () => {
    const packed = await collectScenarioAssets(resolve("."));
    expect(packed.scenarios.map(({ name }) => name).sort()).toEqual(assets.library.names());
    expect(JSON.parse(JSON.stringify(packed))).toEqual(packed);
    expect(packed.scenarios.find(({ name }) => name === "default")?.file).toBe("scenarios/default.yaml");
  });
});
