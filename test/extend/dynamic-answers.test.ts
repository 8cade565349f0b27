import { describe, expect, test } from "vitest";
import { profiles } from "../../src/domain/revision.ts";
import { startTestMock, type TestMock } from "../support/test-mock.ts";
import { outcomesOfGenerated } from "./generated-outcomes.ts";

const prefer = { Prefer: "dynamic=true" };

/** The bytes of so many generated tasks, asked for all at once. */
async function atOnce(mock: TestMock, count: number): Promise<readonly string[]> {
  const answers = await Promise.all(
    Array.from({ length: count }, () => mock.ask("GET", "/tasks/me/any", { headers: prefer })),
  );
  return answers.map(({ text }) => text);
}

/** The same, one after the other. */
async function inTurn(mock: TestMock, count: number): Promise<readonly string[]> {
  const texts: string[] = [];
  for (let index = 0; index < count; index++) texts.push(...(await atOnce(mock, 1)));
  return texts;
}

describe("generated answers", () => {
  test.each(profiles)(
    "fit the contract of profile %s, over all operations",
    async (profile) => {
      expect(await outcomesOfGenerated(profile, 2)).toEqual(Array.from({ length: 20 }, () => "fallback"));
    },
    30_000,
  );

  test("are the same from the same seed, however many ask at once", async () => {
    const [one, other] = [await startTestMock({ seed: "a" }), await startTestMock({ seed: "a" })];
    const wanted = await inTurn(one, 50);
    expect(new Set(wanted).size).toBe(50);
    expect(await atOnce(other, 50)).toEqual(wanted);
  });

  test("begin anew with a reset, and do not depend on other traffic", async () => {
    const mock = await startTestMock();
    const wanted = await inTurn(mock, 3);
    mock.reset();
    await mock.ask("GET", "/tasks", { headers: prefer });
    await mock.ask("GET", "/tasks/me/any", { headers: { Prefer: "code=200" } });
    expect(await inTurn(mock, 3)).toEqual(wanted);
  });

  test("differ from seed to seed", async () => {
    const [one, other] = [await startTestMock({ seed: "a" }), await startTestMock({ seed: "b" })];
    expect(await inTurn(one, 1)).not.toEqual(await inTurn(other, 1));
  });
});
