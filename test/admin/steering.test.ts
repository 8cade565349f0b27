import { describe, expect, it } from "vitest";
import { createTask, openContracts, startAdminEngine } from "../support/admin-engine.ts";
import { type AdminOrder, stages } from "../support/admin-stages.ts";

const contracts = await openContracts();

async function steered(orders: readonly AdminOrder[]) {
  const mock = startAdminEngine({ contracts });
  const id = await createTask(mock);
  for (const [path, body] of orders) {
    const answer = await mock.admin("POST", `/tasks/${id}/${path}`, body);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  return { mock, id };
}

describe("the admin API brings a task into every state without waiting", () => {
  it.each(stages.map((stage) => [stage.name, stage] as const))("%s", async (_, stage) => {
    const { mock, id } = await steered(stage.orders);
    const inside = await mock.admin("GET", `/tasks/${id}`);
    const outside = await mock.api("GET", `/tasks/alice/${id}`);
    expect(mock.host.world.now).toBe(mock.host.world.start.startsAt);
    expect(inside.body).toMatchObject({
      status: stage.status,
      workspace: { status: stage.workspace },
    });
    expect(inside.body.current_state?.state).toBe(stage.state);
    if (stage.message !== undefined) expect(inside.body.current_state.message).toBe(stage.message);
    expect(outside.body).toMatchObject({ status: stage.status, workspace_status: stage.workspace });
    if (stage.health !== undefined) expect(outside.body.workspace_agent_health).toMatchObject(stage.health);
  });

  it("covers every task status and every workspace status but the deleted one", () => {
    expect(new Set(stages.map(({ status }) => status))).toEqual(
      new Set(["pending", "initializing", "active", "paused", "unknown", "error"]),
    );
    expect(new Set(stages.map(({ workspace }) => workspace))).toEqual(
      new Set([
        "pending",
        "starting",
        "running",
        "stopping",
        "stopped",
        "failed",
        "canceling",
        "canceled",
        "deleting",
      ]),
    );
  });
});

describe("what is planned", () => {
  const kinds = (body: { due: { kind: string }[] }) => body.due.map(({ kind }) => kind);

  it("keeps what comes after the stage that was set, at its instants", async () => {
    const { mock, id } = await steered([]);
    const before = (await mock.admin("GET", `/tasks/${id}`)).body.due;
    const after = (await mock.admin("POST", `/tasks/${id}/build`, { job: "succeeded" })).body.due;
    expect(before.slice(0, 2).map((due: { kind: string }) => due.kind)).toEqual([
      "job-running",
      "job-succeeded",
    ]);
    expect(after).toEqual(before.slice(2));
  });

  it.each([
    [
      "an agent that is ready is not started again",
      [
        ["build", { job: "succeeded" }],
        ["agent", { lifecycle: "ready" }],
      ],
      "agent",
    ],
    [
      "an app that is healthy is not made healthy again",
      [
        ["build", { job: "succeeded" }],
        ["app", { health: "healthy" }],
      ],
      "app-healthy",
    ],
    [
      "an app that was made busy is not freed",
      [
        ["build", { job: "succeeded" }],
        ["app", { busy: true }],
      ],
      "app-free",
    ],
  ] as const)("%s", async (_, orders, gone) => {
    const { mock, id } = await steered(orders);
    const planned = kinds((await mock.admin("GET", `/tasks/${id}`)).body);
    expect(planned.length).toBeGreaterThan(0);
    expect(planned).not.toContain(gone);
  });

  it.each([
    ["failed", [["build", { job: "failed" }]]],
    ["canceling", [["build", { job: "canceling" }]]],
    ["canceled", [["build", { job: "canceled" }]]],
    [
      "shutting down",
      [
        ["build", { job: "succeeded" }],
        ["agent", { lifecycle: "shutting_down" }],
      ],
    ],
    [
      "off",
      [
        ["build", { job: "succeeded" }],
        ["agent", { lifecycle: "off" }],
      ],
    ],
    [
      "unhealthy",
      [
        ["build", { job: "succeeded" }],
        ["app", { health: "unhealthy" }],
      ],
    ],
    [
      "unlinked",
      [
        ["build", { job: "succeeded" }],
        ["app", { linked: false }],
      ],
    ],
  ] as const)("is off altogether once a task is off its way: %s", async (_, orders) => {
    const { mock, id } = await steered(orders);
    expect(kinds((await mock.admin("GET", `/tasks/${id}`)).body)).toEqual([]);
  });

  it("happens in order when the task is settled, while the clock stands still", async () => {
    const { mock, id } = await steered([]);
    const settled = await mock.admin("POST", `/tasks/${id}/settle`);
    const task = { id, name: "fix-it" };
    expect(settled.body.events[0]).toEqual({
      at: settled.body.now,
      task,
      kind: "job-running",
      before: { status: "pending", workspace_status: "pending" },
      after: { status: "initializing", workspace_status: "starting", state: "working" },
    });
    expect(settled.body.events.at(-1)).toMatchObject({
      task,
      kind: "report",
      after: { status: "active", state: "idle" },
    });
    expect(settled.body.next_due).toBeUndefined();
    expect((await mock.admin("POST", `/tasks/${id}/settle`)).body.events).toEqual([]);
  });
});

describe("a build", () => {
  it("of a start that succeeds brings an agent with a token that the API takes", async () => {
    const { mock, id } = await steered([["build", { job: "succeeded" }]]);
    const { agent } = (await mock.admin("GET", `/tasks/${id}`)).body;
    const uploaded = await mock.ask({
      method: "POST",
      path: `/api/v2/workspaceagents/me/tasks/${id}/log-snapshot?format=agentapi`,
      body: { messages: [{ id: 1, content: "Hello", role: "agent", time: "2026-01-01T00:00:00Z" }] },
      headers: { "coder-session-token": agent.token },
    });
    expect(uploaded.status).toBe(204);
    expect((await mock.admin("GET", `/tasks/${id}`)).body.snapshot.messages).toHaveLength(1);
  });

  it("that failed has no agent, even if it had succeeded before, and says why", async () => {
    const { mock, id } = await steered([["build", { job: "succeeded" }]]);
    const failed = await mock.admin("POST", `/tasks/${id}/build`, { job: "failed", error: "disk full" });
    expect(failed.body.agent).toBeUndefined();
    expect(failed.body.builds.at(-1).job).toMatchObject({ status: "failed", error: "disk full" });
    const again = await mock.admin("POST", `/tasks/${id}/build`, { job: "succeeded" });
    expect(again.body.agent.lifecycle).toBe("created");
    expect(again.body.builds.at(-1).job).not.toHaveProperty("error");
  });

  it.each([
    ["stop", "task_auto_pause"],
    ["start", "initiator"],
    ["delete", "initiator"],
  ])("made by hand, %s, is put down to %s and the owner", async (transition, reason) => {
    const { mock, id } = await steered([["build", { job: "succeeded" }]]);
    const { body } = await mock.admin("POST", `/tasks/${id}/build`, { transition });
    expect(body.builds.at(-1)).toMatchObject({
      number: 2,
      transition,
      reason,
      initiator: { username: "alice" },
    });
  });

  it("can have a reason of its own", async () => {
    const { mock, id } = await steered([["build", { job: "succeeded" }]]);
    const { body } = await mock.admin("POST", `/tasks/${id}/build`, {
      transition: "stop",
      reason: "dormancy",
    });
    expect(body.builds.at(-1).reason).toBe("dormancy");
  });

  it("that deletes takes workspace and task away once it is through", async () => {
    const { mock, id } = await steered([["build", { job: "succeeded" }]]);
    const gone = await mock.admin("POST", `/tasks/${id}/build`, { transition: "delete", job: "succeeded" });
    expect(gone.body).toMatchObject({ deleted: true, answers: { get: 404, delete: 404 } });
    expect((await mock.api("GET", `/tasks/alice/${id}`)).status).toBe(404);
    expect((await mock.admin("GET", `/tasks/${id}`)).status).toBe(404);
  });

  it("of a task whose DELETE was answered can still be steered, by id", async () => {
    const { mock, id } = await steered([["build", { job: "succeeded" }]]);
    expect((await mock.api("DELETE", `/tasks/alice/${id}`)).status).toBe(202);
    expect((await mock.admin("GET", `/tasks/${id}`)).body).toMatchObject({
      deleted: true,
      answers: { get: 404 },
    });
    expect((await mock.admin("GET", "/tasks/fix-it")).status).toBe(404);
    const failed = await mock.admin("POST", `/tasks/${id}/build`, { job: "failed" });
    expect(failed.body).toMatchObject({ deleted: true, workspace: { status: "failed" } });
  });
});

describe("agent, app and words", () => {
  it("an agent put back to an earlier state has not reached the later ones", async () => {
    const { mock, id } = await steered([
      ["build", { job: "succeeded" }],
      ["agent", { lifecycle: "ready" }],
    ]);
    const back = await mock.admin("POST", `/tasks/${id}/agent`, { lifecycle: "created" });
    expect(back.body.agent).not.toHaveProperty("ready_at");
    expect(back.body.agent).not.toHaveProperty("started_at");
    expect(back.body.status).toBe("initializing");
  });

  it("a report of failure shows in the words of the revision", async () => {
    const { mock, id } = await steered([["build", { job: "succeeded" }]]);
    const { body } = await mock.admin("POST", `/tasks/${id}/report`, {
      state: "failed",
      message: "No luck",
      uri: "https://example.com",
    });
    expect(body.current_state).toMatchObject({
      state: "failure",
      message: "No luck",
      uri: "https://example.com",
    });
    expect((await mock.api("GET", `/tasks/alice/${id}`)).body.current_state.state).toBe("failed");
  });

  it("a message stands in the logs at once", async () => {
    const { mock, id } = await steered([
      ["build", { job: "succeeded" }],
      ["agent", { lifecycle: "ready" }],
      ["app", { health: "healthy" }],
    ]);
    await mock.admin("POST", `/tasks/${id}/messages`, { role: "agent", content: "Done" });
    const { logs } = (await mock.api("GET", `/tasks/alice/${id}/logs`)).body;
    expect(logs.at(-1)).toMatchObject({ type: "output", content: "Done" });
  });
});
