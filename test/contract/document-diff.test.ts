import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffDocuments } from "../../src/contract/diff/document-diff.ts";
import type { JsonObject } from "../../src/contract/json.ts";
import { contractKeys } from "../../src/runtime/contract-files.ts";
import { documents } from "../support/assets.ts";
import { found, object, ofSchemas, text } from "./sample-difference.ts";
import { bodyDocument } from "./sample-document.ts";

describe("what is easily overlooked", () => {
  const inside = (inner: JsonObject) => object({ a: { type: "array", items: inner } });

  it.each<[what: string, before: JsonObject, after: JsonObject, changes: readonly string[]]>([
    [
      "properties with the names of annotations",
      inside(object({ title: text, default: text })),
      inside(object({ title: text, default: { type: "integer" } })),
      ["breaking request altered type /a/*/default", "breaking response altered type /a/*/default"],
    ],
    [
      "deep inside, a property that only the server sets from now on",
      inside(object({ id: text })),
      inside(object({ id: { ...text, readOnly: true } })),
      ["breaking request property-removed id /a/*/id"],
    ],
    [
      "a property that is asked for and described nowhere",
      inside(object({})),
      inside(object({}, { required: ["b"] })),
      ["breaking request required-property-added b /a/*/b", "fine response required-property-added b /a/*/b"],
    ],
    [
      "a schema that becomes one of several",
      inside(text),
      inside({ oneOf: [text, { type: "integer" }] }),
      ["breaking response widened alternatives /a/*", "fine request widened alternatives /a/*"],
    ],
    [
      "one of several that is left alone",
      inside({ anyOf: [{ type: "integer" }, text] }),
      inside(text),
      ["breaking request narrowed alternatives /a/*", "fine response narrowed alternatives /a/*"],
    ],
  ])("%s", (_, before, after, changes) => {
    expect(ofSchemas(before, after)).toEqual(changes);
  });

  it.each<[what: string, before: JsonObject, after: JsonObject]>([
    ["a least length of nothing", text, { ...text, minLength: 0 }],
    ["a list that may repeat itself", { type: "array" }, { type: "array", uniqueItems: false }],
    ["a list of anything", { type: "array" }, { type: "array", items: {} }],
    ["properties of any kind", object({}), object({}, { additionalProperties: { description: "Any." } })],
  ])("%s says nothing", (_, before, after) => {
    expect(ofSchemas(before, after)).toEqual([]);
    expect(ofSchemas(after, before)).toEqual([]);
  });

  it("a change behind a reference in an alternative that is written the same", () => {
    const ref = { $ref: "#/components/schemas/Thing" };
    const version = (thing: JsonObject) => bodyDocument({ oneOf: [text, ref] }, { Thing: thing });
    expect(found(version(object({ a: text })), version(object({})))).toEqual([
      "breaking request property-removed a /a",
      "breaking response property-removed a /a",
    ]);
  });

  it("a choice of nothing but itself", () => {
    const ref = { $ref: "#/components/schemas/Thing" };
    const version = (thing: JsonObject) => bodyDocument(ref, { Thing: thing });
    const itself = version({ oneOf: [ref] });
    expect(found(itself, version({ oneOf: [ref] }))).toEqual([]);
    expect(found(itself, version({ anyOf: [{ oneOf: [ref, { type: "null" }] }] }))).toEqual([
      "breaking response widened alternatives",
      "fine request widened alternatives",
    ]);
    expect(found(itself, version(text))).not.toEqual([]);
  });

  it("a change behind a reference in a rule that is not understood", () => {
    const ref = { $ref: "#/components/schemas/Thing" };
    const version = (thing: JsonObject) => bodyDocument({ not: { items: ref } }, { Thing: thing });
    expect(found(version(text), version({ type: "integer" }))).toEqual([
      "breaking request altered not",
      "breaking response altered not",
    ]);
  });
});

