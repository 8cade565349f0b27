import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { isJsonObject, type JsonObject, type JsonValue } from "../../src/contract/json.ts";
import { taskStatus } from "../../src/domain/task-status.ts";
import { parseYaml } from "../../src/runtime/yaml-source.ts";
import { buildStart } from "../../src/scenarios/build/build-start.ts";
import { stageNames } from "../../src/scenarios/build/stages.ts";
import { checkFixtures } from "../../src/scenarios/check/check-fixtures.ts";
import { checkScenario } from "../../src/scenarios/check/check-scenario.ts";
import { Fixtures } from "../../src/scenarios/fixtures.ts";
import { assets } from "../support/assets.ts";
import { scenarioFrom } from "./scenario-text.ts";

const page = await readFile("docs/scenarios.md", "utf8");
const scenarioSchema: JsonObject = JSON.parse(await readFile("spec/scenario.schema.json", "utf8"));
const fixturesSchema: JsonObject = JSON.parse(await readFile("spec/fixtures.schema.json", "utf8"));
const { fixtures, names } = assets.library;

/** Every key that a schema names, each with where it stands. */
function keysOf(schema: JsonValue | undefined, place: string): readonly string[] {
  if (Array.isArray(schema))
    return schema.flatMap((item: JsonValue, index) => keysOf(item, `${place}/${index}`));
  if (!isJsonObject(schema)) return [];
  const own = isJsonObject(schema["properties"]) ? Object.keys(schema["properties"]) : [];
  return [
    ...own.map((key) => `${place} ${key}`),
    ...Object.entries(schema).flatMap(([key, value]) => keysOf(value, `${place}/${key}`)),
  ];
}

const examples = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = ""]) => text);
const isFixture = (text: string) => text.startsWith("# fixtures/");

describe("docs/scenarios.md", () => {
  it.each([
    ["scenario", scenarioSchema],
    ["fixtures", fixturesSchema],
  ])("names every key of the %s schema", (_, schema) => {
    const missing = keysOf(schema, "#").filter((key) => !page.includes(`\`${key.split(" ")[1]}\``));
    expect(missing).toEqual([]);
  });

  it("has a table row for each key of each kind of record", () => {
    const rows = [...page.matchAll(/^\| `([a-z_]+)`/gm)].map(([, key]) => key);
    const definitions = isJsonObject(scenarioSchema["$defs"]) ? Object.values(scenarioSchema["$defs"]) : [];
    const wanted = [scenarioSchema, ...definitions].flatMap((schema) =>
      isJsonObject(schema) && isJsonObject(schema["properties"]) ? Object.keys(schema["properties"]) : [],
    );
    const count = (list: readonly (string | undefined)[], key: string) =>
      list.filter((one) => one === key).length;
    expect(wanted.filter((key) => count(rows, key) < count(wanted, key))).toEqual([]);
  });

  it("lists every scenario", () => {
    const listed = [
      ...(page
        .split("## What ships")[1]
        ?.split("\n## ")[0]
        ?.matchAll(/^\| `([a-z-]+)`/gm) ?? []),
    ];
    expect(listed.map(([, name]) => name).sort()).toEqual(names());
  });

  it("lists every stage with the status that it gives", async () => {
    const section = page.split("### Stages")[1]?.split("\n### ")[0] ?? "";
    const listed = [...section.matchAll(/^\| `([a-z-]+)` \| ([a-z]+) \|/gm)].map(([, stage, status]) => [
      stage,
      status,
    ]);
    const real = await Promise.all(
      stageNames.map(async (stage) => {
        const text = `tasks: [{ name: a, owner: olga, template: web-agent, stage: "${stage}" }]`;
        const { tables } = await buildStart(await scenarioFrom(text), fixtures, { seed: "1" });
        return [stage, taskStatus([...tables.workspaces.values()][0])];
      }),
    );
    expect(listed).toEqual(real);
  });

  it.each(examples.filter((text) => !isFixture(text)))("has an example that starts %#", async (text) => {
    const source = await scenarioFrom(text);
    expect(await checkScenario(source, fixtures)).toEqual([]);
    const start = await buildStart(source, fixtures, { seed: "1" });
    expect(start.tables.tasks.size).toBeGreaterThan(1);
  });

  it.each(examples.filter(isFixture))(
    "has an example of a fixture file without a mistake %#",
    async (text) => {
      const parsed = await parseYaml({ name: "people", file: "people.yaml", text });
      const layer = parsed.kind === "source" ? [parsed.source] : [];
      const own = new Fixtures({
        layers: [layer],
        schemas: { scenario: scenarioSchema, fixtures: fixturesSchema },
      });
      expect(layer).toHaveLength(1);
      expect(await checkFixtures(own)).toEqual([]);
    },
  );
});

describe("the two schemas", () => {
  it("define what they share in the same way", () => {
    const [one, other] = [scenarioSchema["$defs"], fixturesSchema["$defs"]];
    if (!isJsonObject(one) || !isJsonObject(other)) throw new Error("A schema has no definitions.");
    for (const name of Object.keys(other)) expect(other[name], name).toEqual(one[name]);
  });

  it("know the same stages as the code", () => {
    const text = JSON.stringify(scenarioSchema);
    expect(text).toContain(`"enum":${JSON.stringify(stageNames)}`);
  });
});
