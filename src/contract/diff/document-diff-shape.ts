import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../json.ts";
import { type SchemaType, schemaTypes } from "../schemas/schema-keywords.ts";
import { type DiffReader, isSilent } from "./document-diff-reader.ts";

export const lowerLimits = [
  "minimum",
  "exclusiveMinimum",
  "minLength",
  "minItems",
  "minProperties",
  "minContains",
] as const;
export const upperLimits = [
  "maximum",
  "exclusiveMaximum",
  "maxLength",
  "maxItems",
  "maxProperties",
  "maxContains",
] as const;
type LimitName = (typeof lowerLimits)[number] | (typeof upperLimits)[number];

/** A schema in one piece: what all its parts together ask for. */
export interface Shape {
  /** `integer` and `number` both, where any number fits. */
  readonly types: ReadonlySet<SchemaType>;
  /** JSON texts of the only values that fit; undefined when there is no such list. */
  readonly values: ReadonlySet<string> | undefined;
  readonly properties: ReadonlyMap<string, JsonValue>;
  readonly required: ReadonlySet<string>;
  /** Of properties that are not named: a schema, or whether they may be there. */
  readonly additional: JsonValue;
  readonly items: JsonValue | undefined;
  readonly limits: ReadonlyMap<LimitName, number>;
  /** `oneOf` and `anyOf`, each with its alternatives, without the one for null. */
  readonly choices: readonly (readonly JsonValue[])[];
  /** Whether it asks for nothing besides one of its choices. */
  readonly isChoice: boolean;
  /** Whatever else asserts something, as text, by keyword. */
  readonly others: ReadonlyMap<string, string>;
}

/** For sizes a minimum of 0 means none. */
const sizes: ReadonlySet<LimitName> = new Set(["minLength", "minItems", "minProperties"] as const);
const limitNames: readonly LimitName[] = [...lowerLimits, ...upperLimits];
const readHere: ReadonlySet<string> = new Set([
  ...limitNames,
  ..."$ref allOf oneOf anyOf type enum const properties required additionalProperties items".split(" "),
]);

/** What `nullable` stands for in OpenAPI 3.0. */
const onlyNull: JsonObject = { type: "null" };

/** The shapes of a document's schemas, each put together once. */
export class Shapes {
  readonly #reader: DiffReader;
  readonly #known = new Map<JsonValue, Shape>();

  constructor(reader: DiffReader) {
    this.#reader = reader;
  }

  of(schema: JsonValue): Shape {
    const shape = this.#known.get(schema) ?? shapeOf(this.#reader, schema);
    this.#known.set(schema, shape);
    return shape;
  }
}

/** `above`: numbers of the schemas that this one is the only choice of; a choice of itself would have no end. */
function shapeOf(reader: DiffReader, schema: JsonValue, above: readonly number[] = []): Shape {
  const parts = partsOf(reader, schema, []);
  const own = reader.numberOf(reader.follow(schema));
  const only = above.includes(own) ? undefined : onlyChoice(reader, parts);
  if (only !== undefined) return nullable(shapeOf(reader, only.option, [...above, own]), only.orNull);
  const types = parts.map(typesOf);
  const values = parts.map(valuesOf).filter((list) => list !== undefined);
  const shape = {
    types: new Set(schemaTypes.filter((type) => types.every((set) => set.has(type)))),
    values: values.length === 0 ? undefined : values.reduce(common),
    properties: propertiesOf(reader, parts),
    required: new Set(parts.flatMap(({ required }) => (isJsonArray(required) ? required.map(String) : []))),
    additional: additionalOf(reader, parts),
    items: reader.combined(parts.map(({ items }) => items).filter((items) => !isAnything(reader, items))),
    limits: limitsOf(parts),
    choices: parts.flatMap(choicesOf),
    isChoice: parts.length === 1 && parts.every(isChoice),
    others: othersOf(reader, parts),
  } satisfies Shape;
  return nullable(shape, isNullable(schema));
}

/** Beside `allOf`, where types stand in its parts, it is not what the specification says but what is meant. */
function isNullable(schema: JsonValue): boolean {
  if (!isJsonObject(schema) || schema["allOf"] === undefined) return false;
  return schema["nullable"] === true && schema["type"] === undefined;
}

function isAnything(reader: DiffReader, schema: JsonValue | undefined): boolean {
  return schema === true || (isJsonObject(schema) && reader.text(schema) === "{}");
}

/** The plain schemas that all have to hold: references and `allOf` taken apart. */
function partsOf(reader: DiffReader, schema: JsonValue, above: readonly string[]): readonly JsonObject[] {
  if (schema === false) return [{ not: {} }];
  if (!isJsonObject(schema)) return [{}];
  const { $ref, allOf } = schema;
  const own = Object.keys(schema).every((name) => name === "$ref" || name === "allOf" || isSilent(name))
    ? []
    : [schema];
  const all = isJsonArray(allOf) ? allOf.flatMap((part) => partsOf(reader, part, above)) : [];
  if (typeof $ref !== "string" || above.includes($ref)) return [...own, ...all];
  const target = reader.follow({ $ref }) ?? true;
  return [...own, ...all, ...partsOf(reader, target, [...above, $ref])];
}

