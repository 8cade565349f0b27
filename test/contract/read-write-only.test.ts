import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../src/contract/json.ts";
import { brief, requestViolations, responseViolations } from "./sample-document.ts";

const id = { type: "string", readOnly: true };
const password = { type: "string", writeOnly: true };
const account: JsonObject = {
  type: "object",
  required: ["id", "name", "password"],
  properties: { id, name: { type: "string" }, password },
};

describe("a read-only property", () => {
  it("is refused in a request", () => {
    expect(requestViolations(account, { id: "1", name: "a", password: "b" })).toEqual([
      {
        direction: "request",
        severity: "error",
        place: "body",
        pointer: "/id",
        rule: "read-only",
        received: '"1"',
        expected: "no value: the property is read-only, only the server sets it",
        spec: "#/paths/~1sample/post/requestBody/content/application~1json/schema/properties/id/readOnly",
      },
    ]);
  });

  it("is not required in a request, but in a response", () => {
    expect(requestViolations(account, { name: "a", password: "b" })).toEqual([]);
    expect(brief(responseViolations(account, { name: "a" }))).toEqual(["required /id"]);
  });
});

describe("a write-only property", () => {
  it("is refused in a response, and its value not repeated", () => {
    expect(responseViolations(account, { id: "1", name: "a", password: "b" })).toMatchObject([
      { rule: "write-only", pointer: "/password", received: '"[redacted]"', severity: "error" },
    ]);
  });

  it("is not required in a response, but in a request", () => {
    expect(responseViolations(account, { id: "1", name: "a" })).toEqual([]);
    expect(brief(requestViolations(account, { name: "a" }))).toEqual(["required /password"]);
  });
});

describe("the direction of a property is found wherever it stands", () => {
  const schemas = { Id: id, Account: account, Hidden: { allOf: [{ $ref: "#/components/schemas/Id" }] } };
  const name = { type: "string" };
  it.each<[name: string, schema: JsonValue, body: JsonValue, pointer: string]>([
    [
      "behind a reference",
      { type: "object", properties: { id: { $ref: "#/components/schemas/Id" } } },
      { id: "1" },
      "/id",
    ],
    [
      "beside a reference",
      { type: "object", properties: { id: { $ref: "#/components/schemas/Name", readOnly: true } } },
      { id: "1" },
      "/id",
    ],
    [
      "behind allOf",
      { type: "object", properties: { id: { $ref: "#/components/schemas/Hidden" } } },
      { id: "1" },
      "/id",
    ],
    [
      "in a composition that requires it elsewhere",
      {
        type: "object",
        required: ["id"],
        allOf: [{ $ref: "#/components/schemas/Account" }],
        properties: { x: name },
      },
      { id: "1", name: "a", password: "b", x: "y" },
      "/id",
    ],
    [
      "in an alternative",
      { anyOf: [{ $ref: "#/components/schemas/Account" }, { type: "null" }] },
      { id: "1", name: "a", password: "b" },
      "/id",
    ],
    [
      "in an item",
      { type: "array", items: { $ref: "#/components/schemas/Account" } },
      [{ id: "1", name: "a", password: "b" }],
      "/0/id",
    ],
  ])("%s", (_, schema, body, pointer) => {
    expect(brief(requestViolations(schema, body, { ...schemas, Name: name }))).toEqual([
      `read-only ${pointer}`,
    ]);
  });
});
