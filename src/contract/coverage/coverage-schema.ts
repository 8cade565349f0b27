import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../json.ts";
import { childPointer, localReference, resolvePointer } from "../json-pointer.ts";
import { followReferences } from "../list-plan.ts";
import { hiddenProperties } from "../schemas/declared-properties.ts";
import { type SchemaType, schemaTypes } from "../schemas/schema-keywords.ts";
import type { Direction } from "../violation.ts";

/** What a schema says of a value, its references and `allOf` put together. */
export interface SchemaFacts {
  /** Pointers of all schemas that were put together. */
  readonly pointers: ReadonlySet<string>;
  /** Every type that the value may have; empty: any. */
  readonly types: readonly SchemaType[];
  /** The values of its enum or const; a boolean has two. Undefined: any. */
  readonly values: readonly JsonValue[] | undefined;
  readonly required: ReadonlySet<string>;
  /** Pointers of the schemas of its properties, references followed. */
  readonly properties: ReadonlyMap<string, string>;
  readonly items: string | undefined;
  /** Pointers of the alternatives of each `oneOf` and `anyOf`. */
  readonly alternatives: readonly string[];
}

/** What the schemas of one document say, each put together once: most are looked at in many bodies. */
export class SchemaBook {
  readonly document: JsonObject;
  readonly #facts = new Map<string, SchemaFacts>();
  readonly #hidden = {
    request: new Map<string, ReadonlySet<string>>(),
    response: new Map<string, ReadonlySet<string>>(),
  } satisfies Record<Direction, unknown>;

  constructor(document: JsonObject) {
    this.document = document;
  }

  facts(pointer: string): SchemaFacts {
    const known = this.#facts.get(pointer);
    if (known !== undefined) return known;
    const facts = schemaFacts(this.document, pointer);
    this.#facts.set(pointer, facts);
    return facts;
  }

  /** The names of properties that must not travel in a direction. */
  hidden(pointer: string, direction: Direction): ReadonlySet<string> {
    const book = this.#hidden[direction];
    const known = book.get(pointer);
    if (known !== undefined) return known;
    const hidden = hiddenProperties(this.document, pointer, direction);
    book.set(pointer, hidden);
    return hidden;
  }
}

/** Puts together what holds for a value at once: a schema, what it refers to, and the parts of its `allOf`. */
function schemaFacts(document: JsonObject, pointer: string): SchemaFacts {
  const found = together(document, pointer);
  const schemas = [...found.values()];
  const types = schemas.map(typesOf).find((stated) => stated.length > 0) ?? [];
  const properties = new Map<string, string>();
  for (const [place, { properties: own }] of found) {
    for (const name of isJsonObject(own) ? Object.keys(own) : []) {
      if (!properties.has(name)) {
        properties.set(name, followReferences(document, childPointer(place, "properties", name)));
      }
    }
  }
  return {
    pointers: new Set(found.keys()),
    types,
    values: valuesOf(schemas, types),
    required: new Set(schemas.flatMap(({ required }) => names(required))),
    properties,
    items: [...found].find(([, { items }]) => isJsonObject(items))?.[0],
    alternatives: [...found].flatMap(([place, schema]) => alternativesOf(place, schema)),
  };
}

/** By pointer, the nearest first. */
function together(document: JsonObject, pointer: string): ReadonlyMap<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  const pending = [pointer];
  for (let place = pending.shift(); place !== undefined; place = pending.shift()) {
    const schema = resolvePointer(document, place);
    if (!isJsonObject(schema) || found.has(place)) continue;
    found.set(place, schema);
    pending.push(...besides(place, schema));
  }
  return found;
}

/** Pointers of what holds beside a schema's own keywords. */
function besides(place: string, { $ref, allOf }: JsonObject): readonly string[] {
  const target = typeof $ref === "string" ? localReference($ref) : undefined;
  const parts = isJsonArray(allOf)
    ? [...allOf.keys()].map((index) => childPointer(place, "allOf", index))
    : [];
  return target === undefined ? parts : [target, ...parts];
}

function typesOf({ type }: JsonObject): readonly SchemaType[] {
  const stated = isJsonArray(type) ? type : [type];
  return schemaTypes.filter((known) => stated.includes(known));
}

function valuesOf(
  schemas: readonly JsonObject[],
  types: readonly SchemaType[],
): readonly JsonValue[] | undefined {
  const listing = schemas.map((schema) => schema["enum"]).find((values) => values !== undefined);
  if (isJsonArray(listing)) return listing;
  const only = schemas.map((schema) => schema["const"]).find((value) => value !== undefined);
  if (only !== undefined) return [only];
  return types.includes("boolean") ? [true, false] : undefined;
}

function alternativesOf(place: string, schema: JsonObject): readonly string[] {
  return ["oneOf", "anyOf"].flatMap((keyword) => {
    const list = schema[keyword];
    return isJsonArray(list) ? [...list.keys()].map((index) => childPointer(place, keyword, index)) : [];
  });
}

function names(value: JsonValue | undefined): readonly string[] {
  return isJsonArray(value) ? value.filter((name) => typeof name === "string") : [];
}
