import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "./json.ts";
import { localReference } from "./json-pointer.ts";
import { isAnnotation } from "./schemas/schema-keywords.ts";

/** Keywords that let another schema speak about the very same value. */
const composing = ["$ref", "allOf", "anyOf", "oneOf", "if", "then", "else", "dependentSchemas"] as const;

/** Whether more than one schema has a say on the very same value. A sole reference is no composition. */
export function isComposed(schema: JsonObject): boolean {
  return composing.some((keyword) => keyword in schema) && soleReference(schema) === undefined;
}

/** The target of a schema that is a reference and nothing more. */
export function soleReference(schema: JsonObject): string | undefined {
  const { $ref } = schema;
  if (typeof $ref !== "string") return undefined;
  const assertions = Object.keys(schema).filter((keyword) => !isAnnotation(keyword));
  return assertions.length === 1 ? localReference($ref) : undefined;
}

/** Whether a transformed schema, or a part of it that applies in place, declares properties. */
export function declares(copy: JsonValue): boolean {
  if (!isJsonObject(copy)) return false;
  if ("properties" in copy) return true;
  const { dependentSchemas } = copy;
  const lists = [copy["allOf"], copy["anyOf"], copy["oneOf"]].filter(isJsonArray).flat();
  const maps = isJsonObject(dependentSchemas) ? Object.values(dependentSchemas) : [];
  return [...lists, copy["then"], copy["else"], ...maps].some((part) => part !== undefined && declares(part));
}

/** An alternative that takes any object documents every property, so none of them is undocumented. */
export function unlimited(alternative: JsonValue): JsonValue {
  if (!isJsonObject(alternative)) return alternative;
  const { type } = alternative;
  const takesObjects = type === "object" || (isJsonArray(type) && type.includes("object"));
  const limits = ["properties", "patternProperties", "additionalProperties", "unevaluatedProperties"];
  const limited = [...limits, ...composing].some((keyword) => keyword in alternative);
  if (takesObjects && !limited) Object.assign(alternative, { additionalProperties: true });
  return alternative;
}
