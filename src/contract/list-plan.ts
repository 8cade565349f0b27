import { soleReference } from "./composition.ts";
import { isJsonObject, type JsonObject } from "./json.ts";
import { resolvePointer } from "./json-pointer.ts";
import { isAnnotation } from "./schemas/schema-keywords.ts";

/** A schema whose objects carry a list in one property, which can be checked item by item. */
export interface ListPlan {
  readonly property: string;
  /** Pointer of the items' schema, references followed. */
  readonly items: string;
}

const objectKeywords: readonly string[] = ["type", "properties", "required"];
const arrayKeywords: readonly string[] = ["type", "items"];

/**
 * Recognises an object with exactly one array property whose items are a reference. Anything that asserts more about the
 * object or the array (a size, uniqueness, a composition) cannot be taken apart, and is checked as a whole.
 */
export function planList(document: JsonObject, pointer: string): ListPlan | undefined {
  const schema = resolvePointer(document, pointer);
  if (!isJsonObject(schema) || !assertsOnly(schema, objectKeywords)) return undefined;
  const { type, properties } = schema;
  if (type !== "object" || !isJsonObject(properties)) return undefined;
  const lists = Object.keys(properties).flatMap((property) => {
    const items = itemsReference(properties[property]);
    return items === undefined ? [] : [{ property, items: followReferences(document, items) }];
  });
  return lists.length === 1 ? lists[0] : undefined;
}

/** The place that a chain of sole references ends at: uses of one schema are one, however they are written. */
export function followReferences(document: JsonObject, pointer: string): string {
  const seen = new Set<string>();
  let place = pointer;
  while (!seen.has(place)) {
    seen.add(place);
    const schema = resolvePointer(document, place);
    const target = isJsonObject(schema) ? soleReference(schema) : undefined;
    if (target === undefined) return place;
    place = target;
  }
  return place;
}

function itemsReference(schema: unknown): string | undefined {
  if (!isJsonObject(schema) || schema["type"] !== "array" || !assertsOnly(schema, arrayKeywords))
    return undefined;
  // A list that only one side sends is refused as a whole, not item by item.
  if (schema["writeOnly"] === true) return undefined;
  const { items } = schema;
  return isJsonObject(items) ? soleReference(items) : undefined;
}

function assertsOnly(schema: JsonObject, keywords: readonly string[]): boolean {
  return Object.keys(schema).every((keyword) => isAnnotation(keyword) || keywords.includes(keyword));
}
