import { describe, expect, it } from "vitest";
import { createContract } from "../../src/contract/create-contract.ts";
import type { JsonObject } from "../../src/contract/json.ts";
import { brief, documentOf, jsonContent, operationOf } from "./sample-document.ts";

const schema = { type: "object", required: ["a"], properties: { a: { type: "string" } } };
const content = jsonContent(schema);

function sample(responses: JsonObject) {
  const contract = createContract(documentOf({ "/a": { get: { operationId: "sample", responses } } }));
  return (status: number, body?: object) =>
    contract.checkResponse(operationOf(contract), { status, ...(body === undefined ? {} : { body }) });
}

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

describe("a response", () => {
  const respond = sample({
    "200": { description: "", content },
    "204": { description: "" },
    "4XX": { description: "", content },
  });

  it("that fits comes back as the bytes to send", () => {
    const { violations, bytes } = respond(200, { a: "x" });
    expect(violations).toEqual([]);
    expect(text(bytes)).toBe('{"a":"x"}\n');
  });

  it("with an undocumented status is a violation of the status", () => {
    expect(respond(500, { a: "x" }).violations).toEqual([
      {
        direction: "response",
        severity: "error",
        place: "status",
        pointer: "",
        rule: "undocumented-status",
        received: "500",
        expected: "a documented status: 200, 204, 4XX",
        spec: "#/paths/~1a/get/responses",
      },
    ]);
  });

  it("with a status of a documented range is checked like any other", () => {
    expect(respond(418, { a: "x" }).violations).toEqual([]);
    expect(brief(respond(418, { a: 1 }).violations)).toEqual(["type /a"]);
  });

  it("falls back to the default", () => {
    const other = sample({ "200": { description: "" }, default: { description: "", content } });
    expect(other(500, { a: "x" }).violations).toEqual([]);
    expect(brief(other(500, {}).violations)).toEqual(["required /a"]);
  });

  it("with a body where none is documented is a violation", () => {
    expect(respond(204).violations).toEqual([]);
    expect(respond(204, {}).violations).toMatchObject([{ rule: "body-undocumented", severity: "error" }]);
  });

  it("without the documented body is a violation", () => {
    expect(respond(200)).toMatchObject({ violations: [{ rule: "body-required", severity: "error" }] });
  });

  it("with JSON where only another media type is documented is a violation", () => {
    const other = sample({ "200": { description: "", content: { "text/event-stream": {} } } });
    expect(other(200, {}).violations).toMatchObject([{ rule: "content-type", severity: "error" }]);
    expect(other(200).violations).toEqual([]);
  });

  it("with an undocumented property is a violation, not a warning", () => {
    expect(respond(200, { a: "x", b: 1 }).violations).toMatchObject([
      { rule: "undocumented-property", severity: "error", pointer: "/b", received: "1" },
    ]);
  });

  it("comes with its bytes even when it is wrong, for those who send it regardless", () => {
    expect(text(respond(500, { b: 1 }).bytes)).toBe('{"b":1}\n');
    expect(text(respond(200, { b: 1 }).bytes)).toBe('{"b":1}\n');
    expect(text(respond(204, {}).bytes)).toBe("{}\n");
  });

  it("escapes what the provider escapes", () => {
    expect(text(respond(200, { a: "<a href='x'>&\u2028\u2029é😀\u0001" }).bytes)).toBe(
      '{"a":"\\u003ca href=\'x\'\\u003e\\u0026\\u2028\\u2029é😀\\u0001"}\n',
    );
  });
});

describe("undocumented properties of compositions", () => {
  const A: JsonObject = { type: "object", properties: { a: { type: "string" } } };
  const B: JsonObject = {
    type: "object",
    properties: { b: { type: "object", properties: { c: { type: "string" } } } },
  };
  const refs = [{ $ref: "#/components/schemas/A" }, { $ref: "#/components/schemas/B" }];

  it.each<[name: string, schema: JsonObject]>([
    ["allOf", { type: "object", allOf: refs }],
    ["anyOf", { anyOf: refs }],
    ["$ref with properties beside it", { ...refs[0], ...B }],
    ["a reference to a composition", { $ref: "#/components/schemas/Both" }],
  ])("are found with %s", (_, composed) => {
    const schemas = { A, B, Both: { type: "object", allOf: refs } };
    const get = {
      operationId: "sample",
      responses: { "200": { description: "", content: jsonContent(composed) } },
    };
    const contract = createContract(documentOf({ "/a": { get } }, { schemas }));
    const respond = (body: object) =>
      brief(contract.checkResponse(operationOf(contract), { status: 200, body }).violations);
    expect(respond({ a: "x", b: { c: "x" } })).toEqual([]);
    expect(respond({ a: "x", d: 1 })).toEqual(["undocumented-property /d"]);
    // With anyOf, the alternative without "b" fits, which leaves all of "b" undocumented.
    expect(respond({ a: "x", b: { d: 1 } })).toEqual([expect.stringMatching(/^undocumented-property \/b/u)]);
  });

  it("are not taken for undocumented when their alternative fails for another reason", () => {
    const schema = { anyOf: [{ $ref: "#/components/schemas/A" }, { type: "null" }] };
    const get = {
      operationId: "sample",
      responses: { "200": { description: "", content: jsonContent(schema) } },
    };
    const contract = createContract(documentOf({ "/a": { get } }, { schemas: { A } }));
    const { violations } = contract.checkResponse(operationOf(contract), { status: 200, body: { a: 1 } });
    expect(brief(violations)).toEqual(["type /a"]);
  });

  it("do not exist in an object that takes any", () => {
    const anything = { anyOf: [{ type: "object" }, { $ref: "#/components/schemas/A" }] };
    const open = { type: "object", properties: {}, additionalProperties: true };
    for (const schema of [{ type: "object" }, anything, open, true]) {
      const get = {
        operationId: "sample",
        responses: { "200": { description: "", content: jsonContent(schema) } },
      };
      const contract = createContract(documentOf({ "/a": { get } }, { schemas: { A } }));
      expect(
        contract.checkResponse(operationOf(contract), { status: 200, body: { x: 1 } }).violations,
      ).toEqual([]);
    }
  });
});

describe("an answer that belongs to no operation", () => {
  it("is checked against the schema of refusals", () => {
    const Response = { type: "object", required: ["message"], properties: { message: { type: "string" } } };
    const contract = createContract(documentOf({}, { schemas: { Response } }));
    expect(contract.checkEnvelope({ message: "No." }).violations).toEqual([]);
    expect(brief(contract.checkEnvelope({ error: "No." }).violations)).toEqual([
      "required /message",
      "undocumented-property /error",
    ]);
  });

  it("cannot be checked by a document without that schema", () => {
    expect(() => createContract(documentOf({})).checkEnvelope({})).toThrow(/components\/schemas\/Response/);
  });
});
