import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createContract } from "../../src/contract/create-contract.ts";
import { profiles } from "../../src/domain/revision.ts";
import { outcomesOfGenerated } from "../extend/generated-outcomes.ts";
import { largeDocument } from "../extend/large-document.ts";
import { methods } from "../support/http-client.ts";
import { outcomeOf, startTestMock } from "../support/test-mock.ts";

test.each(profiles)(
  "300 generated answers over all operations fit the contract of profile %s",
  async (profile) => {
    expect(await outcomesOfGenerated(profile, 30)).toEqual(Array.from({ length: 300 }, () => "fallback"));
  },
  60_000,
);

test.each([false, true])(
  "all 300 operations of a large document are answered, at random: %s",
  async (isDynamic) => {
    const folder = mkdtempSync(join(tmpdir(), "extend-"));
    const file = join(folder, "large.json");
    writeFileSync(file, JSON.stringify(largeDocument()));
    const mock = await startTestMock({ extend: file, "extend-dynamic": isDynamic, requests: "off" });
    rmSync(folder, { recursive: true });
    const { operations } = createContract(largeDocument());
    expect(operations.size).toBe(300);
    for (const { id, method, path } of operations.values()) {
      const known = methods.find((one) => one === method) ?? "GET";
      const answer = await mock.ask(
        known,
        `/api/large${path.replace("{id}", "3f2b6c1e-5d0a-4e7b-8c9d-0a1b2c3d4e5f")}`,
      );
      expect([id, outcomeOf(answer)]).toEqual([id, "fallback"]);
      expect(answer.status).toBeLessThan(300);
    }
  },
  60_000,
);
