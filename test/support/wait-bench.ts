import {
  type AdminEngine,
  type Answer,
  createTask,
  openContracts,
  startAdminEngine,
} from "./admin-engine.ts";
import { HandTime } from "./hand-time.ts";

const contracts = await openContracts();

export interface WaitBench extends AdminEngine {
  readonly time: HandTime;
}

/** A mock with a task, `fix-it`, that was just created, and with time in the hand of the test. */
export async function waitBench(): Promise<WaitBench> {
  const time = new HandTime();
  const mock = startAdminEngine({ contracts, hostTime: time.hostTime, after: time.after });
  await createTask(mock);
  return { ...mock, time };
}

/** Begins to wait for the task. The answer is held by the time this returns. */
export function waitForTask(mock: AdminEngine, body: object, task = "fix-it"): Promise<Answer> {
  return mock.admin("POST", `/tasks/${task}/wait`, body);
}

export function waitForRequests(mock: AdminEngine, body: object): Promise<Answer> {
  return mock.admin("POST", "/requests/wait", body);
}

/** An answer's status once it is there, else `held`. */
export async function soFar(answer: Promise<Answer>): Promise<number | "held"> {
  const later = new Promise<"held">((resolve) => {
    setImmediate(() => resolve("held"));
  });
  return await Promise.race([answer.then(({ status }) => status), later]);
}

/** Makes a task in another world than the default one. */
export async function createTaskIn(mock: AdminEngine, world: string, name: string): Promise<void> {
  const { token } = (await mock.admin("POST", `/tokens?world=${world}`, { user: "alice" })).body;
  const made = await mock.ask({
    method: "POST",
    path: "/api/v2/tasks/me",
    body: { template_version_id: "00000000-0000-4000-8000-000000000400", input: "x", name },
    headers: { "coder-session-token": token },
  });
  if (made.status !== 201) throw new Error(`create: ${made.status} ${JSON.stringify(made.body)}`);
}

/** Something that a test does while an answer is held. */
export type Act = (mock: WaitBench) => Promise<unknown>;

export function advance(by: string): Act {
  return ({ admin }) => admin("POST", "/clock/advance", { by });
}

export const toActive = advance("5s");
