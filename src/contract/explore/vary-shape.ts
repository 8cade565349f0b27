import { soleReference } from "../composition.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../json.ts";
import { resolvePointer } from "../json-pointer.ts";
import { isAnnotation } from "../schemas/schema-keywords.ts";

/** What a schema says about one value. */
export interface Shape {
  readonly schema: JsonObject;
  /** The schema's name among the components; empty when it has none. */
  readonly name: string;
  readonly takesNull: boolean;
}

/**
 * Keywords whose meaning is understood here. A schema with any other has no freedom at all: what nobody has weighed must
 * not be played with.
 */
const understood: ReadonlySet<string> = new Set([
  "type",
  "enum",
  "const",
  "format",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "items",
  "minItems",
  "maxItems",
  "properties",
  "required",
  "additionalProperties",
]);

const componentPrefix = "/components/schemas/";

/** The one schema that speaks about a value, references and alternatives followed; undefined when several do, or none. */
export function shapeOf(document: JsonObject, start: unknown, value: JsonValue): Shape | undefined {
  const { schema, name } = target(document, start);
  if (schema === undefined) return undefined;
  const keywords = Object.keys(schema).filter((keyword) => !isAnnotation(keyword));
  const [only] = keywords;
  if (keywords.length === 1 && (only === "anyOf" || only === "oneOf")) {
    return alternative(document, { keyword: only, list: schema[only] }, value);
  }
  if (!keywords.every((keyword) => understood.has(keyword))) return undefined;
  return { schema, name, takesNull: admits(schema, null) };
}

interface Target {
  readonly schema: JsonObject | undefined;
  readonly name: string;
}

function target(document: JsonObject, start: unknown): Target {
  let schema = start;
  let name = "";
  // A reference that leads back to itself does not compile, so the way ends.
  while (isJsonObject(schema)) {
    const pointer = soleReference(schema);
    if (pointer === undefined) return { schema, name };
    name = pointer.startsWith(componentPrefix) ? pointer.slice(componentPrefix.length) : "";
    schema = resolvePointer(document, pointer);
  }
  return { schema: undefined, name };
}

interface Alternatives {
  readonly keyword: "anyOf" | "oneOf";
  readonly list: unknown;
}

function alternative(
  document: JsonObject,
  { keyword, list }: Alternatives,
  value: JsonValue,
): Shape | undefined {
  if (!isJsonArray(list)) return undefined;
  const shapes = list.map((member) => shapeOf(document, member, value));
  if (shapes.includes(undefined)) return undefined;
  const known = shapes.filter((shape) => shape !== undefined);
  const fitting = known.filter(({ schema }) => admits(schema, value));
  const nulls = known.filter(({ takesNull }) => takesNull).length;
  const [shape] = fitting;
  if (shape === undefined || fitting.length !== 1) return undefined;
  return { ...shape, takesNull: keyword === "oneOf" ? nulls === 1 : nulls > 0 };
}

/** Whether a value is of a type, and among the values, that a schema lists. */
function admits({ type, enum: values, const: only }: JsonObject, value: JsonValue): boolean {
  const types = isJsonArray(type) ? type : [type];
  if (!typesOf(value).some((one) => types.includes(one))) return false;
  if (isJsonArray(values) && !values.includes(value)) return false;
  return only === undefined || only === value;
}

function typesOf(value: JsonValue): readonly string[] {
  if (value === null) return ["null"];
  if (isJsonArray(value)) return ["array"];
  return typeof value === "number" ? ["number", "integer"] : [typeof value];
}
