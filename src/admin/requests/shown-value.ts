import { isJsonArray, isJsonObject, type JsonValue } from "../../contract/json.ts";
import { oneLine } from "../../domain/one-line.ts";
import { cutText } from "../cut-text.ts";

/** A value as data in a list of differences; what has parts is JSON text. */
type ShownValue = string | number | boolean | null;

const longestValue = 200;
const longestInSentence = 60;
const hidden = "(hidden)";
/** Whoever may see that a token changed need not get it in a test's log. */
const secretKeys: readonly string[] = ["token", "tokens"];

/** At most 200 characters of a value, without its secrets. `key` is the nearest one above it that is no index. */
export function shownValue(key: string, value: JsonValue): ShownValue {
  const open = isSecret(key, value) ? hidden : value;
  if (open === null || typeof open === "number" || typeof open === "boolean") return open;
  const text = typeof open === "string" ? open : JSON.stringify(open, (name, part) => concealed(name, part));
  return cutText(text, longestValue);
}

/** The value inside a sentence: on one line and short; of an object, the two things that tell most about it. */
export function spokenValue(key: string, value: JsonValue): string {
  const telling = isJsonObject(value) && !isSecret(key, value) ? tellingParts(Object.entries(value)) : [];
  if (telling.length === 0) return spoken(key, value);
  return `(${telling.map(([name, part]) => `${name} ${spoken(name, part)}`).join(", ")})`;
}

function spoken(key: string, value: JsonValue): string {
  const text = oneLine(String(shownValue(key, value)));
  return text === "" ? '""' : cutText(text, longestInSentence);
}

/** An instant as exports write it. */
export function isStamp(value: JsonValue | undefined): boolean {
  return typeof value === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value);
}

type Member = readonly [name: string, part: JsonValue];

/** Neither ids nor instants nor parts: what the record itself says first. */
function tellingParts(members: readonly (readonly [string, JsonValue | undefined])[]): readonly Member[] {
  const telling: Member[] = [];
  for (const [name, part] of members) {
    const isPlain = typeof part === "number" || (typeof part === "string" && part !== "" && !isStamp(part));
    if (isPlain && !/(?:^|_)id$/.test(name) && !isSecret(name, part)) telling.push([name, part]);
  }
  return telling.slice(0, 2);
}

function concealed(name: string, part: JsonValue): JsonValue {
  return isSecret(name, part) ? hidden : part;
}

/** A number of that name counts tokens. */
function isSecret(key: string, value: JsonValue): boolean {
  return secretKeys.includes(key) && (typeof value === "string" || isJsonArray(value) || isJsonObject(value));
}
