import { describe, expect, it } from "vitest";
import { type Revision, revisions } from "../../src/domain/revision.ts";
import {
  type AdminEngine,
  type Answer,
  createTask,
  openContracts,
  startAdminEngine,
} from "../support/admin-engine.ts";
import { type AdminOrder, stages } from "../support/admin-stages.ts";

const contracts = await openContracts();

const questions: Readonly<Record<string, (mock: AdminEngine, id: string) => Promise<Answer>>> = {
  get: (mock, id) => mock.api("GET", `/tasks/me/${id}`),
  pause: (mock, id) => mock.api("POST", `/tasks/me/${id}/pause`),
  resume: (mock, id) => mock.api("POST", `/tasks/me/${id}/resume`),
  send: (mock, id) => mock.api("POST", `/tasks/me/${id}/send`, { body: { input: "Go on" } }),
  logs: (mock, id) => mock.api("GET", `/tasks/me/${id}/logs`),
  input: (mock, id) => mock.api("PATCH", `/tasks/me/${id}/input`, { body: { input: "Something else" } }),
  delete: (mock, id) => mock.api("DELETE", `/tasks/me/${id}`),
};

/** States beyond the rows of the tables, where an answer depends on more than the status. */
const special: readonly {
  readonly name: string;
  readonly orders: readonly AdminOrder[];
  readonly snapshotRole?: string;
}[] = [
  {
    name: "paused with a snapshot",
    orders: [["build", { transition: "stop", job: "succeeded" }]],
    snapshotRole: "agent",
  },
  {
    name: "paused with a snapshot of a strange role",
    orders: [["build", { transition: "stop", job: "succeeded" }]],
    snapshotRole: "nobody",
  },
  {
    name: "active but unreachable and busy",
    orders: [
      ["agent", { lifecycle: "ready" }],
      ["app", { health: "healthy", reachable: false, busy: true }],
    ],
  },
];

async function follow(mock: AdminEngine, id: string, orders: readonly AdminOrder[]) {
  for (const [path, body] of orders) {
    const { status } = await mock.admin("POST", `/tasks/${id}/${path}`, body);
    if (status !== 200) throw new Error(`${path} ${JSON.stringify(body)}: ${status}`);
  }
}

async function prepared(revision: Revision, orders: readonly AdminOrder[]) {
  const mock = startAdminEngine({ contracts, revision });
  const id = await createTask(mock);
  await follow(mock, id, orders);
  return { mock, id };
}

async function withSnapshot(revision: Revision, orders: readonly AdminOrder[], role: string) {
  const { mock, id } = await prepared(revision, [["build", { job: "succeeded" }]]);
  const { agent } = (await mock.admin("GET", `/tasks/${id}`)).body;
  await mock.ask({
    method: "POST",
    path: `/api/v2/workspaceagents/me/tasks/${id}/log-snapshot?format=agentapi`,
    body: { messages: [{ id: 1, content: "Hello", role, time: "2026-01-01T00:00:00Z" }] },
    headers: { "coder-session-token": agent.token },
  });
  await follow(mock, id, orders);
  return { mock, id };
}

/** What is foretold of a task, and what each question really gets, asked in a copy of the world. */
async function compare({ mock, id }: { mock: AdminEngine; id: string }) {
  const { world } = mock.host;
  const start = { ...world.start, tables: world.tables, counters: world.ids.counters };
  const foretold = (await mock.admin("GET", `/tasks/${id}`)).body.answers;
  const real: Record<string, number> = {};
  for (const [name, question] of Object.entries(questions)) {
    const copy = startAdminEngine({ contracts, revision: world.settings.revision, start });
    real[name] = (await question(copy, id)).status;
  }
  return { foretold, real };
}

describe.each(revisions)("the answers foretold in revision %s are those that the API gives", (revision) => {
  it.each(stages.map((stage) => [stage.name, stage.orders] as const))("%s", async (_, orders) => {
    const { foretold, real } = await compare(await prepared(revision, orders));
    expect(foretold).toEqual(real);
  });

  it.each(special.map((one) => [one.name, one] as const))("%s", async (_, { orders, snapshotRole }) => {
    const { foretold, real } = await compare(
      snapshotRole === undefined
        ? await prepared(revision, [["build", { job: "succeeded" }], ...orders])
        : await withSnapshot(revision, orders, snapshotRole),
    );
    expect(foretold).toEqual(real);
  });

  it("while the task is being deleted", async () => {
    const { mock, id } = await prepared(revision, [["build", { job: "succeeded" }]]);
    await mock.api("DELETE", `/tasks/me/${id}`);
    const { foretold, real } = await compare({ mock, id });
    expect(foretold).toEqual(real);
  });
});

it("a task without a workspace, or whose workspace is gone, is foretold as well", async () => {
  for (const change of ["never", "gone"] as const) {
    const { mock, id } = await prepared("2.34", [["build", { job: "succeeded" }]]);
    const { tables } = mock.host.world;
    const task = [...tables.tasks.values()].find((candidate) => candidate.id === id);
    if (task?.workspaceId === undefined) throw new Error("The task has no workspace to begin with.");
    if (change === "gone") tables.workspaces.delete(task.workspaceId);
    else {
      const { workspaceId: _, ...without } = task;
      mock.host.world.saveTask(without);
    }
    const { foretold, real } = await compare({ mock, id });
    expect(foretold).toEqual(real);
  }
});