describe("documents of others", () => {
  const three = (openapi: string, schema: JsonObject): JsonObject => ({ ...bodyDocument(schema), openapi });

  it("of 3.0 say some things in other words than those of 3.1", () => {
    const before = three("3.0.3", { type: "string", nullable: true });
    expect(found(before, three("3.1.0", { type: ["string", "null"] }))).toEqual([]);
    const exclusive = three("3.0.3", { type: "number", minimum: 1, exclusiveMinimum: true });
    expect(found(exclusive, three("3.1.0", { type: "number", exclusiveMinimum: 1 }))).toEqual([]);
  });

  it.each<[what: string, before: JsonObject, after: JsonObject]>([
    ["a type", text, { ...text, nullable: true }],
    ["a property", object({ a: text }), object({ a: { ...text, nullable: true } })],
    ["a part of allOf", { allOf: [object({})] }, { allOf: [object({})], nullable: true }],
    ["one alternative", { oneOf: [text] }, { oneOf: [text], nullable: true }],
  ])("of 3.0 that make %s nullable break who reads it", (_, before, after) => {
    const [was, is] = [three("3.0.3", before), three("3.0.3", after)];
    const pointer = "properties" in before ? " /a" : "";
    expect(found(was, is)).toEqual([
      `breaking response widened type${pointer}`,
      `fine request widened type${pointer}`,
    ]);
    expect(found(is, was)).toEqual([
      `breaking request narrowed type${pointer}`,
      `fine response narrowed type${pointer}`,
    ]);
  });

  it("of 3.0 can make a choice nullable, as 3.1 does with an alternative for null", () => {
    const options = [text, object({})];
    const nullable = three("3.0.3", { oneOf: options, nullable: true });
    expect(found(nullable, three("3.1.0", { oneOf: [...options, { type: "null" }] }))).toEqual([]);
    expect(found(three("3.0.3", { oneOf: options }), nullable)).toEqual([
      "breaking response widened alternatives",
      "fine request widened alternatives",
    ]);
  });

  it.each<[what: string, document: JsonObject, problem: string]>([
    ["2.0", { swagger: "2.0", paths: {} }, 'must be OpenAPI 3.0 or 3.1, but its version is "2.0"'],
    ["no version", { paths: {} }, "its version is missing"],
    ["no paths", { openapi: "3.1.0" }, 'needs an object "paths"'],
    ["a reference to nothing", bodyDocument({ $ref: "#/nowhere" }), '"#/nowhere" points at nothing'],
    ["a reference into a file", bodyDocument({ $ref: "b.yaml" }), '"b.yaml" leads out of it'],
    [
      "a reference to itself",
      bodyDocument({ $ref: "#/components/schemas/A" }, { A: { $ref: "#/components/schemas/A" } }),
      "leads back to itself",
    ],
  ])("with %s are refused with the reason", (_, document, problem) => {
    expect(() => diffDocuments({ before: document, after: document })).toThrow(problem);
  });
});

describe("the contracts of the API", () => {
  it.each(contractKeys)("$revision $profile is no different from itself", ({ revision, profile }) => {
    const document = documents.contract(revision, profile);
    const copy: JsonObject = JSON.parse(JSON.stringify(document));
    expect(diffDocuments({ before: document, after: copy })).toEqual([]);
  });

  it("went from revision to revision without breaking anybody", () => {
    for (const profile of ["documented", "wire"] as const) {
      const changes = found(documents.contract("2.30", profile), documents.contract("2.34", profile));
      expect(changes.filter((change) => change.startsWith("breaking"))).toEqual([]);
      expect(changes).toContain("fine request operation-added POST /tasks/{user}/{task}/pause");
      expect(changes).toContain("fine response property-added snapshot /snapshot");
      expect(changes).toContain("fine response narrowed enum /tasks/*/current_state/state");
    }
  });

  it("and backwards would break who uses what is new", () => {
    const changes = found(documents.contract("2.34", "wire"), documents.contract("2.30", "wire"));
    expect(changes).toContain("breaking request operation-removed POST /tasks/{user}/{task}/pause");
    expect(changes).toContain("breaking response property-removed snapshot /snapshot");
  });
});

describe("for every schema", () => {
  const { schema } = fc.letrec<{ schema: JsonObject }>((tie) => ({
    schema: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom<JsonObject>(
        text,
        { type: "integer" },
        { type: ["string", "null"] },
        { enum: ["a", "b"] },
        {},
      ),
      fc.record({ type: fc.constant("array"), items: tie("schema") }),
      fc
        .tuple(fc.dictionary(fc.constantFrom("a", "b", "c"), tie("schema")), fc.subarray(["a", "b", "c"]))
        .map(([properties, names]) =>
          object(properties, { required: names.filter((name) => name in properties) }),
        ),
      fc
        .array(tie("schema"), { minLength: 1, maxLength: 3 })
        .map((options): JsonObject => ({ oneOf: options })),
      fc.array(tie("schema"), { minLength: 1, maxLength: 2 }).map((all): JsonObject => ({ allOf: all })),
    ),
  }));

  it("there is no difference to itself", () => {
    fc.assert(
      fc.property(schema, (one) => {
        expect(ofSchemas(one, JSON.parse(JSON.stringify(one)))).toEqual([]);
      }),
    );
  });

  it("a property that is put in is found, whatever stands around it", () => {
    fc.assert(
      fc.property(schema, (around) => {
        const wrapped = (inner: JsonObject) => object({ around, inner: { type: "array", items: inner } });
        const changes = ofSchemas(wrapped(object({})), wrapped(object({ put: text })));
        expect(changes).toEqual([
          "fine request property-added put /inner/*/put",
          "fine response property-added put /inner/*/put",
        ]);
      }),
    );
  });

  it("what is found one way is found the other way, too", () => {
    fc.assert(
      fc.property(schema, schema, (one, other) => {
        expect(ofSchemas(one, other).length > 0).toBe(ofSchemas(other, one).length > 0);
      }),
    );
  });
});
