import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../src/contract/json.ts";
import { object, ofSchemas, text } from "./sample-difference.ts";

describe("a change of a schema is found and judged for both sides", () => {
  it.each<[what: string, before: JsonValue, after: JsonValue, request: string, response: string]>([
    [
      "a property goes",
      object({ a: text, b: text }),
      object({ a: text }),
      "breaking property-removed b /b",
      "breaking property-removed b /b",
    ],
    [
      "an optional property comes",
      object({}),
      object({ b: text }),
      "fine property-added b /b",
      "fine property-added b /b",
    ],
    [
      "a required property comes",
      object({}),
      object({ b: text }, { required: ["b"] }),
      "breaking required-property-added b /b",
      "fine required-property-added b /b",
    ],
    [
      "a property becomes required",
      object({ b: text }),
      object({ b: text }, { required: ["b"] }),
      "breaking became-required b /b",
      "fine became-required b /b",
    ],
    [
      "a property becomes optional",
      object({ b: text }, { required: ["b"] }),
      object({ b: text }),
      "fine became-optional b /b",
      "breaking became-optional b /b",
    ],
    [
      "a type is added",
      object({ b: text }),
      object({ b: { type: ["string", "null"] } }),
      "fine widened type /b",
      "breaking widened type /b",
    ],
    ["a type goes", { type: ["string", "null"] }, text, "breaking narrowed type", "fine narrowed type"],
    ["a type becomes another", text, { type: "integer" }, "breaking altered type", "breaking altered type"],
    [
      "an integer becomes any number",
      { type: "integer" },
      { type: "number" },
      "fine widened type",
      "breaking widened type",
    ],
    ["a type is no longer stated", text, {}, "fine widened type", "breaking widened type"],
    [
      "an enum gains a value",
      { enum: ["a"] },
      { enum: ["a", "b"] },
      "fine widened enum",
      "breaking widened enum",
    ],
    [
      "an enum loses a value",
      { enum: ["a", "b"] },
      { enum: ["b"] },
      "breaking narrowed enum",
      "fine narrowed enum",
    ],
    [
      "an enum swaps a value",
      { enum: ["a", "b"] },
      { enum: ["b", "c"] },
      "breaking altered enum",
      "breaking altered enum",
    ],
    [
      "a constant becomes an enum with it",
      { const: "a" },
      { enum: ["a", "b"] },
      "fine widened enum",
      "breaking widened enum",
    ],
    ["a format comes", text, { ...text, format: "uuid" }, "breaking narrowed format", "fine narrowed format"],
    [
      "a format becomes another",
      { ...text, format: "uuid" },
      { ...text, format: "date" },
      "breaking altered format",
      "breaking altered format",
    ],
    ["a pattern goes", { ...text, pattern: "a" }, text, "fine widened pattern", "breaking widened pattern"],
    [
      "a least length rises",
      { ...text, minLength: 1 },
      { ...text, minLength: 2 },
      "breaking narrowed minLength",
      "fine narrowed minLength",
    ],
    [
      "a most length rises",
      { ...text, maxLength: 1 },
      { ...text, maxLength: 2 },
      "fine widened maxLength",
      "breaking widened maxLength",
    ],
    [
      "a most length comes",
      text,
      { ...text, maxLength: 2 },
      "breaking narrowed maxLength",
      "fine narrowed maxLength",
    ],
    [
      "a least number goes",
      { type: "integer", minimum: 1 },
      { type: "integer" },
      "fine widened minimum",
      "breaking widened minimum",
    ],
    [
      "items change",
      { type: "array", items: text },
      { type: "array", items: { ...text, minLength: 1 } },
      "breaking narrowed minLength /*",
      "fine narrowed minLength /*",
    ],
    [
      "other properties are shut out",
      { type: "object" },
      { type: "object", additionalProperties: false },
      "breaking narrowed additionalProperties",
      "fine narrowed additionalProperties",
    ],
    [
      "other properties change",
      { type: "object", additionalProperties: text },
      { type: "object", additionalProperties: { ...text, maxLength: 1 } },
      "breaking narrowed maxLength /*",
      "fine narrowed maxLength /*",
    ],
    [
      "an alternative comes",
      { oneOf: [text, { type: "integer" }] },
      { oneOf: [text, { type: "integer" }, { type: "boolean" }] },
      "fine widened alternatives",
      "breaking widened alternatives",
    ],
    [
      "an alternative goes",
      { anyOf: [text, { type: "integer" }, { type: "boolean" }] },
      { anyOf: [text, { type: "integer" }] },
      "breaking narrowed alternatives",
      "fine narrowed alternatives",
    ],
    [
      "an alternative changes",
      { oneOf: [text, object({ a: text })] },
      { oneOf: [text, object({ a: text, b: text })] },
      "fine property-added b /b",
      "fine property-added b /b",
    ],
    [
      "a rule comes that is not understood",
      object({ a: text }),
      object({ a: text }, { dependentRequired: { a: ["b"] } }),
      "breaking narrowed dependentRequired",
      "fine narrowed dependentRequired",
    ],
    [
      "a part of allOf comes",
      { allOf: [object({ a: text })] },
      { allOf: [object({ a: text }), object({ b: text }, { required: ["b"] })] },
      "breaking required-property-added b /b",
      "fine required-property-added b /b",
    ],
  ])("%s", (_, before, after, request, response) => {
    const [requestVerdict = "", ...requestRest] = request.split(" ");
    const [responseVerdict = "", ...responseRest] = response.split(" ");
    expect(ofSchemas(before, after)).toEqual(
      [
        [requestVerdict, "request", ...requestRest].join(" "),
        [responseVerdict, "response", ...responseRest].join(" "),
      ].toSorted(),
    );
  });

  it.each<[what: string, before: JsonValue, after: JsonValue]>([
    [
      "texts",
      { type: "string", description: "Old" },
      { type: "string", description: "New", example: "x", deprecated: true },
    ],
    ["the order of an enum", { enum: ["a", "b"] }, { enum: ["b", "a"] }],
    [
      "the order of alternatives",
      { oneOf: [text, { type: "integer" }] },
      { oneOf: [{ type: "integer" }, text] },
    ],
    ["how null is written", { type: ["string", "null"] }, { anyOf: [text, { type: "null" }] }],
    ["an enum of one in place of a constant", { const: "a" }, { enum: ["a"] }],
    [
      "parts of allOf in place of one schema",
      object({ a: text, b: text }),
      { allOf: [object({ a: text }), object({ b: text })] },
    ],
    ["number for both kinds of number", { type: "number" }, { type: ["number", "integer"] }],
  ])("%s are no change", (_, before, after) => {
    expect(ofSchemas(before, after)).toEqual([]);
  });

  it("a property that only goes one way changes only that way", () => {
    const before = object({ a: text });
    const readOnly = object({ a: text, b: { ...text, readOnly: true } }, { required: ["b"] });
    const writeOnly = object({ a: text, b: { ...text, writeOnly: true } }, { required: ["b"] });
    expect(ofSchemas(before, readOnly)).toEqual(["fine response required-property-added b /b"]);
    expect(ofSchemas(before, writeOnly)).toEqual(["breaking request required-property-added b /b"]);
  });
});
