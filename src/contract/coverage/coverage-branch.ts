import { isJsonObject, type JsonObject } from "../json.ts";
import { pointerKeys, resolvePointer } from "../json-pointer.ts";
import type { SchemaType } from "../schemas/schema-keywords.ts";
import { typeOf } from "./coverage-node.ts";
import type { SchemaBook } from "./coverage-schema.ts";

type Fits = (value: unknown) => boolean;

/**
 * Whether a value that fits the whole composition is of this alternative. Types, required names and fixed values of scalar
 * properties tell alternatives apart in practice; validating each anew would cost more than all the rest of the counting.
 */
export function branchFits(book: SchemaBook, pointer: string): Fits {
  const { types, values, properties, ...facts } = book.facts(pointer);
  const required = [...facts.required];
  const fixed = [...properties].flatMap(([name, place]) => {
    const { values: tags } = book.facts(place);
    return tags === undefined ? [] : [{ name, tags: new Set<unknown>(tags) }];
  });
  const tagged = values === undefined ? undefined : new Set<unknown>(values);
  return (value) => {
    if (!isOfType(types, value) || tagged?.has(value) === false) return false;
    if (!isJsonObject(value)) return true;
    const isComplete = required.every((name) => Object.hasOwn(value, name));
    return (
      isComplete && fixed.every(({ name, tags }) => !Object.hasOwn(value, name) || tags.has(value[name]))
    );
  };
}

function isOfType(types: readonly SchemaType[], value: unknown): boolean {
  const type = typeOf(value);
  return types.length === 0 || types.includes(type) || (type === "integer" && types.includes("number"));
}

/** What an alternative is called: its schema's name or title, its type, or its number. */
export function branchVariant(document: JsonObject, pointer: string): string {
  const schema = resolvePointer(document, pointer);
  const { $ref, title, type } = isJsonObject(schema) ? schema : {};
  if (typeof $ref === "string") return $ref.slice($ref.lastIndexOf("/") + 1);
  if (typeof title === "string") return title;
  if (typeof type === "string") return type;
  return `alternative ${Number(pointerKeys(pointer).at(-1)) + 1}`;
}
