import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createContract } from "../../src/contract/create-contract.ts";
import { chooseFreedoms, varied } from "../../src/contract/explore/vary.ts";
import { answerSchemas } from "../../src/contract/explore/vary-answers.ts";
import { findFreedoms } from "../../src/contract/explore/vary-find.ts";
import {
  describeFreedom,
  type Freedom,
  type Leeway,
  varyKinds,
} from "../../src/contract/explore/vary-freedom.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../src/contract/json.ts";
import { bodyDocument, operationOf } from "./sample-document.ts";

const free: Leeway = { untold: true, values: "any" };

/** What a body with one member `value` of a schema may be instead. */
function freedomsOf(schema: JsonValue, value: JsonValue, leeway = free): readonly Freedom[] {
  const body = { value };
  const { document, found } = search(schema, body, leeway);
  const contract = createContract(document);
  for (const freedom of found) {
    const answer = { status: 200, body: varied(body, [freedom]) };
    expect(contract.checkResponse(operationOf(contract), answer).violations).toEqual([]);
  }
  return found;
}

function search(schema: JsonValue, body: JsonObject, leeway: Leeway) {
  const Other = { type: "object", required: ["name"], properties: { name: { type: "string", const: "x" } } };
  const holder = { type: "object", required: ["value"], properties: { value: schema } };
  const document = bodyDocument(holder, { Other });
  const kinds = new Set(varyKinds);
  const from = answerSchemas(document).get("sample")?.get(200);
  const found = findFreedoms(
    {
      document,
      schema: from,
      kinds,
      itemsOf: (length: number) => Array(length).keys(),
      leewayOf: () => leeway,
      stands: {},
    },
    body,
  );
  return { document, found };
}

const texts = ["/value shortest", "/value longest", "/value unusual"];
const nullOr = (keyword: string, ...alternatives: readonly JsonValue[]) => ({ [keyword]: alternatives });

describe("what a schema leaves open", () => {
  it.each<readonly [JsonValue, JsonValue, readonly string[]]>([
    [{ type: "string" }, "x", texts],
    [{ type: "string", maxLength: 3 }, "x", ["/value shortest", "/value longest"]],
    [{ type: "string", minLength: 80 }, "x".repeat(90), ["/value shortest", "/value longest"]],
    [{ type: "string", minLength: 2, maxLength: 2 }, "xx", ["/value longest"]],
    [{ type: "string", enum: ["a", "b", "c"] }, "b", ['/value "a"', '/value "c"']],
    [{ type: "integer", enum: [1, 2] }, 1, ["/value 2"]],
    [{ type: ["string", "null"], enum: ["a", null] }, "a", ["/value null"]],
    [{ type: ["string", "null"], enum: ["a", "b"] }, "a", ['/value "b"']],
    [{ type: ["integer", "null"], minimum: 1 }, 5, ["/value null"]],
    [{ type: "integer" }, 5, []],
    [{ type: "boolean" }, true, []],
    [{ type: ["string", "null"] }, null, []],
    [{ type: "array", items: { type: "integer" } }, [1], ["/value empty"]],
    [{ type: "array", items: { type: "integer" } }, [], []],
    [{ type: "array", items: { type: "integer" }, minItems: 1 }, [1], []],
    [{ type: "string", format: "uuid" }, "0b", ["/value in upper case"]],
    [{ type: "string", format: "uri" }, "http://x", []],
    [
      nullOr("anyOf", { $ref: "#/components/schemas/Other" }, { type: "null" }),
      { name: "x" },
      ["/value null"],
    ],
    [nullOr("oneOf", { type: "integer" }, { type: "null" }), 1, ["/value null"]],
    [nullOr("oneOf", { type: ["integer", "null"] }, { type: ["string", "null"] }), 1, []],
    [nullOr("anyOf", { type: "string" }, { type: "string", minLength: 1 }), "x", []],
  ])("%j and %j", (schema, value, expected) => {
    const found = freedomsOf(schema, value === "0b" ? "0b0b0b0b-0000-4000-8000-000000000000" : value);
    expect(found.map(describeFreedom)).toEqual(expected);
  });

  it.each<readonly [JsonValue, JsonValue]>([
    [{ type: "string", pattern: "^x" }, "x"],
    [{ type: "string", const: "x" }, "x"],
    [{ type: "string", not: { const: "" } }, "x"],
    [{ allOf: [{ type: "string" }, { minLength: 1, type: "string" }] }, "x"],
    [{ type: "array", items: { type: "integer" }, contains: { type: "integer" } }, [1]],
    [{ type: "object", properties: { a: { type: "string" } }, minProperties: 1 }, { a: "x" }],
    [{ type: "object", properties: { a: { type: "string" } }, dependentRequired: { a: ["b"] } }, { a: "x" }],
    [true, "x"],
  ])("nothing of %j, which asserts more than is understood", (schema, value) => {
    expect(search(schema, { value }, free).found).toEqual([]);
  });

  it("and no more of it than the leeway allows", () => {
    const schema = { type: ["string", "null"], enum: ["a", "b", "c", null] };
    const labels = (leeway: Leeway) => freedomsOf(schema, "a", leeway).map(({ label }) => label);
    expect(labels({ untold: false, values: "own" })).toEqual([]);
    expect(labels({ untold: true, values: "own" })).toEqual(["null"]);
    expect(labels({ untold: false, values: ["a", "b", "z"] })).toEqual(['"b"']);
  });
});

