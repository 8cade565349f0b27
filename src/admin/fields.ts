import type { DecodedBody } from "../contract/contract.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../contract/json.ts";

/** The members of a body, which the contract has found in order; none when no body came. */
export function fieldsOf(body: DecodedBody): JsonObject {
  return body.kind === "json" && isJsonObject(body.value) ? body.value : {};
}

export function textField(fields: JsonObject, name: string): string | undefined {
  const value = ownValue(fields, name);
  return typeof value === "string" ? value : undefined;
}

export function numberField(fields: JsonObject, name: string): number | undefined {
  const value = ownValue(fields, name);
  return typeof value === "number" ? value : undefined;
}

export function flagField(fields: JsonObject, name: string): boolean | undefined {
  const value = ownValue(fields, name);
  return typeof value === "boolean" ? value : undefined;
}

/** A field whose values are words of a list. */
export function wordField<Word extends string>(
  fields: JsonObject,
  name: string,
  words: readonly Word[],
): Word | undefined {
  const value = ownValue(fields, name);
  return words.find((word) => word === value);
}

/** A field that lists words. */
export function wordsField<Word extends string>(
  fields: JsonObject,
  name: string,
  words: readonly Word[],
): readonly Word[] {
  const value = ownValue(fields, name);
  return isJsonArray(value) ? words.filter((word) => value.includes(word)) : [];
}

/** Only what the body itself has: `{}` has no `constructor`. */
function ownValue(fields: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}