function typesOf({ type, nullable }: JsonObject): ReadonlySet<SchemaType> {
  if (type === undefined) return new Set(schemaTypes);
  const stated = isJsonArray(type) ? type : [type];
  const types = schemaTypes.filter((one) => stated.includes(one));
  return new Set([
    ...types,
    ...(types.includes("number") ? (["integer"] as const) : []),
    ...(nullable === true ? (["null"] as const) : []),
  ]);
}

function valuesOf({ enum: list, const: only, nullable }: JsonObject): ReadonlySet<string> | undefined {
  if (only !== undefined) return new Set([JSON.stringify(only)]);
  if (!isJsonArray(list)) return undefined;
  const texts = list.map((value) => JSON.stringify(value));
  return new Set(nullable === true ? [...texts, "null"] : texts);
}

function common(one: ReadonlySet<string>, other: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...one].filter((value) => other.has(value)));
}

function propertiesOf(reader: DiffReader, parts: readonly JsonObject[]): ReadonlyMap<string, JsonValue> {
  const found = new Map<string, JsonValue>();
  for (const { properties } of parts) {
    if (!isJsonObject(properties)) continue;
    for (const [name, schema] of Object.entries(properties)) {
      const both = reader.combined([found.get(name), schema]);
      if (both !== undefined) found.set(name, both);
    }
  }
  return found;
}

function additionalOf(reader: DiffReader, parts: readonly JsonObject[]): JsonValue {
  const stated = parts.map(({ additionalProperties }) => additionalProperties);
  return stated.includes(false)
    ? false
    : (reader.combined(stated.filter((one) => !isAnything(reader, one))) ?? true);
}

/** The strictest of each. */
function limitsOf(parts: readonly JsonObject[]): ReadonlyMap<LimitName, number> {
  const found = new Map<LimitName, number>();
  for (const part of parts.map(withNumericLimits)) {
    for (const name of limitNames) {
      const value = part[name];
      if (typeof value !== "number" || (value === 0 && sizes.has(name))) continue;
      const known = found.get(name) ?? value;
      const isLower = lowerLimits.some((lower) => lower === name);
      found.set(name, isLower ? Math.max(known, value) : Math.min(known, value));
    }
  }
  return found;
}

/** OpenAPI 3.0 says with `exclusiveMinimum: true` what 3.1 says with a number. */
function withNumericLimits(part: JsonObject): JsonObject {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = part;
  const low = exclusiveMinimum === true ? { exclusiveMinimum: minimum, minimum: undefined } : {};
  const high = exclusiveMaximum === true ? { exclusiveMaximum: maximum, maximum: undefined } : {};
  return { ...part, ...low, ...high };
}

function othersOf(reader: DiffReader, parts: readonly JsonObject[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const part of parts) {
    for (const [name, value] of Object.entries(part)) {
      if (readHere.has(name) || isSilent(name) || (name === "uniqueItems" && value === false)) continue;
      const text = typeof value === "string" ? value : reader.canonical(value);
      found.set(name, [found.get(name), text].filter((one) => one !== undefined).join(" and "));
    }
  }
  return found;
}

/** A choice between null and one other schema is that schema, made nullable: both ways of saying so are common. */
interface OnlyChoice {
  readonly option: JsonValue;
  readonly orNull: boolean;
}

function onlyChoice(reader: DiffReader, parts: readonly JsonObject[]): OnlyChoice | undefined {
  const [part, ...others] = parts;
  if (part === undefined || others.length > 0 || !isChoice(part)) return undefined;
  const list = choicesOf(part).flat();
  const [option, ...further] = list.filter((one) => !isNull(reader, one));
  if (option === undefined || further.length > 0) return undefined;
  return { option, orNull: list.length > 1 };
}

function choicesOf({
  oneOf,
  anyOf,
  nullable: isNullable,
  type,
}: JsonObject): readonly (readonly JsonValue[])[] {
  const withNull = isNullable === true && type === undefined ? [onlyNull] : [];
  return [oneOf, anyOf].filter(isJsonArray).map((list) => [...list, ...withNull]);
}

/** Whether a schema is a choice and asks for nothing besides. */
function isChoice(part: JsonObject): boolean {
  const asserting = Object.keys(part).filter((name) => !isSilent(name));
  return asserting.length === 1 && ["oneOf", "anyOf"].includes(asserting[0] ?? "");
}

function nullable(shape: Shape, isSo: boolean): Shape {
  if (!isSo) return shape;
  const values = shape.values === undefined ? undefined : new Set([...shape.values, "null"]);
  return { ...shape, values, types: new Set([...shape.types, "null"]) };
}

function isNull(reader: DiffReader, option: JsonValue): boolean {
  return reader.object(option)["type"] === "null";
}
