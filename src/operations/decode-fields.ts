import type { DecodedBody } from "../contract/contract.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../contract/json.ts";
import { parseUuid } from "../domain/ids.ts";
import type { Refusal } from "../domain/refusal.ts";

export type Decoded<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal };

type FieldKind = "string" | "uuid";

/**
 * Reads a body as the provider's decoder does: an object or null, unknown keys passed over, a key in another case taken,
 * a missing or null field is its empty value (`""`). UUIDs come in any of the forms that `parseUuid` reads.
 */
export function decodeFields<Field extends string>(
  body: DecodedBody,
  fields: readonly (readonly [field: Field, kind: FieldKind])[],
): Decoded<(field: Field) => string> {
  const object = objectOf(body);
  if (!object.ok) return object;
  const values = new Map<Field, string>();
  for (const [field, kind] of fields) {
    const text = textOf(fieldOf(object.value, field), { field, kind });
    if (!text.ok) return text;
    values.set(field, text.value);
  }
  return { ok: true, value: (field) => values.get(field) ?? "" };
}

/** A body as the object that it must be; null counts as an empty one. */
export function objectOf(body: DecodedBody): Decoded<JsonObject> {
  switch (body.kind) {
    case "none":
      return unreadable("EOF");
    case "unreadable":
      return unreadable(body.detail);
    case "too-large":
      return unreadable(`the body is larger than ${body.limit} bytes`);
    case "json":
      if (body.value === null) return { ok: true, value: {} };
      if (isJsonObject(body.value)) return { ok: true, value: body.value };
      return unreadable(`cannot unmarshal ${kindOf(body.value)} into an object`);
  }
}

/** A value by its key, exact if there is one, else in any case. */
export function fieldOf(object: JsonObject, field: string): JsonValue | undefined {
  if (Object.hasOwn(object, field)) return object[field];
  const key = Object.keys(object).findLast((candidate) => candidate.toLowerCase() === field);
  return key === undefined ? undefined : object[key];
}

/** What a JSON value is, in the decoder's words. */
export function kindOf(value: JsonValue): string {
  if (Array.isArray(value)) return "array";
  if (typeof value === "boolean") return "bool";
  return value === null ? "null" : typeof value;
}

function textOf(
  value: JsonValue | undefined,
  { field, kind }: { readonly field: string; readonly kind: FieldKind },
): Decoded<string> {
  if (value === undefined || value === null) return { ok: true, value: "" };
  if (typeof value !== "string")
    return unreadable(`cannot unmarshal ${kindOf(value)} into field ${field} of type ${kind}`);
  if (kind === "string") return { ok: true, value };
  const uuid = parseUuid(value);
  return uuid === undefined
    ? unreadable(`field ${field}: ${JSON.stringify(value)} has neither the length nor the format of a UUID`)
    : { ok: true, value: uuid };
}

function unreadable(detail: string): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { kind: "body-unreadable", detail } };
}
