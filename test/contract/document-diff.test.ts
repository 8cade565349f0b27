import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffDocuments } from "../../src/contract/document-diff.ts";
import type { JsonObject, JsonValue } from "../../src/contract/json.ts";
import { contractKeys } from "../../src/runtime/contract-files.ts";
import { documents } from "../support/assets.ts";
import { bodyDocument, documentOf, jsonContent, noContent, parameterDocument } from "./sample-document.ts";

/** `breaking request narrowed enum /a`: what is found between two documents. */
function found(before: JsonObject, after: JsonObject): readonly string[] {
  return diffDocuments({ before, after }).map(({ breaking, side, kind, subject, places }) =>
    [breaking ? "breaking" : "fine", side, kind, subject, places[0]?.pointer]
      .filter((part) => part !== undefined && part !== "")
      .join(" "),
  );
}

/** The same for the schema of a body, which the sample operation takes and gives: once for each side. */
function ofSchemas(before: JsonValue, after: JsonValue): readonly string[] {
  return found(bodyDocument(before), bodyDocument(after)).toSorted();
}

function object(properties: JsonObject, more: JsonObject = {}): JsonObject {
  return { type: "object", properties, ...more };
}

const text: JsonObject = { type: "string" };

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

describe("a change of an operation is found and judged", () => {
  const q = { name: "q", in: "query", schema: text };
  const get = (responses: JsonObject, more: JsonObject = {}) =>
    documentOf({ "/sample": { get: { operationId: "sample", responses, ...more } } });
  const withHeader = (headers: JsonObject) => get({ "200": { description: "Fine.", headers } });
  const post = (requestBody?: JsonObject) =>
    documentOf({
      "/sample": {
        post: { operationId: "sample", responses: noContent, ...(requestBody && { requestBody }) },
      },
    });
  const xml = { "application/xml": { schema: text } };

  const rows: readonly [before: JsonObject, after: JsonObject, change: string][] = [
    [get(noContent), documentOf({}), "breaking request operation-removed GET /sample"],
    [documentOf({}), get(noContent), "fine request operation-added GET /sample"],
    [parameterDocument(q), parameterDocument(), "breaking request parameter-removed q"],
    [parameterDocument(), parameterDocument(q), "fine request parameter-added q"],
    [
      parameterDocument(),
      parameterDocument({ ...q, required: true }),
      "breaking request required-parameter-added q",
    ],
    [
      parameterDocument(q),
      parameterDocument({ ...q, required: true }),
      "breaking request became-required query parameter q",
    ],
    [
      parameterDocument({ ...q, required: true }),
      parameterDocument(q),
      "fine request became-optional query parameter q",
    ],
    [
      parameterDocument(q),
      parameterDocument({ ...q, schema: { enum: ["a"] } }),
      "breaking request narrowed enum",
    ],
    [post(), post({ content: jsonContent(text) }), "fine request body-added body"],
    [
      post(),
      post({ required: true, content: jsonContent(text) }),
      "breaking request required-body-added body",
    ],
    [post({ content: jsonContent(text) }), post(), "breaking request body-removed body"],
    [
      post({ content: jsonContent(text) }),
      post({ required: true, content: jsonContent(text) }),
      "breaking request became-required body",
    ],
    [
      post({ content: { ...jsonContent(text), ...xml } }),
      post({ content: jsonContent(text) }),
      "breaking request media-type-removed application/xml",
    ],
    [
      post({ content: jsonContent(text) }),
      post({ content: { ...jsonContent(text), ...xml } }),
      "fine request media-type-added application/xml",
    ],
    [get({ ...noContent, "404": {} }), get(noContent), "breaking response status-removed 404"],
    [get(noContent), get({ ...noContent, "409": {} }), "fine response error-status-added 409"],
    [get(noContent), get({ ...noContent, "202": {} }), "breaking response success-status-added 202"],
    [
      get({ "200": { content: jsonContent(text) } }),
      get({ "200": {} }),
      "breaking response content-removed body",
    ],
    [get({ "200": {} }), get({ "200": { content: jsonContent(text) } }), "fine response content-added body"],
    [withHeader({ A: { schema: text } }), withHeader({}), "breaking response header-removed A"],
    [withHeader({}), withHeader({ A: { schema: text } }), "fine response header-added A"],
    [
      withHeader({ A: { required: true, schema: text } }),
      withHeader({ A: { schema: text } }),
      "breaking response became-optional status 200 header A",
    ],
    [
      get(noContent),
      get(noContent, { security: [{ token: [] }] }),
      "breaking request credentials-removed none",
    ],
    [
      get(noContent, { security: [{ token: [] }] }),
      get(noContent, { security: [{ token: [] }, {}] }),
      "fine request credentials-added none",
    ],
    [
      { ...get(noContent), servers: [{ url: "/v1" }, { url: "/v2" }] },
      { ...get(noContent), servers: [{ url: "https://x.example/v2" }] },
      "breaking request server-removed /v1",
    ],
  ];

  it.each(rows.map(([before, after, change]) => ({ before, after, change })))(
    "$change",
    ({ before, after, change }) => {
      expect(found(before, after)).toContain(change);
      expect(found(after, before)).not.toContain(change);
    },
  );

  it("a list that is written in another way breaks clients, whichever way it was", () => {
    const listed = (more: JsonObject) =>
      parameterDocument({ ...q, ...more, schema: { type: "array", items: text } });
    expect(found(listed({}), listed({ explode: false }))).toEqual(["breaking request style-changed style"]);
    expect(found(listed({}), listed({ explode: true, style: "form" }))).toEqual([]);
  });

  it("names of path parameters may change, and a status that a range covers is still documented", () => {
    const before = documentOf({
      "/a/{id}": {
        get: {
          parameters: [{ name: "id", in: "path", required: true, schema: text }],
          responses: { "404": {} },
        },
      },
    });
    const after = documentOf({
      "/a/{name}": {
        get: {
          parameters: [{ name: "name", in: "path", required: true, schema: text }],
          responses: { "4XX": {} },
        },
      },
    });
    expect(found(before, after)).toEqual(["fine response error-status-added 4XX"]);
  });

  it("a change of a shared schema is told once, with every place", () => {
    const ref = { $ref: "#/components/schemas/Thing" };
    const version = (schema: JsonValue) =>
      documentOf(
        Object.fromEntries(
          ["/a", "/b"].map((path) => [
            path,
            { get: { responses: { "200": { content: jsonContent({ type: "array", items: ref }) } } } },
          ]),
        ),
        { schemas: { Thing: schema } },
      );
    const before = version(object({ x: text }));
    const after = version(object({ x: text, y: text }));
    const [change, ...others] = diffDocuments({ before, after });
    expect(others).toEqual([]);
    expect(change?.places).toEqual([
      { operation: "GET /a", part: "status 200", pointer: "/*/y" },
      { operation: "GET /b", part: "status 200", pointer: "/*/y" },
    ]);
  });

  it("schemas that lead back to themselves come to an end, however differently they are written", () => {
    const inner = { $ref: "#/components/schemas/Tree" };
    const one = bodyDocument(inner, { Tree: object({ value: text, next: inner }) });
    const other = bodyDocument(inner, {
      Tree: object({ value: text, next: object({ value: text, next: { allOf: [inner] } }) }),
    });
    expect(found(one, other)).toEqual([]);
    expect(
      found(one, bodyDocument(inner, { Tree: object({ value: { type: "integer" }, next: inner }) })),
    ).toHaveLength(2);
  });
});

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
  ])("%s", (_, before, after, changes) => {
    expect(ofSchemas(before, after)).toEqual(changes);
  });

  it("a change behind a reference in an alternative that is written the same", () => {
    const ref = { $ref: "#/components/schemas/Thing" };
    const version = (thing: JsonObject) => bodyDocument({ oneOf: [text, ref] }, { Thing: thing });
    expect(found(version(object({ a: text })), version(object({})))).toEqual([
      "breaking request property-removed a /a",
      "breaking response property-removed a /a",
    ]);
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
