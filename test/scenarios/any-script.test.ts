import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../src/contract/json.ts";
import { buildStart } from "../../src/scenarios/build/build-start.ts";
import { checkScenario } from "../../src/scenarios/check/check-scenario.ts";
import type { ScenarioSource } from "../../src/scenarios/scenario-source.ts";
import { assets } from "../support/assets.ts";

const { fixtures } = assets.library;

const text = fc.constantFrom("Hello", "", "{input}", "{round} of {topic}", "{", "x".repeat(3_000));
const span = fc.constantFrom("1s", "2s..5s", "0ms..0ms", "5s..2s", "1d", "2d", "soon", "999999d");
const words = fc.oneof(text, fc.record({ message: text, uri: text }, { requiredKeys: [] }));

/** Acts, some of them wrong: two things in one, none, unknown ones, repetitions that are deep, long or nothing. */
const { acts } = fc.letrec((tie) => ({
  act: fc.oneof(
    { depthSize: "small" },
    { arbitrary: fc.record({ say: text }), weight: 4 },
    { arbitrary: fc.record({ think: span }), weight: 2 },
    { arbitrary: fc.record({ working: words }), weight: 2 },
    { arbitrary: fc.record({ complete: words, say: text }, { requiredKeys: ["complete"] }), weight: 1 },
    { arbitrary: fc.constantFrom({}, { shout: "Hello" }, { report: { state: "idle" } }), weight: 1 },
    {
      arbitrary: fc.record({
        repeat: fc.record({ times: fc.constantFrom(1, 3, 40, 1_000, 0, 1.5), acts: tie("acts") }),
      }),
      weight: 2,
    },
  ),
  acts: fc.array(tie("act"), { maxLength: 4 }),
}));

const pattern = fc.constantFrom("yes", "(?i)^no", "(a+)+$", "(", "a{1000}b{1000}c{1000}", "(?=x)");
const when = fc.oneof(
  fc.record({ text: fc.constantFrom("stop", "") }),
  fc.record({ pattern }),
  fc.constant({}),
);
const script = fc.record(
  { opening: acts, otherwise: acts, reactions: fc.array(fc.record({ when, acts }), { maxLength: 3 }) },
  { requiredKeys: [] },
);

function scenarioOf(mine: unknown): ScenarioSource {
  const task = { name: "a", owner: "olga", template: "web-agent", behaviour: { script: "mine" } };
  const document: JsonValue = JSON.parse(JSON.stringify({ scripts: { mine }, tasks: [task] }));
  return { name: "any", file: "any.yaml", document, locate: () => undefined };
}

describe("any script", () => {
  it("is explained, or keeps within its bounds", async () => {
    await fc.assert(
      fc.asyncProperty(script, async (mine) => {
        const source = scenarioOf(mine);
        const findings = await checkScenario(source, fixtures);
        for (const { message, expected, pointer } of findings) {
          expect(`${message} ${expected}`).not.toMatch(/undefined|\[object|NaN/);
          expect(pointer).toMatch(/^\/scripts\/mine/);
        }
        if (findings.length > 0) return;
        const { tables } = await buildStart(source, fixtures, { seed: "1" });
        const built = [...tables.workspaces.values()][0]?.behaviour.script;
        const turns = [built?.opening, built?.otherwise, ...(built?.reactions ?? []).map((one) => one.acts)];
        for (const turn of turns) expect(turn?.length ?? 0).toBeLessThanOrEqual(500);
      }),
      { numRuns: 200 },
    );
  });
});
