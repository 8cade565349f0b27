import { describe, expect, it } from "vitest";
import { buildStart } from "../../src/scenarios/build/build-start.ts";
import { assets } from "../support/assets.ts";
import { startTestMock } from "../support/test-mock.ts";
import { findingsIn, scenarioFrom } from "./scenario-text.ts";

const { fixtures } = assets.library;

describe("a scenario's faults", () => {
  it.each([
    ["{ kind: stauts, status: 500 }", 'fault/kind "stauts" is not one of the known words'],
    ["{ kind: status }", "fault/status the status is missing. Expected a number from 200 to 599."],
    [
      "{ kind: delay, time: a while }",
      'fault/time "a while" cannot be waited for. Expected a span of real time from 0s to 10m',
    ],
    [
      "{ kind: delay, time: { least: 2s, most: 1s } }",
      'the range ends before it begins. Expected the shorter span as "least".',
    ],
    [
      "{ kind: hang, bytes: 3 }",
      'fault/bytes a fault of the kind "hang" has no "bytes". Expected no key besides "kind".',
    ],
    ["{ kind: empty, often: true }", 'fault/often the key "often" is not known'],
  ])("%s is explained at its place", async (fault, message) => {
    const findings = await findingsIn(`faults: [{ fault: ${fault} }]`, fixtures);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatch(/^sample\.yaml:1:\d+ \/faults\/0\//);
    expect(findings[0]).toContain(message);
  });

  it("name operations of the tasks API or of documents that no file knows, of which only slips are told", async () => {
    const named = (operation: string) =>
      findingsIn(`faults: [{ match: { operation: ${operation} }, fault: { kind: empty } }]`, fixtures);
    expect(await named("list-groups")).toEqual([]);
    expect(await named("list-ai-task")).toEqual([
      expect.stringMatching(
        /^sample\.yaml:1:\d+ \/faults\/0\/match\/operation "list-ai-task" is no operation .*\(did you mean "list-ai-tasks"\?\)\.$/,
      ),
    ]);
  });

  it("have names of their own, those that are made up among them", async () => {
    const text = "faults: [{ fault: { kind: empty }, name: fault-2 }, { fault: { kind: empty } }]";
    expect(await findingsIn(text, fixtures)).toEqual([
      'sample.yaml:1:53 /faults/1 there is another fault "fault-2". Expected a name of its own.',
    ]);
  });

  it("are planned in its start, those without a name by their number", async () => {
    const text = "faults: [{ fault: { kind: empty } }, { name: slow, fault: { kind: delay, time: 1s } }]";
    const { faults } = await buildStart(await scenarioFrom(text), fixtures, { seed: "1" });
    expect(faults?.map(({ name, fault }) => [name, fault])).toEqual([
      ["fault-1", { kind: "empty" }],
      ["slow", { kind: "delay", time: { kind: "uniform", least: 1_000, most: 1_000 } }],
    ]);
  });
});

describe("in a world", () => {
  const planned = {
    name: "flaky",
    match: { operation: "list-ai-tasks" },
    when: { first: 1 },
    fault: { kind: "status", status: 500 },
  };

  it("the faults of a state hit, come back with each reset, and are saved with what was planned later", async () => {
    const mock = await startTestMock();
    const made = await mock.ask("POST", "/__admin/worlds", {
      body: { id: "own", state: { tasks: [], faults: [planned] } },
    });
    const token: string = made.body.tokens.olga;
    const statuses = async () => [
      (await mock.ask("GET", "/tasks", { token })).status,
      (await mock.ask("GET", "/tasks", { token })).status,
    ];
    expect(await statuses()).toEqual([500, 200]);
    await mock.ask("POST", "/w/own/__admin/faults", {
      body: { name: "later", fault: { kind: "hang" }, when: { after: 100 } },
    });
    const saved = (await mock.ask("GET", "/w/own/__admin/state")).body;
    expect(saved.faults).toEqual([
      planned,
      { name: "later", match: {}, when: { after: 100 }, fault: { kind: "hang" } },
    ]);
    await mock.ask("POST", "/w/own/__admin/reset");
    expect((await mock.ask("GET", "/w/own/__admin/faults")).body.faults).toMatchObject([
      { ...planned, seen: 0 },
    ]);
    expect(await statuses()).toEqual([500, 200]);
    await mock.ask("PUT", "/w/own/__admin/state", { body: saved });
    expect((await mock.ask("GET", "/w/own/__admin/faults")).body.faults).toHaveLength(2);
    expect(await statuses()).toEqual([500, 200]);
  });
});
