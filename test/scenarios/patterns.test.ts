import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { patternCompiler } from "../../src/scenarios/patterns.ts";

/** What tells whether an input fits a pattern of a scenario. */
async function matcher(pattern: string): Promise<(input: string) => boolean> {
  const compile = await patternCompiler([{ pattern }]);
  const compiled = compile(pattern);
  if (compiled.kind === "unreadable") throw new Error(compiled.problem);
  return compiled.matches;
}

describe("a pattern", () => {
  it.each([
    ["(?i)^(yes|sure)", "Sure, go on", true],
    ["(?i)^(yes|sure)", "I am not sure", false],
    ["^yes$", "yes", true],
    ["^yes$", "yes\nand no", false],
    ["\\bfix\\b", "please fix it", true],
    ["\\bfix\\b", "prefix", false],
    ["über", "ÜBER", false],
    ["(?i)über", "ÜBER", true],
    [".", "", false],
    ["🙂", "well 🙂", true],
    ["\\p{Greek}", "π", true],
  ])("%j is found as RE2 finds it in %j: %j", async (pattern, input, expected) => {
    expect((await matcher(pattern))(input)).toBe(expected);
  });

  it.each(["(a+)+$", "^(a|a)*$", "(a|aa)+$", "(.*a){20}$", "^(([a-z])+.)+[A-Z]([a-z])+$"])(
    "that would never come to an end with other engines, %s, gives its answer for a long input",
    async (pattern) => {
      expect((await matcher(pattern))(`${"a".repeat(60_000)}!`)).toBe(false);
    },
  );

  it("looks at the first 65,536 characters", async () => {
    const matches = await matcher("needle");
    expect(matches(`${"-".repeat(65_530)}needle`)).toBe(true);
    expect(matches(`${"-".repeat(65_531)}needle`)).toBe(false);
  });

  it("gives the same answer however often it is asked", async () => {
    const matches = await matcher("(?i)^(a|b)+c?$");
    const usual = /^(a|b)+c?$/i;
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "B", "c", "d")), (letters) => {
        const input = letters.join("");
        expect(matches(input)).toBe(usual.test(input));
      }),
    );
  });
});
