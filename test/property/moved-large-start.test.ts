import fc from "fast-check";
import { expect, it } from "vitest";
import { movedTo } from "../../src/domain/world-start.ts";
import { answersIn, everythingIn, pass, someInstant, startOf, worldFrom } from "../scenarios/moved-worlds.ts";

it("the start of ten thousand tasks, moved to another instant, is the one that is built there", async () => {
  const start = await startOf("large");
  await fc.assert(
    fc.asyncProperty(someInstant, fc.nat(20_000), async (instant, wait) => {
      const [built, moved] = [worldFrom(await startOf("large", instant)), worldFrom(movedTo(start, instant))];
      expect(await answersIn(moved)).toEqual(await answersIn(built));
      for (const world of [built, moved]) pass(world, wait);
      expect(JSON.stringify(everythingIn(moved))).toBe(JSON.stringify(everythingIn(built)));
    }),
    { numRuns: 3 },
  );
}, 120_000);
