import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../contract/json.ts";
import { childPointer, localReference, resolvePointer } from "../contract/json-pointer.ts";
import { schemaKeyword } from "../contract/schema-keywords.ts";

/** A response's schema with all that it refers to, ready for a generator. */
export interface SampleSchema {
  readonly schema: JsonValue;
  /** What `#/components/schemas/NAME` means in it. */
  readonly named: JsonObject;
}

/**
 * Cuts a schema out of its document, so that a generator makes what the contract lets pass: no property that the document does
 * not name (generators are fond of making them up where nothing forbids it), and none that is only ever written.
 */
export function sampleSchema(document: JsonObject, pointer: string): SampleSchema {
  const cut = new Cut(document);
  const schema = cut.copy(resolvePointer(document, pointer));
  return { schema, named: cut.finish() };
}

class Cut {
  readonly #document: JsonObject;
  readonly #names = new Map<string, string>();
  readonly #pending: string[] = [];

  constructor(document: JsonObject) {
    this.#document = document;
  }

  /** All that was referred to, directly or not. */
  finish(): JsonObject {
    const named: Record<string, JsonValue> = {};
    for (let target = this.#pending.pop(); target !== undefined; target = this.#pending.pop()) {
      named[this.#nameOf(target)] = this.copy(resolvePointer(this.#document, target));
    }
    return named;
  }

  copy(schema: JsonValue | undefined): JsonValue {
    if (!isJsonObject(schema)) return schema ?? true;
    const copy: Record<string, JsonValue> = {};
    for (const [keyword, value] of Object.entries(schema)) {
      if (value !== undefined) copy[keyword] = this.#keyword(keyword, value);
    }
    const hidden = this.#hidden(schema);
    if (hidden.length > 0) leaveOut(copy, hidden);
    const isClosed = "additionalProperties" in schema || "unevaluatedProperties" in schema;
    if ("properties" in schema && !isClosed) copy["additionalProperties"] = false;
    return copy;
  }

  #keyword(keyword: string, value: JsonValue): JsonValue {
    if (keyword === "$ref") return this.#reference(value);
    switch (schemaKeyword(keyword)?.shape) {
      case "schema":
        return this.copy(value);
      case "schema-list":
        return isJsonArray(value) ? value.map((item) => this.copy(item)) : value;
      case "schema-map":
      case "pattern-map":
        return isJsonObject(value)
          ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.copy(item)]))
          : value;
      default:
        return value;
    }
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

  #hidden({ properties }: JsonObject): readonly string[] {
    if (!isJsonObject(properties)) return [];
    return Object.keys(properties).filter((name) => {
      const property = properties[name];
      if (!isJsonObject(property)) return false;
      const { $ref, writeOnly } = property;
      const target = typeof $ref === "string" ? localReference($ref) : undefined;
      const referred = target === undefined ? undefined : resolvePointer(this.#document, target);
      return writeOnly === true || (isJsonObject(referred) && referred["writeOnly"] === true);
    });
  }
}

function leaveOut(copy: Record<string, JsonValue>, hidden: readonly string[]): void {
  const { properties, required } = copy;
  if (isJsonObject(properties)) {
    const kept = Object.entries(properties).filter(([name]) => !hidden.includes(name));
    copy["properties"] = Object.fromEntries(kept.map(([name, value]) => [name, value ?? true]));
  }
  if (isJsonArray(required)) copy["required"] = required.filter((name) => !hidden.includes(String(name)));
}
