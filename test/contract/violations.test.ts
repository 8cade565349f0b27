import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../src/contract/json.ts";
import { schemaKeywords } from "../../src/contract/schemas/schema-keywords.ts";
import { type Violation, violationRules } from "../../src/contract/violation.ts";
import { brief, requestViolations, responseViolations } from "./sample-document.ts";

const root = "#/paths/~1sample/post/requestBody/content/application~1json/schema";

interface Case {
  readonly schema: JsonObject;
  readonly value: JsonValue;
  readonly violation: Pick<Violation, "rule" | "pointer" | "expected" | "spec"> & {
    readonly received?: string;
  };
}

const text = { type: "string" };
const whole = { type: "integer" };

/** By keyword: a schema, a value that it refuses, and how that is explained. The keyword is the end of `spec`. */
const cases: Readonly<Record<string, Case>> = {
  type: {
    schema: { type: ["string", "null"] },
    value: 5,
    violation: { rule: "type", pointer: "", received: "5", expected: "a string or null", spec: "/type" },
  },
  enum: {
    schema: { enum: ["start", "stop", "delete"] },
    value: "go",
    violation: {
      rule: "enum",
      pointer: "",
      received: '"go"',
      expected: 'one of "start", "stop", "delete"',
      spec: "/enum",
    },
  },
  const: {
    schema: { const: { a: 1 } },
    value: [],
    violation: { rule: "const", pointer: "", received: "[]", expected: '{"a":1}', spec: "/const" },
  },
  format: {
    schema: { type: "string", format: "date-time" },
    value: "today",
    violation: {
      rule: "format",
      pointer: "",
      received: '"today"',
      expected: "an RFC 3339 date-time such as 2026-01-31T12:00:00Z",
      spec: "/format",
    },
  },
  pattern: {
    schema: { type: "string", pattern: "^a/b$" },
    value: "c",
    violation: {
      rule: "pattern",
      pointer: "",
      received: '"c"',
      expected: "a string that matches /^a/b$/u",
      spec: "/pattern",
    },
  },
  minLength: {
    schema: { type: "string", minLength: 1, maxLength: 3 },
    value: "",
    violation: {
      rule: "length",
      pointer: "",
      received: '""',
      expected: "a string of 1 to 3 characters",
      spec: "/minLength",
    },
  },
  maxLength: {
    schema: { type: "string", maxLength: 64 },
    value: "x".repeat(65),
    violation: {
      rule: "length",
      pointer: "",
      expected: "a string of at most 64 characters",
      spec: "/maxLength",
    },
  },
  minimum: {
    schema: { type: "integer", minimum: 1, maximum: 9 },
    value: 0,
    violation: {
      rule: "range",
      pointer: "",
      received: "0",
      expected: "an integer of at least 1 and at most 9",
      spec: "/minimum",
    },
  },
  maximum: {
    schema: { type: "number", maximum: 9.5 },
    value: 10,
    violation: {
      rule: "range",
      pointer: "",
      received: "10",
      expected: "a number of at most 9.5",
      spec: "/maximum",
    },
  },
  exclusiveMinimum: {
    schema: { type: "number", exclusiveMinimum: 0 },
    value: 0,
    violation: {
      rule: "range",
      pointer: "",
      received: "0",
      expected: "a number above 0",
      spec: "/exclusiveMinimum",
    },
  },
  exclusiveMaximum: {
    schema: { type: "number", exclusiveMaximum: 0 },
    value: 0,
    violation: {
      rule: "range",
      pointer: "",
      received: "0",
      expected: "a number below 0",
      spec: "/exclusiveMaximum",
    },
  },
  multipleOf: {
    schema: { type: "integer", multipleOf: 3 },
    value: 4,
    violation: {
      rule: "range",
      pointer: "",
      received: "4",
      expected: "a multiple of 3",
      spec: "/multipleOf",
    },
  },
  minItems: {
    schema: { type: "array", minItems: 1 },
    value: [],
    violation: {
      rule: "items",
      pointer: "",
      received: "[]",
      expected: "an array of at least 1 item",
      spec: "/minItems",
    },
  },
  maxItems: {
    schema: { type: "array", minItems: 2, maxItems: 2 },
    value: [1, 2, 3],
    violation: {
      rule: "items",
      pointer: "",
      received: "[1,2,3]",
      expected: "an array of exactly 2 items",
      spec: "/maxItems",
    },
  },
  uniqueItems: {
    schema: { type: "array", uniqueItems: true },
    value: [1, 2, 1],
    violation: {
      rule: "items",
      pointer: "",
      received: "[1,2,1]",
      expected: "an array without duplicates (items 0 and 2 are equal)",
      spec: "/uniqueItems",
    },
  },
  contains: {
    schema: { type: "array", contains: { const: 1 }, minContains: 2 },
    value: [1, 2],
    violation: {
      rule: "items",
      pointer: "",
      received: "[1,2]",
      expected: "an array with at least 2 items of the kind that it must contain",
      spec: "/contains",
    },
  },
  unevaluatedItems: {
    schema: { type: "array", prefixItems: [text], unevaluatedItems: false },
    value: ["a", 1],
    violation: {
      rule: "items",
      pointer: "",
      received: '["a",1]',
      expected: "an array of at most 1 item",
      spec: "/unevaluatedItems",
    },
  },
  items: {
    schema: { type: "array", prefixItems: [text], items: whole },
    value: ["a", "b"],
    violation: { rule: "type", pointer: "/1", received: '"b"', expected: "an integer", spec: "/items/type" },
  },
  prefixItems: {
    schema: { type: "array", prefixItems: [text], items: false },
    value: ["a", 1],
    violation: {
      rule: "composition",
      pointer: "/1",
      received: "1",
      expected: "no value, as the contract allows none here",
      spec: "/items",
    },
  },
  properties: {
    schema: { type: "object", properties: { "a/b~c": whole } },
    value: { "a/b~c": "x" },
    violation: {
      rule: "type",
      pointer: "/a~1b~0c",
      received: '"x"',
      expected: "an integer",
      spec: "/properties/a~1b~0c/type",
    },
  },
  patternProperties: {
    schema: { type: "object", patternProperties: { "^x-": whole } },
    value: { "x-1": "x" },
    violation: {
      rule: "type",
      pointer: "/x-1",
      received: '"x"',
      expected: "an integer",
      spec: "/patternProperties/%5Ex-/type",
    },
  },
  required: {
    schema: { type: "object", required: ["a/b"] },
    value: {},
    violation: {
      rule: "required",
      pointer: "/a~1b",
      expected: 'the required property "a/b"',
      spec: "/required",
    },
  },
  dependentRequired: {
    schema: { type: "object", dependentRequired: { a: ["b"] } },
    value: { a: 1 },
    violation: {
      rule: "required",
      pointer: "/b",
      expected: 'the property "b", required beside "a"',
      spec: "/dependentRequired",
    },
  },
  dependentSchemas: {
    schema: { type: "object", dependentSchemas: { a: { required: ["b"] } } },
    value: { a: 1 },
    violation: {
      rule: "required",
      pointer: "/b",
      expected: 'the required property "b"',
      spec: "/dependentSchemas/a/required",
    },
  },
  additionalProperties: {
    schema: { type: "object", properties: { a: whole }, additionalProperties: false },
    value: { b: "x" },
    violation: {
      rule: "undocumented-property",
      pointer: "/b",
      received: '"x"',
      expected: 'a documented property: "a"',
      spec: "/additionalProperties",
    },
  },
  unevaluatedProperties: {
    schema: { type: "object", allOf: [{ properties: { a: whole } }], unevaluatedProperties: false },
    value: { a: 1, b: 2 },
    violation: {
      rule: "undocumented-property",
      pointer: "/b",
      received: "2",
      expected: "no such property, as it is not documented",
      spec: "/unevaluatedProperties",
    },
  },
  propertyNames: {
    schema: { type: "object", propertyNames: { maxLength: 1, type: "string" } },
    value: { ab: 1 },
    violation: {
      rule: "properties",
      pointer: "",
      received: '{"ab":1}',
      expected: 'an object without the property name "ab", which is not allowed',
      spec: "/propertyNames",
    },
  },
  minProperties: {
    schema: { type: "object", minProperties: 1 },
    value: {},
    violation: {
      rule: "properties",
      pointer: "",
      received: "{}",
      expected: "an object of at least 1 property",
      spec: "/minProperties",
    },
  },
  maxProperties: {
    schema: { type: "object", maxProperties: 2 },
    value: { a: 1, b: 2, c: 3 },
    violation: {
      rule: "properties",
      pointer: "",
      received: '{"a":1,"b":2,"c":3}',
      expected: "an object of at most 2 properties",
      spec: "/maxProperties",
    },
  },
  not: {
    schema: { not: text },
    value: "x",
    violation: {
      rule: "composition",
      pointer: "",
      received: '"x"',
      expected: "a value that does not fit the excluded schema",
      spec: "/not",
    },
  },
  allOf: {
    schema: { allOf: [text, { type: "string", minLength: 2 }] },
    value: "x",
    violation: {
      rule: "length",
      pointer: "",
      received: '"x"',
      expected: "a string of at least 2 characters",
      spec: "/allOf/1/minLength",
    },
  },
  $ref: {
    schema: { type: "array", items: { $ref: "#/components/schemas/Name" } },
    value: [5],
    violation: {
      rule: "type",
      pointer: "/0",
      received: "5",
      expected: "a string",
      spec: "#/components/schemas/Name/type",
    },
  },
  // biome-ignore lint/suspicious/noThenProperty: the name is JSON Schema's, and nobody awaits this table
  then: {
    // biome-ignore lint/suspicious/noThenProperty: the same
    schema: { if: text, then: { type: "string", minLength: 2 } },
    value: "x",
    violation: {
      rule: "length",
      pointer: "",
      received: '"x"',
      expected: "a string of at least 2 characters",
      spec: "/then/minLength",
    },
  },
  else: {
    schema: { if: text, else: whole },
    value: true,
    violation: { rule: "type", pointer: "", received: "true", expected: "an integer", spec: "/else/type" },
  },
  anyOf: {
    schema: { anyOf: [text, { type: "null" }] },
    value: 5,
    violation: { rule: "type", pointer: "", received: "5", expected: "a string or null", spec: "/anyOf" },
  },
  oneOf: {
    schema: {
      oneOf: [
        { ...whole, title: "any" },
        { ...whole, title: "small", maximum: 5 },
      ],
    },
    value: 1,
    violation: {
      rule: "composition",
      pointer: "",
      received: "1",
      expected: "exactly one alternative to fit, not any and small at once",
      spec: "/oneOf",
    },
  },
};

