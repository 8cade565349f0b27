import { isJsonArray, isJsonObject, type JsonValue } from "../contract/json.ts";
import { childPointer } from "../contract/json-pointer.ts";
import { type Finding, findingAt, type ScenarioSource } from "./scenario-source.ts";

/** Deeper than any document needs to go, and shallow enough to be walked through. */
const deepest = 100;

/**
 * A document that nobody could read to its end: YAML lets an alias stand inside of what it is an alias for, and the value then
 * contains itself. The finding is one of the whole document, since nothing in it can be checked; it tells the place all the same.
 */
export function unusableWhole(source: ScenarioSource): Finding | undefined {
  const place = endlessPlace(source.document, "", []);
  if (place === undefined) return undefined;
  const text = {
    message: `the value at ${place} contains itself, or goes deeper than ${deepest} levels`,
    expected: "values that end: write out what an alias would repeat without end",
  };
  return { ...findingAt(source, place, text), pointer: "" };
}

function endlessPlace(
  value: JsonValue | undefined,
  pointer: string,
  ancestors: readonly JsonValue[],
): string | undefined {
  if (!isJsonArray(value) && !isJsonObject(value)) return undefined;
  if (ancestors.includes(value) || ancestors.length > deepest) return pointer;
  const inside = [...ancestors, value];
  for (const [key, item] of Object.entries(value)) {
    const place = endlessPlace(item, childPointer(pointer, key), inside);
    if (place !== undefined) return place;
  }
  return undefined;
}
