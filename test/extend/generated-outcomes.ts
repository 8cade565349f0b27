import { createContract } from "../../src/contract/create-contract.ts";
import type { Profile } from "../../src/domain/revision.ts";
import { documents } from "../support/assets.ts";
import type { Method } from "../support/http-client.ts";
import { outcomeOf, startTestMock } from "../support/test-mock.ts";

const methods: readonly Method[] = ["GET", "POST", "PATCH", "DELETE"];

function methodOf(text: string): Method {
  const method = methods.find((one) => one === text);
  if (method === undefined) throw new Error(`No operation on tasks is a ${text}.`);
  return method;
}

/**
 * Asks every operation for so many generated answers. How each ended, or what of it does not fit the contract when that is
 * asked once more, by a contract that has seen none of it.
 */
export async function outcomesOfGenerated(profile: Profile, rounds: number): Promise<readonly unknown[]> {
  const mock = await startTestMock({ profile, requests: "off", scenario: "agents" });
  const contract = createContract(documents.contract("2.34", profile));
  const [task] = mock.mock.host.world.tables.tasks.values();
  if (task === undefined) throw new Error("The scenario has no task.");
  const outcomes: unknown[] = [];
  for (const operation of contract.operations.values()) {
    const path = operation.path.replace("{user}", "me").replace("{task}", task.id);
    const isAgents = path.startsWith("/workspaceagents");
    for (let round = 0; round < rounds; round++) {
      const answer = await mock.ask(methodOf(operation.method), `/api/v2${path}`, {
        headers: { Prefer: "dynamic=true" },
        ...(isAgents ? { token: mock.agentToken(task.name) } : {}),
      });
      const parts = { status: answer.status, ...(answer.text === "" ? {} : { body: answer.body }) };
      const { violations } = contract.checkResponse(operation, parts);
      outcomes.push(violations.length === 0 ? outcomeOf(answer) : violations);
    }
  }
  return outcomes;
}
