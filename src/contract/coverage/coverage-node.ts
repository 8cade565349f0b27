import { isJsonObject, type JsonObject } from "../json.ts";
import type { SchemaType } from "../schemas/schema-keywords.ts";

/** What can be seen of one value, as indexes of items. */
export interface ValueNode {
  /** Only where there are several. */
  readonly types: ReadonlyMap<SchemaType, number> | undefined;
  readonly values: ReadonlyMap<unknown, number> | undefined;
  readonly properties: readonly PropertyNode[];
  readonly items: ValueNode | undefined;
  readonly branches: readonly BranchNode[];
}

export interface PropertyNode {
  readonly name: string;
  /** Whether every object seems to have it, through its prototype. */
  readonly isInherited: boolean;
  readonly present: number;
  /** Undefined: it is required. */
  readonly absent: number | undefined;
  readonly value: ValueNode | undefined;
}

export interface BranchNode {
  readonly index: number;
  /** Whether a value that fits the whole is one of this alternative, judged by types, required names and fixed values. */
  fits(value: unknown): boolean;
  readonly value: ValueNode | undefined;
}

/** Where it is counted what was seen. */
export interface Tally {
  /** By index of the item. */
  readonly counts: Uint32Array;
  /** Objects that were counted before and are not counted again; undefined: none are remembered. */
  readonly seen: WeakSet<object> | undefined;
}

export function count({ counts }: Pick<Tally, "counts">, index: number): void {
  counts[index] = (counts[index] ?? 0) + 1;
}

/** Counts what a value shows. The items of its lists are remembered one by one, so a list that grows costs its new ones. */
export function countValue(node: ValueNode, value: unknown, tally: Tally): void {
  if (node.types !== undefined) countFound(typeIndex(node.types, value), tally);
  if (node.values !== undefined) countFound(node.values.get(value), tally);
  if (node.branches.length > 0) countBranches(node.branches, value, tally);
  if (Array.isArray(value)) countItems(node.items, value, tally);
  else if (isJsonObject(value)) countProperties(node.properties, value, tally);
}

export function countFound(index: number | undefined, tally: Pick<Tally, "counts">): void {
  if (index !== undefined) count(tally, index);
}

function countBranches(branches: readonly BranchNode[], value: unknown, tally: Tally): void {
  for (const branch of branches) {
    if (!branch.fits(value)) continue;
    count(tally, branch.index);
    if (branch.value !== undefined) countValue(branch.value, value, tally);
  }
}

function countProperties(properties: readonly PropertyNode[], object: JsonObject, tally: Tally): void {
  for (const property of properties) {
    const { name, isInherited } = property;
    const value = isInherited && !Object.hasOwn(object, name) ? undefined : object[name];
    if (value !== undefined) {
      count(tally, property.present);
      if (property.value !== undefined) countValue(property.value, value, tally);
    } else countFound(property.absent, tally);
  }
}

function countItems(node: ValueNode | undefined, items: readonly unknown[], tally: Tally): void {
  if (node === undefined) return;
  const { seen } = tally;
  for (const item of items) {
    if (seen !== undefined && typeof item === "object" && item !== null) {
      if (seen.has(item)) continue;
      seen.add(item);
    }
    countValue(node, item, tally);
  }
}

function typeIndex(types: ReadonlyMap<SchemaType, number>, value: unknown): number | undefined {
  const type = typeOf(value);
  return types.get(type) ?? (type === "integer" ? types.get("number") : undefined);
}

/** The narrowest type of a JSON value. */
export function typeOf(value: unknown): SchemaType {
  if (value === null) return "null";
  if (typeof value === "string") return "string";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return Array.isArray(value) ? "array" : "object";
}
