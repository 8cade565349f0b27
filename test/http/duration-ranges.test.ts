import { describe, expect, it } from "vitest";
import { create, mockOf } from "./own-scenario.ts";

describe("a range", () => {
  const text = "templates: [{ name: slow, organization: harbor, durations: { build: 10s..50s } }]";

  /** The seconds after which each of five tasks has its workspace. */
  async function builds(seed: string): Promise<readonly number[]> {
    const mock = await mockOf(text, { seed });
    for (const name of ["a", "b", "c", "d", "e"]) await create(mock, name, "slow");
    mock.pass(60);
    return ["a", "b", "c", "d", "e"].map((name) => {
      const job = mock.inside(name).workspace.builds[0]?.job;
      return ((job?.completedAt ?? 0) - (job?.startedAt ?? 0)) / 1_000;
    });
  }

  it("gives each build its own time within it, the same in every run and another with another seed", async () => {
    const [one, again, other] = [await builds("1"), await builds("1"), await builds("2")];
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
    expect(new Set(one).size).toBe(5);
    for (const seconds of [...one, ...other]) {
      expect(seconds).toBeGreaterThanOrEqual(10);
      expect(seconds).toBeLessThanOrEqual(50);
    }
  });
});
