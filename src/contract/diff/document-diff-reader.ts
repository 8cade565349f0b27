import { ContractError } from "../contract-error.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../json.ts";
import { localReference, resolvePointer } from "../json-pointer.ts";
import { isAnnotation } from "../schemas/schema-keywords.ts";

/** Members that are read on their own, or that say nothing of values. */
const silent: ReadonlySet<string> = new Set([
  "nullable",
  "xml",
  "definitions",
  "contentEncoding",
  "contentMediaType",
]);

/** Reads a document as it is: OpenAPI 3.0 or 3.1, whoever wrote it. */
export class DiffReader {
  readonly document: JsonObject;
  readonly #numbers = new WeakMap<object, number>();
  readonly #texts = new WeakMap<object, string>();
  readonly #combined = new Map<string, JsonObject>();
  #count = 0;

  /** Throws a `ContractError` (`document-shape`) for what is no OpenAPI document of version 3. */
  constructor(document: JsonObject) {
    const { openapi } = document;
    if (typeof openapi !== "string" || !/^3\.[01](?:\.|$)/u.test(openapi)) {
      const found = JSON.stringify(openapi ?? document["swagger"]) ?? "missing";
      throw shapeError(`must be OpenAPI 3.0 or 3.1, but its version is ${found}`);
    }
    if (!isJsonObject(document["paths"])) throw shapeError('needs an object "paths"');
    this.document = document;
  }

  /** Follows references until something stands there. Throws a `ContractError` for one that leads nowhere. */
  follow(value: JsonValue | undefined): JsonValue | undefined {
    const first = referenceOf(value);
    if (first === undefined) return value;
    const seen = new Set<string>();
    let found = value;
    for (let next: string | undefined = first; next !== undefined; next = referenceOf(found)) {
      if (seen.has(next)) throw shapeError(`the reference ${JSON.stringify(next)} leads back to itself`);
      seen.add(next);
      found = this.#target(next);
    }
    return found;
  }

  /** An object of the document, references followed; empty for what is not there. */
  object(value: JsonValue | undefined): JsonObject {
    const found = this.follow(value);
    return isJsonObject(found) ? found : {};
  }

  /** The same number for the same object of the document, so that a way that leads in circles can be told. */
  numberOf(value: JsonValue | undefined): number {
    if (!isJsonObject(value)) return value === false ? -1 : 0;
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    this.#count += 1;
    this.#numbers.set(value, this.#count);
    return this.#count;
  }

  /** One schema that asks for what all of them do; the same object for the same ones. */
  combined(schemas: readonly (JsonValue | undefined)[]): JsonValue | undefined {
    const present = schemas.filter((schema) => schema !== undefined);
    if (present.length < 2) return present[0];
    const key = present.map((schema) => this.numberOf(schema)).join(" ");
    const whole = this.#combined.get(key) ?? { allOf: present };
    this.#combined.set(key, whole);
    return whole;
  }

  /** A schema as text, annotations left out, references as they stand. */
  text(value: JsonValue | undefined): string {
    if (!isJsonObject(value)) return schemaText(value);
    const text = this.#texts.get(value) ?? schemaText(value);
    this.#texts.set(value, text);
    return text;
  }

  /**
   * A schema with all that it refers to as text: the same for schemas that say the same. Each reference is followed once: in
   * a dense web of schemas, writing out every way through it would never end.
   */
  canonical(value: JsonValue | undefined): string {
    const texts = [this.text(value)];
    const seen = new Set<string>();
    const pending = referencesIn(value);
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      const target = this.#target(next);
      texts.push(`${next}: ${this.text(target)}`);
      pending.push(...referencesIn(target));
    }
    return texts.join("\n");
  }

  #target(reference: string): JsonValue {
    const pointer = localReference(reference);
    if (pointer === undefined) {
      throw shapeError(
        `the reference ${JSON.stringify(reference)} leads out of it; bundle it into one file first`,
      );
    }
    const target = resolvePointer(this.document, pointer);
    if (target !== undefined) return target;
    throw shapeError(`the reference ${JSON.stringify(reference)} points at nothing in it`);
  }
}

/** Members that map names to schemas: there, `title` is the name of a property. */
const maps: ReadonlySet<string> = new Set([
  "properties",
  "patternProperties",
  "dependentRequired",
  "dependentSchemas",
]);

/** They are read on their own: which way a value goes, and whether null may stand in its place. */
const readApart: ReadonlySet<string> = new Set(["readOnly", "writeOnly", "nullable"]);

/** A schema as text, annotations left out, references as they stand. */
function schemaText(value: JsonValue | undefined, isMap = false): string {
  if (isJsonArray(value)) return `[${value.map((item) => schemaText(item)).join(",")}]`;
  if (!isJsonObject(value)) return JSON.stringify(value) ?? "";
  const members = Object.entries(value)
    .filter(([name]) => isMap || readApart.has(name) || !isSilent(name))
    .map(([name, member]) => `${JSON.stringify(name)}:${schemaText(member, !isMap && maps.has(name))}`);
  return `{${members.sort().join(",")}}`;
}

function referencesIn(value: JsonValue | undefined): string[] {
  if (isJsonArray(value)) return value.flatMap(referencesIn);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === "$ref" && typeof member === "string" ? [member] : referencesIn(member),
  );
}

/** Whether a member of a schema says nothing of which values fit. */
export function isSilent(name: string): boolean {
  return silent.has(name) || isAnnotation(name);
}

/** The reference of an object that is nothing else; a schema of 3.1 may have members beside it. */
function referenceOf(value: JsonValue | undefined): string | undefined {
  if (!isJsonObject(value) || typeof value["$ref"] !== "string") return undefined;
  const others = Object.keys(value).filter(
    (name) => name !== "$ref" && !isSilent(name) && name !== "summary",
  );
  return others.length === 0 ? value["$ref"] : undefined;
}

function shapeError(problem: string): ContractError {
  return new ContractError(`The document cannot be compared: ${problem}`, { code: "document-shape" });
}
