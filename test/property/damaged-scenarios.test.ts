import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isJsonArray, isJsonObject, type JsonValue } from "../../src/contract/json.ts";
import { buildStart } from "../../src/scenarios/build/build-start.ts";
import { checkScenario } from "../../src/scenarios/check/check-scenario.ts";
import type { ScenarioSource } from "../../src/scenarios/scenario-source.ts";
import { assets } from "../support/assets.ts";

const library = assets.library;

function documentOf(name: string): JsonValue {
  return library.get(name)?.document ?? null;
}

/** The value with one place in it, chosen by the picks from the top down, replaced; undefined takes it away. */
function damaged(
  value: JsonValue,
  picks: readonly number[],
  replacement: JsonValue | undefined,
): JsonValue | undefined {
  const [pick, ...rest] = picks;
  if (pick === undefined) return replacement;
  if (isJsonArray(value) && value.length > 0) {
    const index = pick % value.length;
    return value.flatMap((item, at) => (at === index ? (damaged(item, rest, replacement) ?? []) : [item]));
  }
  if (isJsonObject(value)) {
    const keys = Object.keys(value);
    const key = keys[pick % Math.max(1, keys.length)];
    if (key === undefined) return replacement;
    return { ...value, [key]: damaged(value[key] ?? null, rest, replacement) };
  }
  return replacement;
}

/** Values that fit somewhere, so that damage gets past the schema. */
const plausible: readonly JsonValue[] = [
  null,
  true,
  0,
  7,
  "",
  "olga",
  "priya",
  "web-agent",
  "plain-linux",
  "v1",
  "small",
  "idle",
  "paused",
  "start",
  "stop",
  "delete",
  "running",
  "failed",
  "ready",
  "created",
  "1h",
  "in 1h",
  "9d",
  "2026-02-30T00:00:00Z",
  "999999999d",
  [],
  {},
  [{}],
  { lifecycle: "off" },
  { health: "healthy" },
  [{ transition: "start" }],
];

describe("a scenario with one place damaged", () => {
  it("is explained, or starts; it never breaks the check or the start", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("default", "build-failures", "paused-with-history", "unusual-text", "busy-team"),
        fc.array(fc.nat(50), { minLength: 1, maxLength: 6 }),
        fc.oneof(
          fc.constantFrom(undefined, ...plausible),
          fc.jsonValue({ maxDepth: 2 }).map((value): JsonValue => JSON.parse(JSON.stringify(value))),
        ),
        async (name, picks, replacement) => {
          const text = JSON.stringify(damaged(documentOf(name), picks, replacement) ?? null);
          const source: ScenarioSource = {
            name,
            file: name,
            document: JSON.parse(text),
            locate: () => undefined,
          };
          const findings = await checkScenario(source, library.fixtures);
          for (const { message, expected } of findings) {
            expect(`${message} ${expected}`).not.toMatch(/undefined|\[object|NaN/);
          }
          if (findings.length === 0) await buildStart(source, library.fixtures, { seed: "1" });
        },
      ),
      { numRuns: 150 },
    );
  });
});
