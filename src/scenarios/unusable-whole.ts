import { isJsonArray, isJsonObject, type JsonValue } from "../contract/json.ts";
import { childPointer } from "../contract/json-pointer.ts";
import { type Finding, findingAt, type ScenarioSource } from "./scenario-source.ts";

/** Deeper than any document needs to go, and shallow enough to be walked through. */
const deepest = 100;

interface Flaw {
  readonly pointer: string;
  readonly problem: string;
  readonly expected: string;
}

/**
 * A document that JSON could not hold: YAML lets an alias stand inside of what it is an alias for, so that the value contains
 * itself, and knows infinite numbers. Nobody could read such a document to its end, so the finding is one of the whole, since
 * nothing in it can be checked; it tells the place all the same.
 */
export function unusableWhole(source: ScenarioSource): Finding | undefined {
  const flaw = flawIn(source.document, "", []);
  if (flaw === undefined) return undefined;
  const { pointer, problem, expected } = flaw;
  const text = { message: `the value at ${pointer} ${problem}`, expected };
  return { ...findingAt(source, pointer, text), pointer: "" };
}

function flawIn(
  value: JsonValue | undefined,
  pointer: string,
  ancestors: readonly JsonValue[],
): Flaw | undefined {
  if (typeof value === "number" && !Number.isFinite(value)) {
    return { pointer, problem: `is ${value}`, expected: "a number with an end" };
  }
  if (!isJsonArray(value) && !isJsonObject(value)) return undefined;
  if (ancestors.includes(value) || ancestors.length > deepest) {
    return {
      pointer,
      problem: `contains itself, or goes deeper than ${deepest} levels`,
      expected: "values that end: write out what an alias would repeat without end",
    };
  }
  const inside = [...ancestors, value];
  for (const [key, item] of Object.entries(value)) {
    const flaw = flawIn(item, childPointer(pointer, key), inside);
    if (flaw !== undefined) return flaw;
  }
  return undefined;
}
