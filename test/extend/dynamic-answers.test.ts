import { describe, expect, test } from "vitest";
import { createContract } from "../../src/contract/create-contract.ts";
import { profiles } from "../../src/domain/revision.ts";
import { documents } from "../support/assets.ts";
import { type Method, outcomeOf, startTestMock, type TestMock } from "../support/test-mock.ts";

const prefer = { Prefer: "dynamic=true" };
const methods: readonly Method[] = ["GET", "POST", "PATCH", "DELETE"];

function methodOf(text: string): Method {
  const method = methods.find((one) => one === text);
  if (method === undefined) throw new Error(`No operation on tasks is a ${text}.`);
  return method;
}

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
    "fit the contract of profile %s: 150 over all operations",
    async (profile) => {
      const mock = await startTestMock({ profile, requests: "off", scenario: "agents" });
      const contract = createContract(documents.contract("2.34", profile));
      const { tasks } = mock.mock.host.world.tables;
      const [agentTask] = tasks.values();
      expect(contract.operations.size).toBe(10);
      for (const operation of contract.operations.values()) {
        const isAgents = operation.path.startsWith("/workspaceagents");
        const path = operation.path.replace("{user}", "me").replace("{task}", agentTask?.id ?? "");
        const statuses = new Set<number>();
        for (let round = 0; round < 15; round++) {
          const answer = await mock.ask(methodOf(operation.method), `/api/v2${path}`, {
            headers: prefer,
            ...(isAgents ? { token: mock.agentToken(agentTask?.name ?? "") } : {}),
          });
          expect([operation.id, outcomeOf(answer)]).toEqual([operation.id, "fallback"]);
          const body = answer.text === "" ? {} : { body: answer.body };
          expect(contract.checkResponse(operation, { status: answer.status, ...body }).violations).toEqual(
            [],
          );
          statuses.add(answer.status);
        }
        expect(statuses.size).toBe(1);
      }
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
