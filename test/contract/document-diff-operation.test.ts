import { describe, expect, it } from "vitest";
import { diffDocuments } from "../../src/contract/diff/document-diff.ts";
import type { JsonObject, JsonValue } from "../../src/contract/json.ts";
import { found, object, text } from "./sample-difference.ts";
import { bodyDocument, documentOf, jsonContent, noContent, parameterDocument } from "./sample-document.ts";

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

  const signedBy = (scheme: JsonObject, name = "token"): JsonObject => ({
    ...get(noContent, { security: [{ [name]: [] }] }),
    components: { securitySchemes: { [name]: scheme } },
  });
  const apiKey = (place: string, name: string) => ({ type: "apiKey", in: place, name });

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
      signedBy(apiKey("header", "A")),
      signedBy(apiKey("query", "a")),
      "breaking request credentials-removed header A",
    ],
    [
      signedBy({ type: "http", scheme: "Bearer" }),
      signedBy({ type: "http", scheme: "basic" }),
      "breaking request credentials-removed http bearer",
    ],
    [get(noContent), get(noContent, { servers: [{ url: "/other" }] }), "breaking request server-removed /"],
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

  it.each<[what: string, before: JsonObject, after: JsonObject]>([
    ["a way to sign in", signedBy(apiKey("header", "A"), "one"), signedBy(apiKey("header", "A"), "other")],
    ["a header, in capitals", withHeader({ ETag: { schema: text } }), withHeader({ etag: { schema: text } })],
    [
      "an address, with a slash behind it",
      { ...get(noContent), servers: [{ url: "/api/" }] },
      { ...get(noContent), servers: [{ url: "/api" }] },
    ],
    [
      "an address, that of each operation in place of all",
      { ...get(noContent), servers: [{ url: "/api" }] },
      { ...get(noContent, { servers: [{ url: "/api" }] }), servers: [{ url: "/api" }] },
    ],
  ])("the same is %s under another name", (_, before, after) => {
    expect(found(before, after)).toEqual([]);
  });

  it("a response for whatever is not named is one for errors", () => {
    expect(found(get(noContent), get({ ...noContent, default: {} }))).toEqual([
      "fine response error-status-added default",
    ]);
  });

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
