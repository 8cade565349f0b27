import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AgentScript } from "../../src/domain/agent-script.ts";
import type { Behaviour } from "../../src/domain/behaviour.ts";
import { loadLibrary, withPaths } from "../../src/runtime/scenario-files.ts";
import { buildStart } from "../../src/scenarios/build/build-start.ts";
import type { Fixtures } from "../../src/scenarios/fixtures.ts";
import { assets } from "../support/assets.ts";
import { scenarioFrom } from "./scenario-text.ts";

const { fixtures } = assets.library;

/** The behaviours in a scenario of one template and any number of tasks, by task name, and that of the template. */
async function behaviours(
  text: string,
  known: Fixtures = fixtures,
): Promise<Readonly<Record<string, Behaviour>>> {
  const { tables } = await buildStart(await scenarioFrom(text), known, { seed: "1" });
  const templates = [...tables.templates.values()].map(({ name, behaviour }) => [name, behaviour]);
  const tasks = [...tables.workspaces.values()].map(({ name, behaviour }) => [name, behaviour]);
  return Object.fromEntries([...templates, ...tasks]);
}

/** The script that a task follows, from the YAML of the script. */
async function script(yaml: string): Promise<AgentScript> {
  const text = `scripts: { mine: ${yaml} }\ntasks: [{ name: a, owner: olga, template: web-agent, behaviour: { script: mine } }]`;
  const built = (await behaviours(text))["a"]?.script;
  if (built === undefined) throw new Error("The task follows no script.");
  return built;
}

const plain = {
  builds: { start: [{ kind: "succeeds" }], stop: [{ kind: "succeeds" }], delete: [{ kind: "succeeds" }] },
  agent: [{ kind: "ready" }],
  app: [{ kind: "healthy" }],
  script: undefined,
};

describe("a behaviour", () => {
  it("is that everything goes well when nothing is said", async () => {
    const found = await behaviours("tasks: [{ name: a, owner: olga, template: web-agent }]");
    expect(found["web-agent"]).toEqual(plain);
    expect(found["a"]).toEqual(plain);
  });

  it("is read with every outcome that there is, one or a list", async () => {
    const { t } = await behaviours(`templates:
  - name: t
    organization: harbor
    behaviour:
      start: [{ fails: no room }, hangs, canceled, succeeds]
      stop: canceled
      delete: { fails: in use }
      agent: [start-error, start-timeout, never-connects, { disconnects_after: 1s..3s }, ready]
      app: [unreachable, rejects, { unhealthy_after: 5s }, healthy]`);
    expect(t).toEqual({
      builds: {
        start: [
          { kind: "fails", error: "no room" },
          { kind: "hangs" },
          { kind: "canceled" },
          { kind: "succeeds" },
        ],
        stop: [{ kind: "canceled" }],
        delete: [{ kind: "fails", error: "in use" }],
      },
      agent: [
        { kind: "start-error" },
        { kind: "start-timeout" },
        { kind: "never-connects" },
        { kind: "disconnects", after: { least: 1_000, most: 3_000 } },
        { kind: "ready" },
      ],
      app: [
        { kind: "unreachable" },
        { kind: "rejects" },
        { kind: "unhealthy", after: { least: 5_000, most: 5_000 } },
        { kind: "healthy" },
      ],
      script: undefined,
    });
  });

  it("of a task replaces the template's key by key", async () => {
    const found = await behaviours(`templates:
  - name: t
    organization: harbor
    behaviour: { start: hangs, agent: start-error, script: bug-fix }
tasks:
  - { name: same, owner: olga, template: t }
  - { name: other, owner: olga, template: t, behaviour: { agent: ready, stop: hangs, script: chatty } }
  - { name: without, owner: olga, template: t, behaviour: { script: null } }`);
    expect(found["same"]).toEqual(found["t"]);
    expect(found["other"]?.builds).toEqual({ ...found["t"]?.builds, stop: [{ kind: "hangs" }] });
    expect(found["other"]?.agent).toEqual([{ kind: "ready" }]);
    expect([found["t"], found["other"], found["without"]].map((one) => one?.script?.name)).toEqual([
      "bug-fix",
      "chatty",
      undefined,
    ]);
  });
});

