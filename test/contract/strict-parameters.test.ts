import { describe, expect, it } from "vitest";
import type { RequestParts } from "../../src/contract/contract.ts";
import { createContract } from "../../src/contract/create-contract.ts";
import type { JsonObject } from "../../src/contract/json.ts";
import type { Violation } from "../../src/contract/violation.ts";
import { documentOf, noContent, operationOf, parameterDocument, request } from "./sample-document.ts";

function check(parameter: JsonObject, parts: Partial<RequestParts>): readonly Violation[] {
  const contract = createContract(parameterDocument(parameter));
  return contract.checkRequest(operationOf(contract), request(parts)).violations;
}

function checkText(type: string, text: string): readonly Violation[] {
  return check({ name: "value", in: "query", schema: { type } }, { query: [["value", text]] });
}

describe("the text of a parameter", () => {
  it.each([
    ["integer", "0"],
    ["integer", "-7"],
    ["integer", "9007199254740991"],
    ["number", "1.5"],
    ["number", "-0.25e-3"],
    ["boolean", "true"],
    ["boolean", "false"],
    ["string", ""],
    ["string", "5"],
  ])("is read as %s when it is %j", (type, text) => {
    expect(checkText(type, text)).toEqual([]);
  });

  it.each([
    ["integer", "banana"],
    ["integer", ""],
    ["integer", " 5"],
    ["integer", "+5"],
    ["integer", "05"],
    ["integer", "5.0"],
    ["integer", "1e2"],
    ["integer", "0x10"],
    ["integer", "9007199254740993"],
    ["integer", "٣"],
    ["number", ".5"],
    ["number", "5."],
    ["number", "1e999"],
    ["number", "Infinity"],
    ["number", "NaN"],
    ["boolean", "1"],
    ["boolean", "TRUE"],
    ["boolean", "yes"],
    ["boolean", ""],
    ["null", ""],
    ["null", "null"],
  ])("is no %s when it is %j", (type, text) => {
    expect(checkText(type, text)).toMatchObject([{ rule: "type", pointer: "/value", place: "query" }]);
  });

  it("is a number when the schema lets it be one, else a string", () => {
    const schema = { type: ["integer", "string"], maximum: 9, maxLength: 3 };
    const read = (text: string) => check({ name: "v", in: "query", schema }, { query: [["v", text]] });
    expect(read("9")).toEqual([]);
    expect(read("10")).toMatchObject([{ rule: "range" }]);
    expect(read("abcd")).toMatchObject([{ rule: "length" }]);
  });
});

describe("a wrong type is found in every place", () => {
  const schema = { type: "integer", minimum: 1 };
  it.each<[place: string, parameter: JsonObject, parts: Partial<RequestParts>]>([
    ["path", { name: "limit", in: "path", required: true, schema }, { path: { limit: "banana" } }],
    ["query", { name: "limit", in: "query", schema }, { query: [["limit", "banana"]] }],
    ["header", { name: "Limit", in: "header", schema }, { headers: { limit: "banana" } }],
    ["cookie", { name: "limit", in: "cookie", schema }, { headers: { cookie: "a=1; limit=banana; b" } }],
  ])("%s", (place, parameter, parts) => {
    expect(check(parameter, parts)).toEqual([
      {
        direction: "request",
        severity: "error",
        place,
        pointer: `/${String(parameter["name"])}`,
        rule: "type",
        received: '"banana"',
        expected: "an integer",
        spec: `#/paths/~1sample${place === "path" ? "~1%7Blimit%7D" : ""}/get/parameters/0/schema/type`,
      },
    ]);
  });

  it("and a right one is accepted in every place", () => {
    expect(check({ name: "Limit", in: "header", schema }, { headers: { limit: " 5 " } })).toEqual([]);
    expect(check({ name: "limit", in: "cookie", schema }, { headers: { cookie: "limit=5" } })).toEqual([]);
  });
});

describe("a parameter", () => {
  const limit = { name: "limit", in: "query", schema: { type: "integer" } };

  it("that is required and missing is named with its place", () => {
    for (const place of ["query", "header", "cookie", "path"]) {
      expect(check({ ...limit, in: place, required: true }, {})).toMatchObject([
        { rule: "required", pointer: "/limit", place, expected: `the required ${place} parameter "limit"` },
      ]);
    }
  });

  it("that is optional may be missing", () => {
    expect(check(limit, {})).toEqual([]);
  });

  it("with one value must not be repeated", () => {
    const query: RequestParts["query"] = [
      ["limit", "1"],
      ["limit", "2"],
    ];
    expect(check(limit, { query })).toMatchObject([{ rule: "parameter-syntax", received: '["1","2"]' }]);
  });

  it("in the query that nobody documented is a warning", () => {
    const query: RequestParts["query"] = [
      ["x-token", "s3cret"],
      ["offset", "5"],
      ["offset", "6"],
    ];
    expect(check(limit, { query })).toMatchObject([
      { severity: "warning", rule: "undocumented-parameter", pointer: "/x-token", received: '"[redacted]"' },
      { severity: "warning", rule: "undocumented-parameter", pointer: "/offset", received: '"5"' },
    ]);
  });

  it("in a header or cookie that nobody documented is not looked at", () => {
    expect(check(limit, { headers: { other: "x", cookie: "other=1" } })).toEqual([]);
  });

  it("that holds credentials is documented by its security scheme", () => {
    const paths = { "/a": { get: { operationId: "sample", responses: noContent } } };
    const securitySchemes = { inQuery: { type: "apiKey", in: "query", name: "key" } };
    const contract = createContract(documentOf(paths, { securitySchemes }));
    const parts = request({ query: [["key", "x"]] });
    expect(contract.checkRequest(operationOf(contract), parts).violations).toEqual([]);
  });

  it("called like a property of every object is not found there", () => {
    const parameter = { name: "constructor", in: "header", required: true, schema: { type: "string" } };
    expect(check(parameter, {})).toMatchObject([{ rule: "required" }]);
  });

  it("of the path item is replaced by that of the operation", () => {
    const parameters = [{ name: "a", in: "query", required: true, schema: { type: "string" } }];
    const own = [{ name: "a", in: "query", schema: { type: "integer" } }];
    const get = { operationId: "sample", parameters: own, responses: noContent };
    const contract = createContract(documentOf({ "/a": { parameters, get } }));
    expect(contract.checkRequest(operationOf(contract), request()).violations).toEqual([]);
  });
});
