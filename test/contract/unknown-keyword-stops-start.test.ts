import { describe, expect, it } from "vitest";
import { ContractError } from "../../src/contract/contract-error.ts";
import { createContract } from "../../src/contract/create-contract.ts";
import type { JsonObject, JsonValue } from "../../src/contract/json.ts";
import { bodyDocument, documentOf, noContent, parameterDocument } from "./sample-document.ts";

function startWith(schema: JsonValue, schemas: JsonObject = {}): () => unknown {
  return () => createContract(bodyDocument(schema, schemas));
}

function failure(action: () => unknown): ContractError {
  try {
    action();
  } catch (error) {
    if (error instanceof ContractError) return error;
    throw error;
  }
  throw new Error("The document was accepted");
}

const place = "#/paths/~1sample/post/requestBody/content/application~1json/schema";

describe("a document with a mistake in a schema does not start", () => {
  it.each<[problem: string, schema: JsonValue, pointer: string, reason: RegExp]>([
    ["unknown keyword", { type: "string", maxLenght: 3 }, "/maxLenght", /not known/],
    ["keyword of OpenAPI 3.0", { type: "string", nullable: true }, "/nullable", /not known/],
    ["unknown type", { type: "text" }, "/type", /must be among/],
    ["repeated type", { type: ["string", "string"] }, "/type", /must be among/],
    ["unknown format", { type: "string", format: "snowflake" }, "/format", /not a known format/],
    ["pattern that does not compile", { type: "string", pattern: "(" }, "/pattern", /regular expression/],
    ["pattern that needs no u flag", { type: "string", pattern: "\\-" }, "/pattern", /u flag/],
    ["reference to nothing", { $ref: "#/components/schemas/None" }, "/$ref", /points at nothing/],
    ["reference elsewhere", { $ref: "https://example.com/x" }, "/$ref", /inside this document/],
    ["wrong value of a keyword", { type: "string", maxLength: "3" }, "/maxLength", /whole number/],
    ["negative size", { type: "string", maxLength: -1 }, "/maxLength", /whole number/],
    ["keyword without its type", { properties: {} }, "/properties", /type: object/],
    ["keyword of another type", { type: "object", maxLength: 1 }, "/maxLength", /type: string/],
    ["condition without consequence", { if: true }, "/if", /then or else/],
    ["consequence without condition", { else: true }, "/else", /without if/],
    ["empty enum", { type: "string", enum: [] }, "/enum", /at least one/],
    ["schema that is none", { type: "array", items: 5 }, "/items", /schema/],
    ["unknown keyword far below", nested({ typ: "string" }), `${nestedPath}/typ`, /not known/],
  ])("%s", (_, schema, pointer, reason) => {
    const error = failure(startWith(schema));
    expect(error.code).toBe("schema-compile");
    expect(error.message).toContain(`${place}${pointer}:`);
    expect(error.pointer).toBe(`${place.slice(1)}${pointer}`);
    expect(error.message).toMatch(reason);
  });

  it("names the place behind a reference", () => {
    const error = failure(startWith({ $ref: "#/components/schemas/A" }, { A: { typo: 1 } }));
    expect(error.message).toContain("#/components/schemas/A/typo:");
  });

  it("looks at schemas that no operation uses", () => {
    const error = failure(startWith(true, { Unused: { type: "strin" } }));
    expect(error.message).toContain("#/components/schemas/Unused/type:");
  });

  it("accepts a schema that comes back to itself through a property", () => {
    const Node = {
      type: "object",
      properties: { next: { anyOf: [{ $ref: "#/components/schemas/Node" }, { type: "null" }] } },
    };
    expect(() =>
      createContract(bodyDocument({ $ref: "#/components/schemas/Node" }, { Node })).compileAll(),
    ).not.toThrow();
  });

  it("refuses, when it is compiled, a schema that comes back to itself at once", () => {
    const A = { type: "object", allOf: [{ $ref: "#/components/schemas/A" }] };
    const contract = createContract(bodyDocument({ $ref: "#/components/schemas/A" }, { A }));
    expect(failure(() => contract.compileAll()).message).toMatch(/refers to itself/);
  });

  it("refuses a discriminator whose alternatives do not fix their tag", () => {
    const alternative = (tag: JsonObject): JsonObject => ({
      type: "object",
      required: ["kind"],
      properties: { kind: { type: "string", ...tag } },
    });
    const union = (other: JsonObject): JsonObject => ({
      oneOf: [alternative({ const: "a" }), alternative(other)],
      discriminator: { propertyName: "kind" },
    });
    expect(startWith(union({ enum: ["b"] }))).not.toThrow();
    expect(failure(startWith(union({}))).message).toContain(`${place}/discriminator:`);
  });
});

function nested(schema: JsonObject): JsonObject {
  return { type: "object", properties: { "a/b": { allOf: [{ not: schema }] } } };
}
const nestedPath = "/properties/a~1b/allOf/0/not";

describe("a document that could not be served does not start", () => {
  const get = { operationId: "get", responses: noContent };
  it.each<[problem: string, document: JsonObject, reason: RegExp]>([
    ["another version of OpenAPI", { ...documentOf({}), openapi: "3.0.3" }, /3\.1/],
    ["no paths", { openapi: "3.1.0" }, /#\/paths:/],
    ["an operation without id", documentOf({ "/a": { get: { responses: noContent } } }), /operationId/],
    ["one id twice", documentOf({ "/a": { get }, "/b": { get } }), /"get" is taken by #\/paths\/~1a\/get/],
    ["a path parameter that is not declared", documentOf({ "/{a}": { get } }), /"a" is not declared/],
    [
      "a declared path parameter that the path lacks",
      documentOf({
        "/a": { get: { ...get, parameters: [{ name: "b", in: "path", required: true, schema: true }] } },
      }),
      /no such parameter/,
    ],
    [
      "a segment of text and parameter",
      documentOf({ "/a.{b}": { get: { ...get, parameters: [pathParameter("b")] } } }),
      /mixes/,
    ],
    [
      "two paths for the same requests",
      documentOf({
        "/{a}": { get: { ...get, parameters: [pathParameter("a")] } },
        "/{b}": { get: { operationId: "other", responses: noContent, parameters: [pathParameter("b")] } },
      }),
      /also answered by "get"/,
    ],
    [
      "a status that is none",
      documentOf({ "/a": { get: { ...get, responses: { ok: { description: "" } } } } }),
      /three digits/,
    ],
    [
      "a request body that is not JSON",
      documentOf({ "/a": { post: { ...get, requestBody: { content: { "text/csv": { schema: true } } } } } }),
      /only JSON/,
    ],
    [
      "a body without a schema",
      documentOf({ "/a": { post: { ...get, requestBody: { content: { "application/json": {} } } } } }),
      /needs a schema/,
    ],
    [
      "a parameter without a type",
      parameterDocument({ name: "a", in: "query", schema: {} }),
      /must say its type/,
    ],
    [
      "a parameter in no place",
      parameterDocument({ name: "a", in: "body", schema: true }),
      /path, query, header or cookie/,
    ],
  ])("%s", (_, document, reason) => {
    const error = failure(() => createContract(document));
    expect(error.code).toBe("document-shape");
    expect(error.message).toMatch(reason);
  });
});

function pathParameter(name: string): JsonObject {
  return { name, in: "path", required: true, schema: { type: "string" } };
}
