import { describe, expect, it } from "vitest";
import { type Covered, countExchange } from "../../src/contract/coverage/coverage-count.ts";
import { coverageKey } from "../../src/contract/coverage/coverage-item.ts";
import { CoveragePlan } from "../../src/contract/coverage/coverage-plan.ts";
import type { JsonObject } from "../../src/contract/json.ts";
import { contractKeys } from "../../src/runtime/contract-files.ts";
import { documents } from "../support/assets.ts";

const thing: JsonObject = {
  type: "object",
  required: ["id"],
  properties: {
    id: { type: "string", readOnly: true },
    secret: { type: "string", writeOnly: true },
    state: { type: "string", enum: ["on", "off"] },
    constructor: { type: "string" },
    parent: { $ref: "#/components/schemas/Thing" },
    note: { type: ["string", "null"] },
    shape: {
      oneOf: [
        { title: "circle", type: "object", required: ["kind"], properties: { kind: { const: "circle" } } },
        { title: "box", type: "object", required: ["kind"], properties: { kind: { const: "box" } } },
      ],
    },
    is_big: { type: "boolean" },
  },
};

const document: JsonObject = {
  openapi: "3.1.0",
  paths: {
    "/things/{kind}": {
      parameters: [
        { name: "kind", in: "path", required: true, schema: { type: "string", enum: ["a", "b"] } },
      ],
      get: {
        operationId: "list",
        parameters: [
          { name: "q", in: "query", schema: { type: "string" } },
          { name: "X-Deep", in: "header", schema: { type: "boolean" } },
          { name: "tags", in: "query", schema: { type: "array", items: { enum: ["x", "y"] } } },
        ],
        responses: {
          "200": {
            description: "",
            content: {
              "application/json": {
                schema: {
                  type: "object",
                  properties: { things: { type: "array", items: { $ref: "#/components/schemas/Thing" } } },
                },
              },
            },
          },
          "4XX": { description: "" },
          default: { description: "" },
        },
      },
      post: {
        operationId: "make",
        requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } } },
        responses: { "204": { description: "" } },
      },
    },
  },
  components: { schemas: { Thing: thing } },
};

const quiet: Covered = {
  path: { kind: "a" },
  query: [],
  headers: {},
  body: undefined,
  status: 204,
  mediaType: undefined,
  answer: undefined,
};

/** What one or more exchanges show, as `place variant`, with how often. */
function shown(operation: string, exchanges: readonly Partial<Covered>[], seen?: WeakSet<object>) {
  const plan = new CoveragePlan(document).operation(operation);
  const counts = new Uint32Array(plan.items.length);
  for (const exchange of exchanges) countExchange(plan, { ...quiet, ...exchange }, { counts, seen });
  const named = plan.items.map(({ place, variant = "" }, index) => [
    `${place} ${variant}`.trim(),
    counts[index] ?? 0,
  ]);
  return Object.fromEntries(named);
}

const json = { headers: { "content-type": "application/json; charset=utf-8" } };

describe("what of a contract can be seen", () => {
  it("is planned for every operation of every contract, each item once", () => {
    for (const { revision, profile } of contractKeys) {
      const plan = new CoveragePlan(documents.contract(revision, profile));
      for (const id of plan.operations) {
        const keys = plan.operation(id).items.map(coverageKey);
        expect(new Set(keys).size).toBe(keys.length);
      }
    }
  });

  it("counts parameters that come and that are left out, and the values of their enums", () => {
    const counted = shown("list", [
      { query: [["q", "x"]] },
      { query: [["tags", "x,y"]], headers: { "x-deep": "true" } },
      { path: { kind: "b" } },
    ]);
    expect(counted).toMatchObject({
      list: 3,
      "query q present": 1,
      "query q absent": 2,
      "header X-Deep present": 1,
      "header X-Deep true": 1,
      "header X-Deep false": 0,
      "query tags x": 1,
      "query tags y": 1,
      "path kind present": 3,
      "path kind a": 2,
      "path kind b": 1,
    });
    expect(counted).not.toHaveProperty("path kind absent");
  });

  it("knows a status by its number, its range or the rest", () => {
    const counted = shown("list", [{ status: 200 }, { status: 404 }, { status: 500 }]);
    expect(counted).toMatchObject({ "200": 1, "4XX": 1, default: 1 });
  });

  it("counts properties, values, types and alternatives of a body, and none that only the other side sends", () => {
    const body = { state: "on", note: null, shape: { kind: "box" }, is_big: false, parent: { state: "off" } };
    const counted = shown("make", [{ body, ...json }]);
    expect(counted).toMatchObject({
      "body present": 1,
      "body absent": 0,
      "application/json": 1,
      "body/state on": 1,
      "body/state off": 0,
      "body/note null": 1,
      "body/note string": 0,
      "body/shape box": 1,
      "body/shape circle": 0,
      "body/shape/kind box": 1,
      "body/is_big false": 1,
      "body/secret absent": 1,
      "body/constructor present": 0,
      "body/constructor absent": 1,
      "body/parent present": 1,
    });
    expect(Object.keys(counted).filter((name) => name.startsWith("body/id"))).toEqual([]);
    expect(Object.keys(counted).filter((name) => name.startsWith("body/parent/"))).toEqual([]);
  });

  it("counts a body that may be left out and is", () => {
    expect(shown("make", [{}])).toMatchObject({ "body present": 0, "body absent": 1, "application/json": 0 });
  });

  it("reads an answer that did not change once, and the items of a list one by one", () => {
    const [one, other] = [{ id: "1" }, { id: "2", state: "on" }];
    const short = { things: [one] };
    const long = { things: [one, other] };
    const answers = [short, short, long, long].map((answer) => ({
      status: 200,
      mediaType: "application/json",
      answer,
    }));
    expect(shown("list", answers, new WeakSet())).toMatchObject({
      "200": 4,
      "body/things present": 2,
      "body/things/*/id present": 2,
      "body/things/*/state on": 1,
    });
    expect(shown("list", answers)).toMatchObject({ "body/things/*/id present": 6 });
  });
});
