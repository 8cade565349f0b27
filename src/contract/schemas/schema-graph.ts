import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../json.ts";
import { childPointer, localReference, resolvePointer } from "../json-pointer.ts";

/** What values of a schema are made of: pointers of other schemas. */
export interface SchemaParts {
  /** How many steps it lies from where the search began. */
  readonly depth: number;
  /** What each value has in it. */
  readonly needed: readonly string[];
  /** What a value can do without: optional properties, items, further properties. */
  readonly optional: readonly string[];
  /** Lists of alternatives; a value is one of each list. */
  readonly choices: readonly (readonly string[])[];
}

/** The parts of a schema and of all that it leads to, by pointer, the nearest first. */
export type SchemaGraph = ReadonlyMap<string, SchemaParts>;

export function schemaGraph(document: JsonObject, start: string): SchemaGraph {
  const found = new Map<string, SchemaParts>();
  const depths = new Map([[start, 0]]);
  // A map goes through what is added to it on the way.
  for (const [pointer, depth] of depths) {
    const parts = partsAt(resolvePointer(document, pointer), pointer);
    found.set(pointer, { ...parts, depth });
    for (const part of allParts(parts)) {
      if (!depths.has(part)) depths.set(part, depth + 1);
    }
  }
  return found;
}

type Parts = Omit<SchemaParts, "depth">;

/** All of them, whether a value needs them or not. */
export function allParts({ needed, optional, choices }: Parts): readonly string[] {
  return [...needed, ...optional, ...choices.flat()];
}

function partsAt(schema: JsonValue | undefined, pointer: string): Parts {
  if (!isJsonObject(schema)) return { needed: [], optional: [], choices: [] };
  const { $ref, required, properties } = schema;
  const target = typeof $ref === "string" ? localReference($ref) : undefined;
  const names = isJsonObject(properties) ? Object.keys(properties) : [];
  const fixed = new Set(isJsonArray(required) ? required : []);
  const places = (some: readonly string[]) => some.map((name) => childPointer(pointer, "properties", name));
  const repeated = Object.entries(leastOf).filter(([keyword]) => isJsonObject(schema[keyword]));
  const repeatedPlaces = (isNeeded: boolean) =>
    repeated
      .filter(([, least]) => Number(schema[least] ?? 0) > 0 === isNeeded)
      .map(([keyword]) => childPointer(pointer, keyword));
  return {
    needed: [
      ...(target === undefined ? [] : [target]),
      ...places(names.filter((name) => fixed.has(name))),
      ...repeatedPlaces(true),
      ...members(schema, pointer, "allOf"),
    ],
    optional: [...places(names.filter((name) => !fixed.has(name))), ...repeatedPlaces(false)],
    choices: ["oneOf", "anyOf"]
      .map((keyword) => members(schema, pointer, keyword))
      .filter((list) => list.length > 0),
  };
}

/** What says how many values of a schema there have to be. */
const leastOf = { items: "minItems", additionalProperties: "minProperties" } as const;

function members(schema: JsonObject, pointer: string, keyword: string): readonly string[] {
  const list = schema[keyword];
  return isJsonArray(list) ? [...list.keys()].map((index) => childPointer(pointer, keyword, index)) : [];
}
