import { isJsonArray, isJsonObject } from "./json.ts";

const limit = 200;
const secretName = /token|secret|password|authorization|cookie|api[-_]?key/iu;

/** What stands in a message where a secret came. */
export const redacted = JSON.stringify("[redacted]");

/** Whether a property, parameter or header of this name holds what must never be shown. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

/**
 * A value as JSON text for a message: at most 200 characters, the values of secret-sounding properties replaced. A long
 * value costs no more than a short one: writing stops at the limit.
 */
export function receivedText(value: unknown): string {
  const parts: string[] = [];
  write(value, { parts, room: limit + 1 });
  return cutAt(limit, parts.join(""));
}

/** At most so many characters of a text, with `…` for what is missing. */
export function cutAt(longest: number, text: string): string {
  if (text.length <= longest) return text;
  // Never half of a surrogate pair.
  const end = /[\uD800-\uDBFF]/u.test(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
  return `${copied(text.slice(0, end))}…`;
}

/** An engine keeps the whole of a text for as long as there is a slice of it: what is kept long must not hang on a body. */
function copied(slice: string): string {
  return slice.split("").join("");
}

interface Output {
  readonly parts: string[];
  room: number;
}

function put(output: Output, text: string): void {
  output.parts.push(text);
  output.room -= text.length;
}

function write(value: unknown, output: Output): void {
  if (output.room <= 0) return;
  if (isJsonArray(value)) writeArray(value, output);
  else if (isJsonObject(value)) writeObject(value, output);
  else if (typeof value === "string") put(output, JSON.stringify(value.slice(0, limit)));
  else put(output, JSON.stringify(value) ?? "undefined");
}

function writeArray(values: readonly unknown[], output: Output): void {
  put(output, "[");
  for (const [index, item] of values.entries()) {
    if (output.room <= 0) return;
    if (index > 0) put(output, ",");
    write(item, output);
  }
  put(output, "]");
}

function writeObject(value: object, output: Output): void {
  put(output, "{");
  let separator = "";
  for (const [name, item] of Object.entries(value)) {
    if (output.room <= 0) return;
    put(output, `${separator}${JSON.stringify(name.slice(0, limit))}:`);
    if (isSecretName(name)) put(output, redacted);
    else write(item, output);
    separator = ",";
  }
  put(output, "}");
}
