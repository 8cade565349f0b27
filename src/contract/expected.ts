import { describeFormat } from "./formats.ts";
import { isJsonArray, isJsonObject, type JsonValue } from "./json.ts";
import type { ReportedKeyword } from "./keyword-rules.ts";

/** A schema that was broken, as ajv hands it out, and what ajv says about the breach. */
export interface Breach {
  readonly schema: Readonly<Record<string, unknown>>;
  readonly params: Readonly<Record<string, unknown>>;
}

/** What a keyword asks for, as the end of a sentence. */
export function expectation(keyword: ReportedKeyword, breach: Breach): string {
  return expectations[keyword](breach);
}

const expectations = {
  type: ({ schema }) => describeTypes(schema["type"]),
  enum: ({ schema }) => describeValues(schema["enum"]),
  const: ({ schema }) => JSON.stringify(schema["const"]),
  format: ({ schema }) => describeFormat(String(schema["format"])),
  pattern: ({ schema }) => `a string that matches /${String(schema["pattern"])}/u`,
  minLength: ({ schema }) => describeLength(schema),
  maxLength: ({ schema }) => describeLength(schema),
  minimum: ({ schema }) => describeRange(schema),
  maximum: ({ schema }) => describeRange(schema),
  exclusiveMinimum: ({ schema }) => describeRange(schema),
  exclusiveMaximum: ({ schema }) => describeRange(schema),
  multipleOf: ({ schema }) => `a multiple of ${String(schema["multipleOf"])}`,
  unevaluatedItems: ({ params }) => `an array of at most ${count(params["limit"], "item")}`,
  contains: ({ params }) => describeContains(params),
  minItems: ({ schema }) => `an array of ${describeSize([schema["minItems"], schema["maxItems"]], "item")}`,
  maxItems: ({ schema }) => `an array of ${describeSize([schema["minItems"], schema["maxItems"]], "item")}`,
  uniqueItems: ({ params }) =>
    `an array without duplicates (items ${String(params["j"])} and ${String(params["i"])} are equal)`,
  required: ({ params }) => `the required property ${JSON.stringify(params["missingProperty"])}`,
  dependentRequired: ({ params }) =>
    `the property ${JSON.stringify(params["missingProperty"])}, required beside ${JSON.stringify(params["property"])}`,
  additionalProperties: describeDocumented,
  unevaluatedProperties: describeDocumented,
  propertyNames: ({ params }) =>
    `an object without the property name ${JSON.stringify(params["propertyName"])}, which is not allowed`,
  minProperties: ({ schema }) => describeProperties(schema),
  maxProperties: ({ schema }) => describeProperties(schema),
  not: () => "a value that does not fit the excluded schema",
  if: () => "a value that fits the conditions",
  anyOf: () => "a value that fits one of the alternatives",
  oneOf: () => "a value that fits exactly one of the alternatives",
} as const satisfies Record<ReportedKeyword, (breach: Breach) => string>;

const typePhrases: Readonly<Record<string, string>> = {
  null: "null",
  boolean: "a boolean",
  integer: "an integer",
  number: "a number",
  string: "a string",
  array: "an array",
  object: "an object",
};

/** `a string or null`, from the value of `type`. */
function describeTypes(types: unknown): string {
  const list = isJsonArray(types) ? types : [types];
  return alternatives(list.map((type) => typePhrases[String(type)] ?? String(type)));
}

/** `a`, `a or b`, `a, b or c`. */
export function alternatives(phrases: readonly string[]): string {
  if (phrases.length < 2) return phrases.join("");
  return `${phrases.slice(0, -1).join(", ")} or ${phrases.slice(-1).join("")}`;
}

/** `one of "a", "b"`; a single value stands for itself. */
function describeValues(values: unknown): string {
  const list = isJsonArray(values) ? values : [];
  const shown = list.slice(0, 30).map((value: JsonValue) => JSON.stringify(value));
  if (list.length === 1) return shown.join("");
  return `one of ${shown.join(", ")}${list.length > shown.length ? ", …" : ""}`;
}

function describeLength(schema: Breach["schema"]): string {
  return `a string of ${describeSize([schema["minLength"], schema["maxLength"]], "character")}`;
}

function describeProperties(schema: Breach["schema"]): string {
  return `an object of ${describeSize([schema["minProperties"], schema["maxProperties"]], "property")}`;
}

/** `at least 1 item`, `at most 3 items`, `1 to 3 items`, `exactly 3 items`. */
function describeSize([least, most]: readonly [unknown, unknown], noun: string): string {
  if (least === undefined) return `at most ${count(most, noun)}`;
  if (most === undefined) return `at least ${count(least, noun)}`;
  return least === most ? `exactly ${count(most, noun)}` : `${String(least)} to ${count(most, noun)}`;
}

function describeContains(params: Breach["params"]): string {
  const { minContains, maxContains } = params;
  return `an array with ${describeSize([minContains ?? 1, maxContains], "item")} of the kind that it must contain`;
}

function describeRange(schema: Breach["schema"]): string {
  const { type, minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  const noun = type === "integer" ? "an integer" : "a number";
  const bounds = [
    ...(minimum === undefined ? [] : [`at least ${String(minimum)}`]),
    ...(exclusiveMinimum === undefined ? [] : [`above ${String(exclusiveMinimum)}`]),
    ...(maximum === undefined ? [] : [`at most ${String(maximum)}`]),
    ...(exclusiveMaximum === undefined ? [] : [`below ${String(exclusiveMaximum)}`]),
  ];
  return `${noun} of ${bounds.join(" and ")}`.replace(" of above", " above").replace(" of below", " below");
}

/** Without the names of compositions: a schema's own `properties` tell enough, and nothing is said when it has none. */
function describeDocumented({ schema }: Breach): string {
  const { properties } = schema;
  const names = isJsonObject(properties) ? Object.keys(properties) : [];
  if (names.length === 0) return "no such property, as it is not documented";
  return `a documented property: ${describeValues(names)}`;
}

function count(number: unknown, noun: string): string {
  const plural = noun === "property" ? "properties" : `${noun}s`;
  return `${String(number)} ${number === 1 ? noun : plural}`;
}
