import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../json.ts";
import { childPointer, localReference, resolvePointer } from "../json-pointer.ts";
import { documentError, type Located } from "../operation-source.ts";
import { declaredProperties } from "../schemas/declared-properties.ts";
import type { SchemaCheck, SchemaChecks } from "../schemas/schema-checks.ts";
import { type SchemaType, schemaTypes } from "../schemas/schema-keywords.ts";

type ParameterPlace = "path" | "query" | "header" | "cookie";
type ParameterStyle = "simple" | "form" | "deepObject";

/** The types that a text may be read as. */
export type Types = ReadonlySet<SchemaType>;

export type ParameterShape =
  | { readonly kind: "scalar"; readonly types: Types }
  | { readonly kind: "array"; readonly items: Types }
  | { readonly kind: "object"; readonly properties: ReadonlyMap<string, Types> };

/** A documented parameter, ready to be read and checked. */
export interface ParameterPlan {
  readonly name: string;
  readonly place: ParameterPlace;
  readonly required: boolean;
  readonly style: ParameterStyle;
  readonly explode: boolean;
  readonly shape: ParameterShape;
  /** Of the parameter object in the document. */
  readonly pointer: string;
  /** Of the parameter inside its place: `/limit`. */
  readonly prefix: string;
  readonly check: SchemaCheck;
}

/** The styles that we read, and the default first. */
const stylesOf = {
  path: ["simple"],
  query: ["form", "deepObject"],
  header: ["simple"],
  cookie: ["form"],
} as const satisfies Record<ParameterPlace, readonly ParameterStyle[]>;

/** OpenAPI leaves these to the content negotiation and to the security schemes. */
const ignoredHeaders: readonly string[] = ["accept", "content-type", "authorization"];

/**
 * Reads a parameter object. Undefined for a header that OpenAPI says to ignore. Throws a `ContractError`
 * (`document-shape`) for a style, a shape or a content map that we could not read values of.
 */
export function planParameter(
  document: JsonObject,
  checks: SchemaChecks,
  parameter: Located,
): ParameterPlan | undefined {
  const { value, pointer } = parameter;
  const { name, schema, required } = value;
  const place = placeOf(parameter);
  if (typeof name !== "string" || name === "") throw documentError(pointer, "a parameter needs a name");
  if (place === "header" && ignoredHeaders.includes(name.toLowerCase())) return undefined;
  if (schema === undefined) throw documentError(pointer, "only parameters with a schema are supported");
  const style = styleOf(place, parameter);
  const explode = typeof value["explode"] === "boolean" ? value["explode"] : style === "form";
  const schemaPointer = childPointer(pointer, "schema");
  const shape = shapeOf(document, schemaPointer);
  checkCombination({ place, style, explode, shape }, pointer);
  return {
    name,
    place,
    required: required === true,
    style,
    explode,
    shape,
    pointer,
    prefix: childPointer("", name),
    check: checks.check(schemaPointer, "request"),
  };
}

function placeOf({ value, pointer }: Located): ParameterPlace {
  const { in: place } = value;
  if (place === "path" || place === "query" || place === "header" || place === "cookie") return place;
  throw documentError(childPointer(pointer, "in"), "must be path, query, header or cookie");
}

function styleOf(place: ParameterPlace, { value, pointer }: Located): ParameterStyle {
  const supported: readonly ParameterStyle[] = stylesOf[place];
  const { style = supported[0] } = value;
  const found = supported.find((one) => one === style);
  if (found !== undefined) return found;
  const message = `the style ${JSON.stringify(style)} is not supported in a ${place}, only ${supported.join(", ")}`;
  throw documentError(childPointer(pointer, "style"), message);
}

type Combination = Pick<ParameterPlan, "place" | "style" | "explode" | "shape">;

function checkCombination({ place, style, explode, shape }: Combination, pointer: string): void {
  if (style === "deepObject" && shape.kind !== "object") {
    throw documentError(pointer, "the style deepObject needs a schema of type object");
  }
  if (place === "cookie" && explode && shape.kind !== "scalar") {
    throw documentError(pointer, "arrays and objects in a cookie need explode: false");
  }
}

function shapeOf(document: JsonObject, pointer: string): ParameterShape {
  const types = typesOf(document, pointer);
  if (types.size === 0) throw documentError(pointer, "the schema of a parameter must say its type");
  const structured = types.has("array") || types.has("object");
  if (!structured) return { kind: "scalar", types };
  if (types.size > 1)
    throw documentError(pointer, "a parameter cannot be both an array or object and something else");
  if (types.has("array")) {
    return { kind: "array", items: scalarTypes(document, itemsPointer(document, pointer)) };
  }
  const declared = [...declaredProperties(document, pointer)];
  const properties = declared.map(([name, [first = ""]]) => [name, scalarTypes(document, first)] as const);
  return { kind: "object", properties: new Map(properties) };
}

function scalarTypes(document: JsonObject, pointer: string): Types {
  const types = typesOf(document, pointer);
  if (types.size === 0 || types.has("array") || types.has("object")) {
    throw documentError(pointer, "inside of a parameter, each value must be of a scalar type");
  }
  return types;
}

function itemsPointer(document: JsonObject, pointer: string): string {
  const schema = resolvePointer(document, pointer);
  if (isJsonObject(schema) && typeof schema["$ref"] === "string" && schema["items"] === undefined) {
    return itemsPointer(document, localReference(schema["$ref"]) ?? "");
  }
  return childPointer(pointer, "items");
}

/** Every type that the schema lets a value have; empty when it does not say. */
function typesOf(document: JsonObject, pointer: string): Types {
  const schema = resolvePointer(document, pointer);
  if (!isJsonObject(schema)) return new Set();
  const { $ref, type, allOf, enum: values, const: only } = schema;
  if (type !== undefined) return new Set(schemaTypes.filter((one) => one === type || includes(type, one)));
  if (typeof $ref === "string") return typesOf(document, localReference($ref) ?? "");
  if (isJsonArray(values)) return new Set(values.map(typeOfValue));
  if (only !== undefined) return new Set([typeOfValue(only)]);
  const parts = (keyword: "allOf" | "anyOf" | "oneOf"): readonly Types[] => {
    const list = schema[keyword];
    const indexes = isJsonArray(list) ? [...list.keys()] : [];
    return indexes.map((index) => typesOf(document, childPointer(pointer, keyword, index)));
  };
  if (isJsonArray(allOf)) return parts("allOf").find((types) => types.size > 0) ?? new Set();
  return new Set([...parts("anyOf"), ...parts("oneOf")].flatMap((types) => [...types]));
}

function includes(list: JsonValue, value: string): boolean {
  return isJsonArray(list) && list.includes(value);
}

function typeOfValue(value: JsonValue): SchemaType {
  if (value === null) return "null";
  if (isJsonArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  if (typeof value === "string") return "string";
  return typeof value === "boolean" ? "boolean" : "object";
}
