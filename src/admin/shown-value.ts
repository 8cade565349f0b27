import { isJsonArray, isJsonObject, type JsonValue } from "../contract/json.ts";
import { oneLine } from "../domain/one-line.ts";

/** A value as a person reads it in a list of differences; what has parts is JSON text. */
export type ShownValue = string | number | boolean | null;

const longestValue = 200;
const hidden = "(hidden)";
/** Whoever may see that a token changed need not get it in a test's log. */
const secretKeys: readonly string[] = ["token", "tokens"];

/** At most 200 characters of a value, without its secrets. `key` is the nearest one above it that is no index. */
export function shownValue(key: string, value: JsonValue): ShownValue {
  const open = isSecret(key, value) ? hidden : value;
  if (open === null || typeof open === "number" || typeof open === "boolean") return open;
  const text = typeof open === "string" ? open : JSON.stringify(open, (name, part) => concealed(name, part));
  return cut(text, longestValue);
}

/** The value inside a sentence: on one line, and short. */
export function shortText(value: ShownValue): string {
  const text = oneLine(String(value));
  return text === "" ? '""' : cut(text, longestInSentence);
}

const longestInSentence = 60;

function concealed(name: string, part: JsonValue): JsonValue {
  return isSecret(name, part) ? hidden : part;
}

/** A number of that name counts tokens. */
function isSecret(key: string, value: JsonValue): boolean {
  return secretKeys.includes(key) && (typeof value === "string" || isJsonArray(value) || isJsonObject(value));
}

/** Never half of a surrogate pair. */
function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const end = /[\uD800-\uDBFF]/u.test(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
  return `${text.slice(0, end)}…`;
}