describe("other writings of an instant", () => {
  it("are the same instant, and nothing that no year of four digits holds", () => {
    const dates = fc.date({
      min: new Date("0000-01-01T00:00:00Z"),
      max: new Date("9999-12-31T23:59:59.999Z"),
      noInvalidDate: true,
    });
    const zone = fc.constantFrom("Z", "z", "+01:00", "-11:30");
    const digits = fc.stringMatching(/^(?:\.\d{1,9})?$/);
    fc.assert(
      fc.property(dates, digits, zone, (date, fraction, offset) => {
        const own = `${date.toISOString().slice(0, 19)}${fraction}${offset}`;
        const found = freedomsOf({ type: "string", format: "date-time" }, own);
        expect(found.length).toBeGreaterThan(0);
        for (const { value } of found) {
          expect(Date.parse(String(value).toUpperCase())).toBe(Date.parse(own.toUpperCase()));
          expect(value).not.toBe(own);
        }
      }),
    );
  });
});

describe("what is chosen of the freedoms of a body", () => {
  it.each([true, false])(
    "is drawn from some that are left, also when more are wanted (tried: %s)",
    (isTried) => {
      const schema = { type: "array", items: { type: "string", format: "uuid" } };
      const { found } = search(schema, { value: ["0b0b0b0b-0000-4000-8000-000000000000"] }, free);
      const limits: number[] = [];
      const draw = (limit: number) => limits.push(limit) && 0;
      expect(chooseFreedoms(found, { count: 5, isTried: () => isTried, draw })).toEqual([found[0]]);
      expect(chooseFreedoms([], { count: 5, isTried: () => isTried, draw })).toEqual([]);
      expect(limits.filter((limit) => limit < 1)).toEqual([]);
    },
  );
});

describe("a body with freedoms in it", () => {
  it("shares what they do not touch, and leaves the old one alone", () => {
    const body = {
      list: [
        { a: "x", b: { c: 1 } },
        { a: "y", b: { c: 2 } },
      ],
      gone: 1,
    };
    const before = JSON.stringify(body);
    const at = (path: readonly (string | number)[], value: JsonValue | undefined): Freedom => ({
      place: { path, pattern: "" },
      kind: "text",
      label: "",
      value,
    });
    const changed = varied(body, [at(["list", 1, "a"], "z"), at(["gone"], undefined)]);
    expect(changed).toEqual({ list: [body.list[0], { a: "z", b: { c: 2 } }] });
    expect(JSON.stringify(body)).toBe(before);
    const list = isJsonObject(changed) && changed["list"];
    expect(Array.isArray(list) && list[0] === body.list[0]).toBe(true);
    expect(Array.isArray(list) && isJsonObject(list[1]) && list[1]["b"] === body.list[1]?.b).toBe(true);
  });
});
