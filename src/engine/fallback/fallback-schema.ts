import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../contract/json.ts";
import { childPointer, localReference, resolvePointer } from "../../contract/json-pointer.ts";
import { schemaKeyword } from "../../contract/schemas/schema-keywords.ts";

/** A response's schema with all that it refers to, ready for a generator. */
export interface SampleSchema {
  readonly schema: JsonValue;
  /** What `#/components/schemas/NAME` means in it. */
  readonly named: JsonObject;
}

/**
 * Cuts a schema out of its document, so that a generator makes what the contract lets pass: no property that the document does
 * not name (generators are fond of making them up where nothing forbids it), and none that is only ever written. `without`:
 * pointers of what is left out besides.
 */
export function sampleSchema(
  document: JsonObject,
  pointer: string,
  without: ReadonlySet<string> = nothing,
): SampleSchema {
  const cut = new Cut(document, without);
  const schema = cut.copy(pointer);
  return { schema, named: cut.finish() };
}

const nothing: ReadonlySet<string> = new Set();

class Cut {
  readonly #document: JsonObject;
  readonly #without: ReadonlySet<string>;
  readonly #names = new Map<string, string>();
  readonly #pending: string[] = [];

  constructor(document: JsonObject, without: ReadonlySet<string>) {
    this.#document = document;
    this.#without = without;
  }

  /** All that was referred to, directly or not. */
  finish(): JsonObject {
    const named: Record<string, JsonValue> = {};
    for (let target = this.#pending.pop(); target !== undefined; target = this.#pending.pop()) {
      named[this.#nameOf(target)] = this.copy(target);
    }
    return named;
  }

  copy(pointer: string): JsonValue {
    const schema = resolvePointer(this.#document, pointer);
    if (!isJsonObject(schema)) return schema ?? true;
    if (isWrapper(schema)) return this.copy(childPointer(pointer, "allOf", 0));
    const copy: Record<string, JsonValue> = {};
    for (const [keyword, value] of Object.entries(schema)) {
      if (value !== undefined) copy[keyword] = this.#keyword(value, childPointer(pointer, keyword), keyword);
    }
    const hidden = this.#hidden(schema, pointer);
    if (hidden.length > 0) leaveOut(copy, hidden);
    if (this.#isLeftOut(pointer, "items")) Object.assign(copy, { items: true, maxItems: 0 });
    const isClosed = "additionalProperties" in schema || "unevaluatedProperties" in schema;
    const isEmpty = this.#isLeftOut(pointer, "additionalProperties");
    if (isEmpty || ("properties" in schema && !isClosed)) copy["additionalProperties"] = false;
    return copy;
  }

  #keyword(value: JsonValue, pointer: string, keyword: string): JsonValue {
    if (keyword === "$ref") return this.#reference(value);
    switch (schemaKeyword(keyword)?.shape) {
      case "schema":
        return this.copy(pointer);
      case "schema-list":
        return isJsonArray(value) ? this.#list(value, pointer) : value;
      case "schema-map":
      case "pattern-map":
        return isJsonObject(value)
          ? Object.fromEntries(
              Object.keys(value).map((name) => [name, this.copy(childPointer(pointer, name))]),
            )
          : value;
      default:
        return value;
    }
  }

  #list(list: readonly JsonValue[], pointer: string): JsonValue {
    return [...list.keys()]
      .filter((index) => !this.#isLeftOut(pointer, index))
      .map((index) => this.copy(childPointer(pointer, index)));
  }

  #isLeftOut(pointer: string, ...segments: readonly (string | number)[]): boolean {
    return this.#without.size > 0 && this.#without.has(childPointer(pointer, ...segments));
  }

  #reference(ref: JsonValue): JsonValue {
    const target = typeof ref === "string" ? localReference(ref) : undefined;
    return target === undefined ? ref : `#${childPointer("/components/schemas", this.#nameOf(target))}`;
  }

  #nameOf(target: string): string {
    const known = this.#names.get(target);
    if (known !== undefined) return known;
    const name = `s${this.#names.size}`;
    this.#names.set(target, name);
    this.#pending.push(target);
    return name;
  }

  #hidden({ properties }: JsonObject, pointer: string): readonly string[] {
    if (!isJsonObject(properties)) return [];
    return Object.keys(properties).filter((name) => {
      if (this.#isLeftOut(pointer, "properties", name)) return true;
      const property = properties[name];
      if (!isJsonObject(property)) return false;
      const { $ref, writeOnly } = property;
      const target = typeof $ref === "string" ? localReference($ref) : undefined;
      const referred = target === undefined ? undefined : resolvePointer(this.#document, target);
      return writeOnly === true || (isJsonObject(referred) && referred["writeOnly"] === true);
    });
  }
}

/** Documents of before 3.1 wrap a reference to describe it; generators take that for a schema that they cannot merge. */
function isWrapper(schema: JsonObject): boolean {
  const { allOf } = schema;
  const isPlain = Object.keys(schema).every((keyword) => plainKeywords.includes(keyword));
  return isJsonArray(allOf) && allOf.length === 1 && isPlain;
}

const plainKeywords = ["allOf", "title", "description", "readOnly", "deprecated", "externalDocs"];

function leaveOut(copy: Record<string, JsonValue>, hidden: readonly string[]): void {
  const { properties, required } = copy;
  if (isJsonObject(properties)) {
    const kept = Object.entries(properties).filter(([name]) => !hidden.includes(name));
    copy["properties"] = Object.fromEntries(kept.map(([name, value]) => [name, value ?? true]));
  }
  if (isJsonArray(required)) copy["required"] = required.filter((name) => !hidden.includes(String(name)));
}
