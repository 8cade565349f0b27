import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../src/contract/json.ts";
import { mostFindings } from "../../src/scenarios/bounded-findings.ts";
import { checkScenario } from "../../src/scenarios/check/check-scenario.ts";
import { nearestName } from "../../src/scenarios/nearest-name.ts";
import { assets } from "../support/assets.ts";

async function findingsOf(document: JsonValue) {
  const source = { name: "sample", file: "sample.json", document, locate: () => undefined };
  return checkScenario(source, assets.library.fixtures);
}

function tasks(count: number, more: Readonly<Record<string, JsonValue>>): readonly JsonValue[] {
  const rest = { owner: "olga", template: "web-agent", ...more };
  return Array.from({ length: count }, (_, index) => ({ name: `task-${index}`, ...rest }));
}

const more = {
  file: "sample.json",
  pointer: "",
  message: "there is more wrong than these 1000 places",
  expected: "these to be mended first",
};

describe("a scenario with very many mistakes", () => {
  it.each<[string, Readonly<Record<string, JsonValue>>]>([
    ["a word that is not known", { stage: "idel" }],
    ["a user that is not there", { owner: "olgo" }],
    ["a state that no deployment reaches", { stage: "pending", app: { health: "healthy" } }],
  ])("tells the first ones, and that there are more: %s", async (_, mistake) => {
    const findings = await findingsOf({ tasks: tasks(mostFindings + 500, mistake) });
    expect(findings).toHaveLength(mostFindings + 1);
    expect(findings[0]?.pointer).toMatch(/^\/tasks\/0\//);
    expect(findings.at(-2)?.pointer).toMatch(new RegExp(`^/tasks/${mostFindings - 1}/`));
    expect(findings.at(-1)).toEqual(more);
  });

  it("tells the first ones of a hundred thousand", async () => {
    const findings = await findingsOf({ tasks: Array.from({ length: 40_000 }, () => ({})) });
    expect(findings).toHaveLength(mostFindings + 1);
    expect(findings.slice(0, 3).map(({ pointer }) => pointer)).toEqual(
      ["name", "owner", "template"].map((key) => `/tasks/0/${key}`),
    );
  });

  it("tells the first keys of very many that are not known, of a document that is large", async () => {
    const surplus = Array.from({ length: 200_000 }, (_, index) => [`not-a-key-${index}`, 1] as const);
    const findings = await findingsOf(Object.fromEntries(surplus));
    expect(findings).toHaveLength(mostFindings + 1);
    expect(findings[0]?.pointer).toBe("/not-a-key-0");
  });

  it("tells all of them as long as they are no more than that", async () => {
    const findings = await findingsOf({ tasks: tasks(mostFindings, { stage: "idel" }) });
    expect(findings).toHaveLength(mostFindings);
    expect(findings.at(-1)?.pointer).toBe(`/tasks/${mostFindings - 1}/stage`);
  });
});

describe("the name that was probably meant", () => {
  it("is not looked for beyond the first of very many", () => {
    const many = Array.from({ length: 100_000 }, (_, index) => `user-${String(index).padStart(6, "0")}`);
    expect(nearestName("user-00000a", [...many, "user-00000a"])).toBe("user-000000");
  });

  it("is none for a text that is far longer than any name", () => {
    expect(nearestName("x".repeat(1_000_000), ["xxx", "xxxx"])).toBeUndefined();
  });
});
