import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shownValue } from "../../src/admin/requests/shown-value.ts";
import { fieldChanges } from "../../src/admin/state/field-changes.ts";
import { presentChange } from "../../src/admin/state/present-change.ts";
import { type StateView, stateChanges } from "../../src/admin/state/state-changes.ts";
import type { JsonObject, JsonValue } from "../../src/contract/json.ts";

function view(document: JsonObject, more: Partial<StateView> = {}): StateView {
  return { document, settings: { seed: "1" }, clock: { now: "2026-01-01T00:00:00Z" }, ...more };
}

/** A line for each change. */
function told(before: StateView, after: StateView): readonly string[] {
  return stateChanges(before, after).map((change) => presentChange(change).text);
}

describe("the fields in which two records differ", () => {
  it.each<readonly [name: string, before: JsonObject, after: JsonObject, changes: readonly string[]]>([
    ["nothing", { a: [1, { b: null }] }, { a: [1, { b: null }] }, []],
    ["a value", { a: 1, b: 2 }, { a: 1, b: 3 }, ["b: 2 -> 3"]],
    ["null and nothing", { a: null }, {}, ["a: null -> -"]],
    ["undefined and nothing", { a: undefined }, {}, []],
    ["a nested value", { a: { b: { c: "x" } } }, { a: { b: { c: "y" } } }, ['a/b/c: "x" -> "y"']],
    ["another type", { a: [] }, { a: {} }, ["a: [] -> {}"]],
    ["a list of words", { a: ["x"] }, { a: ["x", "y"] }, ['a: ["x"] -> ["x","y"]']],
    ["a list that fills", { a: [] }, { a: [{ id: "q" }] }, ['a/q: - -> {"id":"q"}']],
    [
      "elements with numbers, wherever they stand",
      { a: [{ number: 1, v: 1 }, { number: 2 }] },
      { a: [{ number: 2 }, { number: 1, v: 2 }] },
      ["a/1/v: 1 -> 2"],
    ],
    [
      "elements with ids of which one is new",
      {
        a: [
          { id: 1, v: 1 },
          { id: 2, v: 2 },
        ],
      },
      {
        a: [
          { id: 2, v: 2 },
          { id: 3, v: 3 },
        ],
      },
      ['a/1: {"id":1,"v":1} -> -', 'a/3: - -> {"id":3,"v":3}'],
    ],
    [
      "elements that share an id, by index",
      { a: [{ id: 1 }, { id: 1, v: 1 }] },
      { a: [{ id: 1 }, { id: 1, v: 2 }] },
      ["a/1/v: 1 -> 2"],
    ],
    [
      "the first of a list of steps",
      { a: [{ s: "x" }, { s: "y" }, { s: "z" }] },
      { a: [{ s: "y" }, { s: "z" }] },
      ['a/0: {"s":"x"} -> -'],
    ],
    [
      "one in the middle",
      { a: [{ s: "x" }, { s: "y" }, { s: "z" }] },
      { a: [{ s: "x" }, { s: "q" }, { s: "z" }] },
      ['a/1/s: "y" -> "q"'],
    ],
    ["a name that objects have anyway", {}, { constructor: 1 }, ["constructor: - -> 1"]],
  ])("%s", (_, before, after, changes) => {
    const text = (value: JsonValue | undefined) => (value === undefined ? "-" : JSON.stringify(value));
    const lines = fieldChanges(before, after).map(
      (change) => `${change.path.join("/")}: ${text(change.before)} -> ${text(change.after)}`,
    );
    expect(lines).toEqual(changes);
  });

  it("are none exactly when the records are the same JSON", () => {
    const value = fc.letrec<{ value: JsonValue }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom(null, true, 0, 1, "", "x"),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom("a", "b", "__proto__", "constructor"), tie("value"), { maxKeys: 3 }),
      ),
    })).value;
    const record = fc.dictionary(fc.constantFrom("a", "b", "c"), value);
    const plain = (one: JsonValue): unknown => JSON.parse(JSON.stringify(one));
    fc.assert(
      fc.property(record, record, (one, other) => {
        expect(fieldChanges(one, structuredClone(one))).toEqual([]);
        const isEqual = isDeepStrictEqual(plain(one), plain(other));
        expect(fieldChanges(one, other).length === 0).toBe(isEqual);
      }),
    );
  });
});