describe("a broken keyword is explained", () => {
  it.each(Object.entries(cases))("%s", (_, { schema, value, violation }) => {
    const { spec } = violation;
    expect(requestViolations(schema, value, { Name: text })).toEqual([
      {
        direction: "request",
        severity: "error",
        place: "body",
        received: expect.any(String),
        ...violation,
        ...(violation.rule === "required" ? { received: undefined } : {}),
        spec: spec.startsWith("#") ? spec : `${root}${spec}`,
      },
    ]);
  });

  it("and no keyword that asserts something is left out", () => {
    const asserting = Object.entries(schemaKeywords).filter(([, keyword]) => !("annotation" in keyword));
    const parts = ["if", "minContains", "maxContains"];
    expect(Object.keys(cases).sort()).toEqual(
      asserting
        .map(([name]) => name)
        .filter((name) => !parts.includes(name))
        .sort(),
    );
  });

  it("by one of the closed list of rules", () => {
    for (const { violation } of Object.values(cases)) expect(violationRules).toContain(violation.rule);
  });
});

describe("a composition is explained by what helps", () => {
  const Cat = {
    type: "object",
    required: ["kind", "lives"],
    properties: { kind: { const: "cat" }, lives: whole },
  };
  const Dog = {
    type: "object",
    required: ["kind", "tricks"],
    properties: { kind: { const: "dog" }, tricks: { type: "array", items: text } },
  };
  const schemas = { Cat, Dog };
  const pet = { oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }] };

  it("by the alternative with the right tag", () => {
    const violations = requestViolations(pet, { kind: "dog", tricks: ["sit", 5] }, schemas);
    expect(violations).toMatchObject([
      {
        rule: "type",
        pointer: "/tricks/1",
        expected: "a string",
        spec: "#/components/schemas/Dog/properties/tricks/items/type",
      },
    ]);
  });

  it("by all alternatives when none is likelier", () => {
    expect(requestViolations(pet, { kind: "cow" }, schemas)).toMatchObject([
      {
        rule: "composition",
        pointer: "",
        expected: expect.stringMatching(/^one of these to fit: Cat \(.*\); Dog \(.*\)$/),
      },
    ]);
  });

  it("by the values when all alternatives are fixed", () => {
    const schema = { anyOf: [{ const: "a" }, { const: "b" }] };
    expect(requestViolations(schema, "c")).toMatchObject([{ rule: "composition", expected: '"a" or "b"' }]);
  });

  it("by the only alternative of the right type", () => {
    const schema = {
      type: "object",
      properties: { pet: { anyOf: [{ $ref: "#/components/schemas/Cat" }, { type: "null" }] } },
    };
    expect(brief(requestViolations(schema, { pet: { kind: "cat", lives: "9" } }, schemas))).toEqual([
      "type /pet/lives",
    ]);
  });

  it("within compositions", () => {
    const schema = { anyOf: [{ type: "null" }, { type: "array", items: pet }] };
    const violations = requestViolations(schema, [{ kind: "cat", lives: 9 }, { kind: "dog" }], schemas);
    expect(brief(violations)).toEqual(["required /1/tricks"]);
  });

  it("by warnings alone when only undocumented properties keep it from fitting", () => {
    const Owner = { type: "object", properties: { pet: Cat } };
    const schema = { anyOf: [{ $ref: "#/components/schemas/Owner" }, { type: "null" }] };
    const value = { pet: { kind: "cat", lives: 9, colour: "red" } };
    expect(requestViolations(schema, value, { Owner })).toMatchObject([
      { severity: "warning", rule: "undocumented-property", pointer: "/pet/colour" },
    ]);
    expect(responseViolations(schema, value, { Owner })).toMatchObject([
      { severity: "error", rule: "undocumented-property", pointer: "/pet/colour" },
    ]);
  });

  it("without repeating the errors of its parts for what stands beside it", () => {
    const schema = { type: "object", properties: { a: whole, pet }, required: ["b"] };
    expect(brief(requestViolations(schema, { a: "x", pet: { kind: "cat" } }, schemas)).toSorted()).toEqual([
      "required /b",
      "required /pet/lives",
      "type /a",
    ]);
  });
});