describe("a range", () => {
  it("may stand wherever a duration may, and a plain span is one without a choice", async () => {
    const { durations, tables } = await buildStart(
      await scenarioFrom(`durations: { build: 1m..90s, queue: 2s }
templates: [{ name: t, organization: harbor, durations: { stop: 0s..1s } }]
tasks: [{ name: a, owner: olga, template: t, durations: { reply: 500ms..1h } }]`),
      fixtures,
      { seed: "1" },
    );
    expect(durations).toMatchObject({
      build: { least: 60_000, most: 90_000 },
      queue: { least: 2_000, most: 2_000 },
    });
    expect([...tables.templates.values()][0]?.durations.stop).toEqual({ least: 0, most: 1_000 });
    expect([...tables.workspaces.values()][0]?.durations).toMatchObject({
      build: { least: 60_000, most: 90_000 },
      stop: { least: 0, most: 1_000 },
      reply: { least: 500, most: 3_600_000 },
    });
  });
});

describe("a script", () => {
  it("has its acts in order, whichever way a report is written", async () => {
    const { opening, reactions, otherwise } = await script(`{
      opening: [
        { say: Hello },
        { think: 1s..2s },
        { working: At it },
        { idle: { message: Waiting } },
        { failure: { uri: "https://a.example" } },
        { complete: { message: Done, uri: "https://b.example" } },
        { report: { state: working } },
      ],
      otherwise: [],
    }`);
    expect(opening).toEqual([
      { kind: "say", text: "Hello" },
      { kind: "think", span: { least: 1_000, most: 2_000 } },
      { kind: "report", state: "working", message: "At it", uri: "" },
      { kind: "report", state: "idle", message: "Waiting", uri: "" },
      { kind: "report", state: "failure", message: "", uri: "https://a.example" },
      { kind: "report", state: "complete", message: "Done", uri: "https://b.example" },
      { kind: "report", state: "working", message: "", uri: "" },
    ]);
    expect(reactions).toEqual([]);
    expect(otherwise).toEqual([]);
  });

  it("leaves turns that it does not mention to the mock", async () => {
    expect(await script("{}")).toEqual({
      name: "mine",
      opening: undefined,
      reactions: [],
      otherwise: undefined,
    });
  });

  it("counts the rounds of a repetition, of the inner one where they stand in each other", async () => {
    const { opening } = await script(
      `{ opening: [{ repeat: { times: 2, acts: [{ say: "{round}/{topic}" }, { repeat: { times: 2, acts: [{ working: "in {round}" }] } }] } }, { say: "{round}" }] }`,
    );
    const texts = opening?.map((act) =>
      act.kind === "say" ? act.text : act.kind === "report" ? act.message : "",
    );
    expect(texts).toEqual(["1/{topic}", "in 1", "in 2", "2/{topic}", "in 1", "in 2", "{round}"]);
  });

  it("may have as many acts as are allowed", async () => {
    const { opening } = await script("{ opening: [{ repeat: { times: 500, acts: [{ say: Again }] } }] }");
    expect(opening).toHaveLength(500);
  });

  it("of a scenario replaces the fixture of the same name", async () => {
    const found = await behaviours(
      "scripts: { chatty: { opening: [{ say: No }] } }\ntasks: [{ name: a, owner: olga, template: web-agent, behaviour: { script: chatty } }]",
    );
    expect(found["a"]?.script?.opening).toEqual([{ kind: "say", text: "No" }]);
  });
});

describe("the scripts of a folder", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "scripts-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("stand beside the built-in ones and replace those of the same name", async () => {
    await mkdir(join(folder, "fixtures", "agents"), { recursive: true });
    await writeFile(
      join(folder, "fixtures", "agents", "own.yaml"),
      "scripts: { own: { opening: [{ say: Mine }] }, failure: { opening: [{ say: Mine as well }] } }",
    );
    await writeFile(
      join(folder, "team.yaml"),
      `tasks:
  - { name: a, owner: olga, template: web-agent, behaviour: { script: own } }
  - { name: b, owner: olga, template: web-agent, behaviour: { script: failure } }
  - { name: c, owner: olga, template: web-agent, behaviour: { script: bug-fix } }`,
    );
    const library = await withPaths(await loadLibrary(), [folder]);
    const team = library.get("team");
    const start = team && (await buildStart(team, library.fixtures, { seed: "1" }));
    const openings = [...(start?.tables.workspaces.values() ?? [])].map(
      ({ behaviour }) => behaviour.script?.opening?.length,
    );
    expect(openings.slice(0, 2)).toEqual([1, 1]);
    expect(openings[2]).toBeGreaterThan(5);
  });
});
