import { contractFormats } from "../../contract/formats.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../contract/json.ts";
import { schemaKeyword } from "../../contract/schemas/schema-keywords.ts";

/** Whose meaning is lost without loss: they assert nothing, or say of a text what is in it. */
const dropped = [
  "discriminator",
  "nullable",
  "x-nullable",
  "collectionFormat",
  "allowEmptyValue",
  "contentEncoding",
  "contentMediaType",
];

/**
 * Writes a schema of OpenAPI 3.0 or 3.1, or of Swagger 2.0, as one of 3.1 that our own checks take. Nothing that asserts
 * anything is lost but formats that nobody here knows: what cannot be taken stays as it is and is complained about later.
 */
export function convertSchema(schema: JsonValue | undefined): JsonValue {
  if (!isJsonObject(schema)) return schema ?? true;
  const isNullable = schema["nullable"] === true || schema["x-nullable"] === true;
  const plain = typeof schema["$ref"] === "string" ? reference(schema) : withTypes(members(schema));
  return isNullable ? nullable(plain) : plain;
}

/** Siblings of a reference mean something since 3.1; before, tools put a `nullable` there and mean it. */
function reference(schema: JsonObject): JsonObject {
  const asserting = Object.keys(schema).some(
    (keyword) => keyword !== "$ref" && schemaKeyword(keyword)?.annotation !== true && !isDropped(keyword),
  );
  return asserting ? withTypes(members(schema)) : { $ref: schema["$ref"] };
}

function isDropped(keyword: string): boolean {
  return dropped.includes(keyword) || keyword.startsWith("x-");
}

function members(schema: JsonObject): JsonObject {
  const copy: Record<string, JsonValue> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (value === undefined || dropped.includes(keyword)) continue;
    const isUnknownFormat = keyword === "format" && !Object.hasOwn(contractFormats, String(value));
    if (!isUnknownFormat) copy[keyword] = member(keyword, value);
  }
  return exclusive(exclusive(copy, "minimum"), "maximum");
}

function member(keyword: string, value: JsonValue): JsonValue {
  switch (schemaKeyword(keyword)?.shape) {
    case "schema":
      return typeof value === "boolean" ? value : convertSchema(value);
    case "schema-list":
      return isJsonArray(value) ? value.map(convertSchema) : value;
    case "schema-map":
    case "pattern-map":
      return isJsonObject(value)
        ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, convertSchema(item)]))
        : value;
    default:
      return value;
  }
}

/** Before 3.1, `exclusiveMinimum: true` said of the minimum that it is not included. */
function exclusive(schema: JsonObject, bound: "minimum" | "maximum"): JsonObject {
  const keyword = bound === "minimum" ? "exclusiveMinimum" : "exclusiveMaximum";
  const flag = schema[keyword];
  if (typeof flag !== "boolean") return schema;
  const { [keyword]: _, [bound]: limit, ...rest } = schema;
  if (limit === undefined) return rest;
  return { ...rest, [flag ? keyword : bound]: limit };
}

/**
 * States the type that keywords are about where a document leaves it out, and leaves out keywords that are about another type
 * than the stated one: these assert nothing.
 */
function withTypes(schema: JsonObject): JsonObject {
  const { type } = schema;
  const about = [...new Set(Object.keys(schema).flatMap((name) => schemaKeyword(name)?.appliesTo ?? []))];
  if (type === undefined) {
    if (about.length === 0 || "enum" in schema || "const" in schema) return withoutIdle(schema, about);
    return { ...schema, type: about.length === 1 ? (about[0] ?? null) : about };
  }
  const stated = (isJsonArray(type) ? type : [type]).map((one) => (one === "integer" ? "number" : one));
  return withoutIdle(
    schema,
    about.filter((one) => !stated.includes(one)),
  );
}

function withoutIdle(schema: JsonObject, idle: readonly string[]): JsonObject {
  if (idle.length === 0) return schema;
  const kept = Object.entries(schema).filter(([name]) => {
    const about = schemaKeyword(name)?.appliesTo;
    return about === undefined || !idle.includes(about);
  });
  return Object.fromEntries(kept);
}

function nullable(schema: JsonObject): JsonObject {
  const { type, enum: values } = schema;
  const isPlain =
    typeof type === "string" && ["$ref", "allOf", "anyOf", "oneOf"].every((key) => !(key in schema));
  if (!isPlain) return { anyOf: [schema, { type: "null" }] };
  const alsoNull = isJsonArray(values) && !values.includes(null) ? { enum: [...values, null] } : {};
  return { ...schema, type: [type, "null"], ...alsoNull };
}
