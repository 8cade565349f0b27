import { describe, expect, it } from "vitest";
import type { RequestParts } from "../../src/contract/contract.ts";
import { createContract } from "../../src/contract/create-contract.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../src/contract/json.ts";
import { brief, operationOf, parameterDocument, request } from "./sample-document.ts";

/**
 * What a parameter is read as, found through `const`: the one value that the contract accepts. The types are stated beside
 * it, as a parameter is read by its types.
 */
function accepts(parameter: JsonObject, parts: Partial<RequestParts>, value: JsonValue): boolean {
  const { schema: types = {} } = parameter;
  const schema = { ...(isJsonObject(types) ? types : {}), const: value };
  const contract = createContract(parameterDocument({ name: "p", required: true, ...parameter, schema }));
  return contract.checkRequest(operationOf(contract), request(parts)).violations.length === 0;
}

const list = { type: "array", items: { type: "integer" } };
const object = {
  type: "object",
  properties: { a: { type: "integer" }, b: { type: "string" } },
};

describe("a value is put together as style and explode say", () => {
  it.each<[name: string, parameter: JsonObject, parts: Partial<RequestParts>, value: JsonValue]>([
    [
      "form, array, exploded by default",
      { in: "query", schema: list },
      {
        query: [
          ["p", "1"],
          ["p", "2"],
        ],
      },
      [1, 2],
    ],
    ["form, array of one", { in: "query", schema: list }, { query: [["p", "1"]] }, [1]],
    [
      "form, array, not exploded",
      { in: "query", explode: false, schema: list },
      { query: [["p", "1,2"]] },
      [1, 2],
    ],
    ["form, empty array", { in: "query", explode: false, schema: list }, { query: [["p", ""]] }, []],
    [
      "form, object, exploded",
      { in: "query", schema: object },
      {
        query: [
          ["a", "1"],
          ["b", "2"],
        ],
      },
      { a: 1, b: "2" },
    ],
    [
      "form, object, not exploded",
      { in: "query", explode: false, schema: object },
      { query: [["p", "a,1,b,2"]] },
      { a: 1, b: "2" },
    ],
    [
      "deepObject",
      { in: "query", style: "deepObject", schema: object },
      {
        query: [
          ["p[a]", "1"],
          ["p[b]", "x"],
        ],
      },
      { a: 1, b: "x" },
    ],
    ["simple, array in a header", { in: "header", schema: list }, { headers: { p: "1, 2,3" } }, [1, 2, 3]],
    [
      "simple, object in a header",
      { in: "header", schema: object },
      { headers: { p: "a,1,b,x" } },
      { a: 1, b: "x" },
    ],
    [
      "simple, object, exploded",
      { in: "header", explode: true, schema: object },
      { headers: { p: "a=1,b=x=y" } },
      { a: 1, b: "x=y" },
    ],
    ["simple, array in the path", { in: "path", schema: list }, { path: { p: "1,2" } }, [1, 2]],
    [
      "form, array in a cookie",
      { in: "cookie", explode: false, schema: list },
      { headers: { cookie: "p=1%2C2" } },
      [1, 2],
    ],
  ])("%s", (_, parameter, parts, value) => {
    expect(accepts(parameter, parts, value)).toBe(true);
    expect(accepts(parameter, parts, null)).toBe(false);
  });
});

function violations(parameter: JsonObject, query: RequestParts["query"]): readonly string[] {
  const contract = createContract(parameterDocument({ name: "p", in: "query", ...parameter }));
  return brief(contract.checkRequest(operationOf(contract), request({ query })).violations);
}

describe("a mistake in a structured parameter is named with its place inside", () => {
  it.each<[name: string, parameter: JsonObject, query: RequestParts["query"], expected: readonly string[]]>([
    [
      "item of an array",
      { schema: list },
      [
        ["p", "1"],
        ["p", "x"],
      ],
      ["type /p/1"],
    ],
    [
      "array given twice",
      { explode: false, schema: list },
      [
        ["p", "1"],
        ["p", "2"],
      ],
      ["parameter-syntax /p"],
    ],
    ["property", { style: "deepObject", schema: object }, [["p[a]", "x"]], ["type /p/a"]],
    [
      "property twice",
      { style: "deepObject", schema: object },
      [
        ["p[a]", "1"],
        ["p[a]", "2"],
      ],
      ["parameter-syntax /p"],
    ],
    [
      "property too deep",
      { style: "deepObject", schema: object },
      [["p[a][b]", "1"]],
      ["parameter-syntax /p"],
    ],
    ["no property", { style: "deepObject", schema: object }, [["p", "1"]], ["parameter-syntax /p"]],
    [
      "undocumented property",
      { style: "deepObject", schema: object },
      [["p[c]", "1"]],
      ["undocumented-property /p/c"],
    ],
    ["odd pairs", { explode: false, schema: object }, [["p", "a,1,b"]], ["parameter-syntax /p"]],
    ["property of an exploded object", { schema: object }, [["a", "x"]], ["type /p/a"]],
    [
      "other parameter beside an exploded object",
      { schema: object },
      [["c", "x"]],
      ["undocumented-parameter /c"],
    ],
  ])("%s", (_, parameter, query, expected) => {
    expect(violations(parameter, query)).toEqual(expected);
  });
});

describe("a style that is not read stops the start", () => {
  it.each<[name: string, parameter: JsonObject]>([
    ["spaceDelimited", { in: "query", style: "spaceDelimited", schema: list }],
    ["pipeDelimited", { in: "query", style: "pipeDelimited", schema: list }],
    ["matrix", { in: "path", style: "matrix", required: true, schema: list }],
    ["label", { in: "path", style: "label", required: true, schema: list }],
    ["deepObject without an object", { in: "query", style: "deepObject", schema: list }],
    ["exploded array in a cookie", { in: "cookie", schema: list }],
    ["array of arrays", { in: "query", schema: { type: "array", items: list } }],
    ["array or string", { in: "query", schema: { type: ["array", "string"], items: { type: "string" } } }],
    ["content instead of a schema", { in: "query", content: { "application/json": { schema: list } } }],
  ])("%s", (_, parameter) => {
    expect(() => createContract(parameterDocument({ name: "p", ...parameter }))).toThrow(
      /#\/paths\/~1sample/,
    );
  });
});
