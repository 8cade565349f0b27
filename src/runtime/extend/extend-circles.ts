import { ContractError } from "../../contract/contract-error.ts";
import { isJsonArray, isJsonObject, type JsonObject } from "../../contract/json.ts";
import {
  childPointer,
  localReference,
  pointerFragment,
  resolvePointer,
} from "../../contract/json-pointer.ts";
import { readOperations } from "../../contract/operation-source.ts";
import { documentSchemas } from "../../contract/schemas/document-schemas.ts";

/**
 * Throws a `ContractError` for a schema that comes back to itself without a step into its value, such as `A: {$ref: A}`: a check
 * of it would never end. It is the one mistake that otherwise only shows when a schema is compiled, and to compile all schemas
 * of a large document at the start takes longer than all else.
 */
export function refuseCircles(document: JsonObject): void {
  const walk: Walk = { document, through: new Set(), trail: new Set() };
  for (const pointer of documentSchemas(document, readOperations(document))) follow(walk, pointer);
}

interface Walk {
  readonly document: JsonObject;
  /** Pointers that are known to lead to no circle. */
  readonly through: Set<string>;
  /** Pointers on the way to where it is. */
  readonly trail: Set<string>;
}

function follow(walk: Walk, pointer: string): void {
  if (walk.through.has(pointer)) return;
  if (walk.trail.has(pointer)) {
    const message = `Bad schema at ${pointerFragment(pointer)}: it refers to itself without a step into its value`;
    throw new ContractError(message, { code: "schema-compile", pointer });
  }
  walk.trail.add(pointer);
  for (const next of inPlace(walk.document, pointer)) follow(walk, next);
  walk.trail.delete(pointer);
  walk.through.add(pointer);
}

/** Schemas that apply to the very value that a schema applies to. */
function inPlace(document: JsonObject, pointer: string): readonly string[] {
  const schema = resolvePointer(document, pointer);
  if (!isJsonObject(schema)) return [];
  const target = typeof schema["$ref"] === "string" ? localReference(schema["$ref"]) : undefined;
  const lists = ["allOf", "anyOf", "oneOf"].flatMap((keyword) => {
    const list = schema[keyword];
    return isJsonArray(list) ? [...list.keys()].map((index) => childPointer(pointer, keyword, index)) : [];
  });
  const single = ["not", "if", "then", "else"].filter((keyword) => isJsonObject(schema[keyword]));
  return [
    ...(target === undefined ? [] : [target]),
    ...lists,
    ...single.map((keyword) => childPointer(pointer, keyword)),
  ];
}
