import { type AdminEngine, createTask, startAdminEngine } from "../support/admin-engine.ts";
import type { Contracts } from "../support/contracts.ts";

/** Five exchanges, as many as the journal of these tests keeps. */
export async function filledJournal(contracts: Contracts): Promise<AdminEngine> {
  const mock = startAdminEngine({ contracts });
  await createTask(mock);
  await mock.api("GET", "/tasks?q=owner%3Ame&q2=x");
  await mock.admin("POST", "/clock/advance", { by: "10s" });
  await mock.api("POST", "/tasks/alice/fix-it/send", { body: { input: "Go on" }, who: "member" });
  await mock.api("GET", "/tasks/alice/nothing");
  await mock.api("GET", "/task");
  return mock;
}

export const idsOf = (requests: readonly { readonly id: string }[]) => requests.map(({ id }) => id);