describe("an undocumented property", () => {
  const alternatives = ["a", "b"].map((name) => ({
    type: "object",
    required: [name],
    properties: { [name]: whole },
  }));

  it.each(["constructor", "toString", "__proto__", "other"])(
    "beside alternatives is told although every object has a %s",
    (name) => {
      const value: JsonObject = JSON.parse(`{"a":1,"${name}":2}`);
      const found = [{ rule: "undocumented-property", pointer: `/${name}` }];
      expect(requestViolations({ anyOf: alternatives }, value)).toMatchObject(found);
      expect(responseViolations({ oneOf: alternatives }, value)).toMatchObject(found);
    },
  );

  it("of one value is none that the schema documents for the next", () => {
    const Part = { type: "object", properties: { a: whole } };
    const known = { $ref: "#/components/schemas/Part" };
    const widened = { allOf: [known, { type: "object", properties: { b: whole } }] };
    const excluded = (schema: JsonObject) => ({
      not: { type: "object", ...schema, unevaluatedProperties: false },
    });
    const schema = { prefixItems: [excluded(widened), excluded({ allOf: [known] })], type: "array" };
    const value = [{ c: 1 }, { b: 1 }];
    expect(brief(requestViolations(schema, value, { Part }))).toEqual([]);
    expect(brief(requestViolations(schema, [{ b: 1 }, { a: 1 }], { Part }))).toEqual([
      "composition /0",
      "composition /1",
    ]);
  });
});