describe("a value that is shown", () => {
  it.each<readonly [key: string, value: JsonValue, shown: JsonValue]>([
    ["speed", 2.5, 2.5],
    ["preset", null, null],
    ["busy", false, false],
    ["roles", ["owner"], '["owner"]'],
    ["token", "s3cret", "(hidden)"],
    ["tokens", [{ token: "s3cret" }], "(hidden)"],
    ["token", 3, 3],
    [
      "agent",
      { name: "dev", token: "s3cret", app: { tokens: ["x"] } },
      '{"name":"dev","token":"(hidden)","app":{"tokens":"(hidden)"}}',
    ],
    ["prompt", "x".repeat(200), "x".repeat(200)],
    ["prompt", "x".repeat(201), `${"x".repeat(199)}…`],
    ["prompt", `${"x".repeat(198)}🦋🦋`, `${"x".repeat(198)}…`],
  ])("%s %j", (key, value, shown) => {
    expect(shownValue(key, value)).toBe(shown);
  });
});

describe("the changes between two states", () => {
  it("come by record, told as one line each", () => {
    const before = view({
      description: "Yesterday.",
      durations: { queue: "1s" },
      users: [{ id: "u1", username: "alice", roles: [] }],
      tasks: [
        { id: "t1", name: "fix-login", builds: [{ number: 1, id: "b1", job: "running" }] },
        { id: "t2", name: "dark-mode" },
      ],
      counters: { task: 2, token: 1 },
    });
    const after = view(
      {
        description: "Today.",
        durations: { queue: "2s" },
        users: [{ id: "u1", username: "alice", roles: ["owner"] }],
        tasks: [
          { id: "t3", name: "new-one" },
          {
            id: "t1",
            name: "fix-login",
            builds: [{ number: 1, id: "b1", updated: "2026-01-01T00:00:01Z", job: "succeeded" }],
          },
        ],
        counters: { task: 3, token: 2 },
      },
      { settings: { seed: "2" }, clock: { now: "2026-01-01T00:00:01Z" } },
    );
    expect(told(before, after)).toEqual([
      "world: seed 1 -> 2, durations/queue 1s -> 2s",
      "clock: now 2026-01-01T00:00:00Z -> 2026-01-01T00:00:01Z",
      'user alice: roles [] -> ["owner"]',
      "task fix-login: builds/1/job running -> succeeded, builds/1/updated added 2026-01-01T00:00:01Z",
      "task dark-mode removed",
      "task new-one added",
      "ids: task 2 -> 3, token 1 -> 2",
    ]);
  });

  it("take a record that was made anew under its name for another one", () => {
    const one = view({ tasks: [{ id: "t1", name: "same" }] });
    const other = view({ tasks: [{ id: "t2", name: "same" }] });
    expect(told(one, other)).toEqual(["task same removed", "task same added"]);
  });

  it("name four fields in a line, shorten values and ids, and count the rest", () => {
    const id = "0a1b2c3d-0000-4000-8000-000000000001";
    const one = view({ tasks: [{ id: "t1", name: "long", reports: [] }] });
    const fields = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`f${index}`, "a\n  b"]));
    const record = {
      id: "t1",
      name: "long",
      reports: [{ id, state: "idle", message: "x".repeat(100) }],
      due: [{ at: "1s" }],
      ...fields,
    };
    const [change] = stateChanges(one, view({ tasks: [record] })).map(presentChange);
    expect(change?.text).toBe(
      `task long: reports/0a1b2c3d… added (state idle, message ${"x".repeat(59)}…), f0 added a b, f1 added a b, f2 added a b, and 58 more`,
    );
    expect([change?.fields.length, change?.omitted_fields]).toEqual([50, 12]);
    expect(change?.fields[0]?.field).toBe(`reports/${id}`);
  });
});
