import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../json.ts";
import { childPointer, localReference, resolvePointer } from "../json-pointer.ts";
import type { Direction } from "../violation.ts";

/** Property names that a schema declares for one value, itself or by composition, with the pointers of their schemas. */
export type DeclaredProperties = ReadonlyMap<string, readonly string[]>;

/** What a schema declares through `properties`, `$ref` and every in-place keyword; follows circles once. */
export function declaredProperties(document: JsonObject, pointer: string): DeclaredProperties {
  const declared = new Map<string, string[]>();
  const seen = new Set<string>();
  const pending = [pointer];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const schema = resolvePointer(document, next);
    if (seen.has(next) || !isJsonObject(schema)) continue;
    seen.add(next);
    const { properties } = schema;
    for (const name of isJsonObject(properties) ? Object.keys(properties) : []) {
      declared.set(name, [...(declared.get(name) ?? []), childPointer(next, "properties", name)]);
    }
    pending.push(...inPlacePointers(schema, next));
  }
  return declared;
}

/** The names that must not travel in a direction: `readOnly` in requests, `writeOnly` in responses. */
export function hiddenProperties(
  document: JsonObject,
  pointer: string,
  direction: Direction,
): ReadonlySet<string> {
  const word = direction === "request" ? "readOnly" : "writeOnly";
  const declared = [...declaredProperties(document, pointer)];
  const hidden = declared.filter(([, pointers]) => pointers.some((place) => carries(document, place, word)));
  return new Set(hidden.map(([name]) => name));
}

/** Whether a property's schema, or one that it refers to, carries the annotation. */
function carries(document: JsonObject, pointer: string, word: "readOnly" | "writeOnly"): boolean {
  const seen = new Set<string>();
  const pending = [pointer];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const schema = resolvePointer(document, next);
    if (seen.has(next) || !isJsonObject(schema)) continue;
    if (schema[word] === true) return true;
    seen.add(next);
    pending.push(...referencePointer(schema), ...listPointers(schema["allOf"], childPointer(next, "allOf")));
  }
  return false;
}

function inPlacePointers(schema: JsonObject, pointer: string): readonly string[] {
  const { dependentSchemas } = schema;
  const single = ["if", "then", "else"].filter((keyword) => isJsonObject(schema[keyword]));
  return [
    ...referencePointer(schema),
    ...["allOf", "anyOf", "oneOf"].flatMap((keyword) =>
      listPointers(schema[keyword], childPointer(pointer, keyword)),
    ),
    ...single.map((keyword) => childPointer(pointer, keyword)),
    ...(isJsonObject(dependentSchemas) ? Object.keys(dependentSchemas) : []).map((name) =>
      childPointer(pointer, "dependentSchemas", name),
    ),
  ];
}

function referencePointer(schema: JsonObject): readonly string[] {
  const { $ref } = schema;
  const target = typeof $ref === "string" ? localReference($ref) : undefined;
  return target === undefined ? [] : [target];
}

function listPointers(list: JsonValue | undefined, pointer: string): readonly string[] {
  return isJsonArray(list) ? [...list.keys()].map((index) => childPointer(pointer, index)) : [];
}