describe("a list of a hundred thousand wrong items", () => {
  it("is explained as soon as a short one, where its items are referred to", () => {
    const Item = { type: "object", required: ["a"], properties: { a: whole } };
    const items = { $ref: "#/components/schemas/Item" };
    const value = Array.from({ length: 100_000 }, () => 0);
    const found = requestViolations({ type: "array", items }, value, { Item });
    expect(found).toHaveLength(100);
    expect(found[99]).toMatchObject({ rule: "type", pointer: "/99", expected: "an object" });
  });
});

describe("a received value", () => {
  const received = (value: JsonValue): string | undefined =>
    requestViolations({ type: "null" }, value)[0]?.received;

  it("is cut at 200 characters, never within one", () => {
    expect(received("x".repeat(500))).toHaveLength(200);
    expect(received("x".repeat(500))).toMatch(/x…$/);
    expect(received("😀".repeat(500))).toMatch(/😀…$/u);
    expect(received(Array.from({ length: 100_000 }, () => "x".repeat(100)))).toHaveLength(200);
    expect(received("x".repeat(198))).toBe(`"${"x".repeat(198)}"`);
  });

  it("is redacted below a name that sounds secret", () => {
    const value = { a: { Session_Token: "x", list: [{ "API-Key": 5 }] }, passwords: ["x"] };
    expect(received(value)).toBe(
      '{"a":{"Session_Token":"[redacted]","list":[{"API-Key":"[redacted]"}]},"passwords":"[redacted]"}',
    );
  });

  it("is redacted when the name stands in the pointer", () => {
    const schema = { type: "object", properties: { cookies: { type: "array", items: whole } } };
    expect(requestViolations(schema, { cookies: ["x"] })).toMatchObject([
      { pointer: "/cookies/0", received: '"[redacted]"' },
    ]);
  });
});

describe("the pointer of a violation", () => {
  it("is cut at 500 characters, since names may be as long as a body", () => {
    const schema = { type: "object", additionalProperties: { type: "string" } };
    const at = (name: string) => requestViolations(schema, { [name]: 1 }).map(({ pointer }) => pointer);
    expect(at("n".repeat(499))).toEqual([`/${"n".repeat(499)}`]);
    expect(at("n".repeat(5_000))).toEqual([`/${"n".repeat(498)}…`]);
    expect(at(`${"n".repeat(497)}\u{1f600}x`)).toEqual([`/${"n".repeat(497)}…`]);
  });

  it("tells a secret by its whole name", () => {
    const schema = { type: "object", additionalProperties: { type: "string" } };
    const [found] = requestViolations(schema, { [`${"n".repeat(600)}_token`]: 12_345_678 });
    expect(found?.received).toBe('"[redacted]"');
  });
});
