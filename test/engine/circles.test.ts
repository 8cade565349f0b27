import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/contract/json.ts";
import { schemaGraph } from "../../src/contract/schemas/schema-graph.ts";
import { isVast } from "../../src/contract/schemas/schema-unfolding.ts";
import { circlesIn } from "../../src/engine/fallback/fallback-circles.ts";
import { denseSchemas } from "../extend/dense-schemas.ts";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const text = { type: "string" };
const object = (properties: JsonObject, ...required: readonly string[]) => ({
  type: "object",
  properties,
  required,
});

const graphOf = (schemas: JsonObject, root = "A") =>
  schemaGraph({ components: { schemas } }, `/components/schemas/${root}`);

/** What is left out of `A`, below the schemas. */
const circles = (schemas: JsonObject) =>
  [...circlesIn(graphOf(schemas))].map((pointer) => pointer.replace("/components/schemas/", "")).sort();

describe("what values of a schema do without so that they end", () => {
  it.each<readonly [string, JsonObject, readonly string[]]>([
    [
      "nothing, where nothing leads back",
      { A: object({ b: ref("B"), c: ref("B") }), B: object({ text }) },
      [],
    ],
    ["a property", { A: object({ a: ref("A"), text }) }, ["A/properties/a"]],
    [
      "what leads back later, not the way there",
      { A: object({ b: ref("B") }), B: object({ a: ref("A") }) },
      ["B/properties/a"],
    ],
    [
      "the way there, where it has to lead back",
      { A: object({ b: ref("B") }), B: object({ a: ref("A") }, "a") },
      ["A/properties/b"],
    ],
    ["items", { A: { type: "array", items: ref("A") } }, ["A/items"]],
    ["nothing, where there have to be items", { A: { type: "array", minItems: 1, items: ref("A") } }, []],
    [
      "further properties",
      { A: { type: "object", additionalProperties: ref("A") } },
      ["A/additionalProperties"],
    ],
    ["an alternative", { A: { oneOf: [object({ a: ref("A") }, "a"), text] } }, ["A/oneOf/0"]],
    [
      "the alternatives that end last, where each leads back",
      { A: { anyOf: [object({ a: ref("A") }, "a"), ref("B")] }, B: object({ text, a: ref("A") }, "text") },
      ["A/anyOf/0", "B/properties/a"],
    ],
    ["nothing, where all alternatives lead back", { A: { oneOf: [object({ a: ref("A") }, "a")] } }, []],
    [
      "what never ends though it does not lead back",
      { A: object({ b: ref("B"), text }), B: object({ b: ref("B") }, "b") },
      ["A/properties/b"],
    ],
    [
      "what is behind a part of all",
      { A: { allOf: [object({ b: { allOf: [ref("A")] } })] } },
      ["A/allOf/0/properties/b"],
    ],
  ])("%s", (_, schemas, left) => {
    expect(circles(schemas)).toEqual(left);
  });

  it("each way into any of 200 schemas that all lead to each other, and have to lead back", () => {
    const graph = graphOf(denseSchemas(200), "Root");
    expect(circlesIn(graph).size).toBe(200 + 200 * 199);
  });
});

describe("a schema is vast", () => {
  it.each([
    [3, false],
    [10, true],
    [200, true],
  ])("where %i lead to each other: %s", (count, expected) => {
    expect(isVast(graphOf(denseSchemas(count), "Root"), "/components/schemas/Root")).toBe(expected);
  });

  it("not because it is deep", () => {
    const names = Array.from({ length: 3_000 }, (_, index) => `S${index}`);
    const chain = Object.fromEntries(
      names.map((name, index) => [name, object({ next: ref(names[index + 1] ?? "S0") })]),
    );
    expect(isVast(graphOf(chain, "S0"), "/components/schemas/S0")).toBe(false);
    expect(circlesIn(graphOf(chain, "S0"))).toEqual(new Set(["/components/schemas/S2999/properties/next"]));
  });
});
