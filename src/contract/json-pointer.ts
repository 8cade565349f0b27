import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "./json.ts";

/** The pointer (RFC 6901) to something inside of what `parent` points at. */
export function childPointer(parent: string, ...keys: readonly (string | number)[]): string {
  return keys.reduce<string>((pointer, key) => `${pointer}/${pointerToken(String(key))}`, parent);
}

function pointerToken(key: string): string {
  if (!/[~/]/.test(key)) return key;
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** The keys that a pointer goes through, unescaped. */
export function pointerKeys(pointer: string): readonly string[] {
  const tokens = pointer.split("/").slice(1);
  return pointer.includes("~") ? tokens.map(unescaped) : tokens;
}

function unescaped(token: string): string {
  return token.replaceAll("~1", "/").replaceAll("~0", "~");
}

export function resolvePointer(document: JsonObject, pointer: string): JsonValue | undefined {
  return pointerKeys(pointer).reduce<JsonValue | undefined>(member, document);
}

/** The pointer inside a local `$ref` such as `#/components/schemas/Task`; undefined for any other reference. */
export function localReference(ref: string): string | undefined {
  if (ref !== "#" && !ref.startsWith("#/")) return undefined;
  try {
    return decodeURIComponent(ref.slice(1));
  } catch (cause) {
    if (cause instanceof URIError) return undefined;
    throw cause;
  }
}

/** A pointer as the fragment of a URI: `#/paths/~1tasks~1%7Buser%7D`. */
export function pointerFragment(pointer: string): string {
  return `#${encodeURI(pointer).replaceAll("#", "%23")}`;
}

function member(value: JsonValue | undefined, key: string): JsonValue | undefined {
  if (isJsonArray(value)) return /^(?:0|[1-9]\d*)$/u.test(key) ? value[Number(key)] : undefined;
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
