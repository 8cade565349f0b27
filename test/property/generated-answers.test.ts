import { expect, test } from "vitest";
import { profiles } from "../../src/domain/revision.ts";
import { outcomesOfGenerated } from "../extend/generated-outcomes.ts";

test.each(profiles)(
  "300 generated answers over all operations fit the contract of profile %s",
  async (profile) => {
    expect(await outcomesOfGenerated(profile, 30)).toEqual(Array.from({ length: 300 }, () => "fallback"));
  },
  60_000,
);
