import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../contract/json.ts";

/** One place in which two JSON values differ; a side that has nothing there is undefined. */
export interface FieldChange {
  /** Keys of objects; elements of lists by their own number, name or id, else by their index. */
  readonly path: readonly string[];
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

interface Sides {
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

/** All places in which two values differ, in the order in which they stand there. */
export function fieldChanges(before: JsonObject, after: JsonObject): readonly FieldChange[] {
  const found: FieldChange[] = [];
  collect({ before, after }, [], found);
  return found;
}

function collect(sides: Sides, path: readonly string[], found: FieldChange[]): void {
  const { before, after } = sides;
  if (before === after) return;
  const parts = partsOf(before, after);
  if (parts === undefined) found.push({ path, ...sides });
  else for (const { label, ...part } of parts) collect(part, [...path, label], found);
}

interface Part extends Sides {
  readonly label: string;
}

/** What two values are compared by; undefined where they are shown as a whole. */
function partsOf(before: JsonValue | undefined, after: JsonValue | undefined): readonly Part[] | undefined {
  if (isJsonObject(before) && isJsonObject(after)) return members(before, after);
  if (!isJsonArray(before) || !isJsonArray(after)) return undefined;
  // A list of words reads better as a whole: `["owner"]` and then `["owner", "auditor"]`.
  if (![...before, ...after].some(isJsonObject)) return isSame(before, after) ? [] : undefined;
  return elements(before, after);
}

function members(before: JsonObject, after: JsonObject): readonly Part[] {
  const labels = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...labels].map((label) => ({ label, before: own(before, label), after: own(after, label) }));
}

/** Only what the object itself has: `{}` has no `constructor`. */
function own(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

type List = readonly JsonValue[];

function elements(before: List, after: List): readonly Part[] {
  for (const key of elementKeys) {
    const [one, other] = [byKey(before, key), byKey(after, key)];
    if (one !== undefined && other !== undefined) {
      const labels = new Set([...one.keys(), ...other.keys()]);
      return [...labels].map((label) => ({ label, before: one.get(label), after: other.get(label) }));
    }
  }
  return byIndex(before, after);
}

/** What elements of a list are told apart by, the most readable first. */
const elementKeys = ["number", "name", "id"] as const;

/** The elements under a key of their own; undefined where one has none, or two have the same. */
function byKey(list: List, key: string): ReadonlyMap<string, JsonValue> | undefined {
  const found = new Map<string, JsonValue>();
  for (const element of list) {
    const label = isJsonObject(element) ? own(element, key) : undefined;
    if (typeof label !== "string" && typeof label !== "number") return undefined;
    found.set(String(label), element);
  }
  return found.size === list.length ? found : undefined;
}

/**
 * Compares by index what is left when the ends that are the same on both sides are set aside, so that an element that went
 * from the front of a list shows as just that.
 */
function byIndex(before: List, after: List): readonly Part[] {
  const shorter = Math.min(before.length, after.length);
  let front = 0;
  while (front < shorter && isSame(before[front], after[front])) front += 1;
  let back = 0;
  while (back < shorter - front && isSame(before.at(-1 - back), after.at(-1 - back))) back += 1;
  const [one, other] = [before.slice(front, before.length - back), after.slice(front, after.length - back)];
  return Array.from({ length: Math.max(one.length, other.length) }, (_, index) => ({
    label: String(front + index),
    before: one[index],
    after: other[index],
  }));
}

function isSame(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  if (one === other) return true;
  if (isJsonArray(one) && isJsonArray(other)) {
    return one.length === other.length && one.every((element, index) => isSame(element, other[index]));
  }
  if (!isJsonObject(one) || !isJsonObject(other)) return false;
  return members(one, other).every(({ before, after }) => isSame(before, after));
}
