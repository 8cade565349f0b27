import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ContractError } from "../../src/contract/contract-error.ts";
import type { JsonObject, JsonValue } from "../../src/contract/json.ts";
import { applyOverlay, contractDocument } from "../../src/contract/overlay.ts";

function overlay(...actions: readonly JsonValue[]): JsonObject {
  return { overlay: "1.0.0", info: { title: "Changes", version: "1" }, actions };
}

function caught(run: () => unknown): ContractError {
  try {
    run();
  } catch (error) {
    if (error instanceof ContractError) return error;
    throw error;
  }
  throw new Error("Nothing was thrown");
}

describe("an overlay", () => {
  it.each<[string, JsonObject, readonly JsonValue[], JsonObject]>([
    ["adds a member", { a: 1 }, [{ target: "$", update: { b: 2 } }], { a: 1, b: 2 }],
    ["replaces a value", { a: 1 }, [{ target: "$", update: { a: [2] } }], { a: [2] }],
    [
      "merges objects all the way down",
      { a: { b: { c: 1, d: 2 } } },
      [{ target: "$.a", update: { b: { d: 3, e: 4 } } }],
      { a: { b: { c: 1, d: 3, e: 4 } } },
    ],
    [
      "concatenates lists inside a merge",
      { a: { required: ["x"] } },
      [{ target: "$.a", update: { required: ["y", "z"] } }],
      { a: { required: ["x", "y", "z"] } },
    ],
    ["appends to a list", { a: [1] }, [{ target: "$.a", update: 2 }], { a: [1, 2] }],
    ["appends a list as one entry", { a: [1] }, [{ target: "$.a", update: [2] }], { a: [1, [2]] }],
    [
      "updates every match",
      { a: [{}, {}] },
      [{ target: "$.a[*]", update: { x: 1 } }],
      { a: [{ x: 1 }, { x: 1 }] },
    ],
    ["changes a node once", { a: [1] }, [{ target: "$['a','a']", update: 2 }], { a: [1, 2] }],
    ["removes a member", { a: 1, b: 2 }, [{ target: "$.a", remove: true }], { b: 2 }],
    [
      "removes entries by a filter",
      { a: [{ x: 1 }, { x: 2 }, { x: 1 }] },
      [{ target: "$.a[?@.x == 1]", remove: true }],
      { a: [{ x: 2 }] },
    ],
    ["removes entries named forwards", { a: [0, 1, 2] }, [{ target: "$.a[0, 1]", remove: true }], { a: [2] }],
    [
      "removes entries named backwards",
      { a: [0, 1, 2] },
      [{ target: "$.a[2, 0]", remove: true }],
      { a: [1] },
    ],
    [
      "removes a node and what is inside it",
      { a: { x: { x: 1 } }, b: { x: 2 } },
      [{ target: "$..x", remove: true }],
      { a: {}, b: {} },
    ],
    [
      "removes a member whose name needs escapes",
      { a: { "it's": 1, "back\\slash": 2, "new\nline": 3, "/tasks/{user}": 4, "bell\u0007": 5, "\\'": 6 } },
      [{ target: "$.a[?@ > 0]", remove: true }],
      { a: {} },
    ],
    ["lets removal win over an update", { a: {} }, [{ target: "$.a", update: { b: 1 }, remove: true }], {}],
    [
      "updates under remove: false",
      { a: {} },
      [{ target: "$.a", update: { b: 1 }, remove: false }],
      { a: { b: 1 } },
    ],
    [
      "works on the result of the action before",
      { a: { b: { c: 1 } } },
      [
        { target: "$.a.b", remove: true },
        { target: "$.a", update: { b: { d: 2 } } },
        { target: "$.a.b", update: { e: 3 } },
      ],
      { a: { b: { d: 2, e: 3 } } },
    ],
    [
      "passes over an optional target",
      { a: 1 },
      [{ target: "$.b", remove: true, "x-optional": true }],
      { a: 1 },
    ],
  ])("%s", (_, document, actions, expected) => {
    expect(applyOverlay(document, overlay(...actions))).toEqual(expected);
  });

  it.each<[string, string, JsonObject]>([
    ["a target that matches nothing", "overlay-target", overlay({ target: "$.b", update: {} })],
    ["a removal that matches nothing", "overlay-target", overlay({ target: "$.b", remove: true })],
    ["a target that is not JSONPath", "overlay-target", overlay({ target: "a.b", update: {} })],
    ["an object for a plain value", "overlay-update", overlay({ target: "$.a", update: { b: 1 } })],
    ["a plain value for an object", "overlay-update", overlay({ target: "$", update: 1 })],
    ["the removal of everything", "overlay-update", overlay({ target: "$", remove: true })],
    ["an action without a target", "overlay-shape", overlay({ update: {} })],
    ["an action that changes nothing", "overlay-shape", overlay({ target: "$.a", remove: false })],
    ["a flag that is no flag", "overlay-shape", overlay({ target: "$.a", remove: "yes" })],
    ["no actions", "overlay-shape", overlay()],
    ["another version", "overlay-shape", { ...overlay({ target: "$", update: {} }), overlay: "2.0.0" }],
    ["no title", "overlay-shape", { overlay: "1.0.0", info: {}, actions: [{ target: "$", update: {} }] }],
  ])("refuses %s", (_, code, changes) => {
    expect(caught(() => applyOverlay({ a: 1 }, changes)).code).toBe(code);
  });

  it("says which action of which overlay went wrong", () => {
    const changes = overlay({ target: "$", update: {} }, { target: "$.nowhere", update: {} });

    expect(caught(() => applyOverlay({}, changes)).message).toBe(
      'Overlay "Changes", action 1, target $.nowhere: matches nothing in the document',
    );
  });

  it("keeps the cause of a target that does not parse", () => {
    expect(caught(() => applyOverlay({}, overlay({ target: "$[", update: {} }))).cause).toBeInstanceOf(Error);
  });

  it("gives an empty document the update itself, whatever its keys, and changes neither argument", () => {
    // By way of JSON text, as the files come: so that a key `__proto__` is a member like any other.
    const objects = fc
      .dictionary(fc.string(), fc.jsonValue())
      .map((value): JsonObject => JSON.parse(JSON.stringify(value)));
    fc.assert(
      fc.property(objects, objects, (document, update) => {
        const changes = overlay({ target: "$", update });
        const before = JSON.stringify([document, changes]);
        applyOverlay(document, changes);

        expect(JSON.stringify(applyOverlay({}, changes))).toBe(JSON.stringify(update));
        expect(JSON.stringify([document, changes])).toBe(before);
      }),
    );
  });

  it("takes a key named __proto__ for a member", () => {
    const update: JsonObject = JSON.parse('{"a":{"__proto__":{"polluted":true}}}');
    const result = applyOverlay({ a: {} }, overlay({ target: "$", update }));

    expect(JSON.stringify(result)).toBe('{"a":{"__proto__":{"polluted":true}}}');
    expect({}).not.toHaveProperty("polluted");
  });
});

describe("several overlays", () => {
  it("apply in their order", () => {
    const first = overlay({ target: "$", update: { a: { b: 1 } } });
    const second = overlay({ target: "$.a", update: { b: 2 } });

    expect(contractDocument({}, [first, second])).toEqual({ a: { b: 2 } });
  });
});
