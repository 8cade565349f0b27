import { describe, expect, it } from "vitest";
import { type AdminEngine, createTask, openContracts, startAdminEngine } from "../support/admin-engine.ts";

const contracts = await openContracts();
const start = () => startAdminEngine({ contracts });

async function until(mock: AdminEngine, wanted: object, limit?: string) {
  const answer = await mock.admin("POST", "/clock/advance", { until: { task: "fix-it", ...wanted }, limit });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}

async function lookedAt(mock: AdminEngine, task = "fix-it") {
  const { status, current_state } = (await mock.admin("GET", `/tasks/${task}`)).body;
  return { status, state: current_state?.state };
}

type Deed = (mock: AdminEngine) => Promise<unknown>;
const create: Deed = (mock) => createTask(mock);
const pause: Deed = (mock) => mock.api("POST", "/tasks/alice/fix-it/pause");
const resume: Deed = (mock) => mock.api("POST", "/tasks/alice/fix-it/resume");
const breakDown: Deed = (mock) => mock.admin("POST", "/tasks/fix-it/app", { health: "unhealthy" });
const mend: Deed = (mock) => mock.admin("POST", "/tasks/fix-it/app", { health: "healthy" });
const report =
  (state: string): Deed =>
  (mock) =>
    mock.admin("POST", "/tasks/fix-it/report", { state, message: "So it is" });

describe("advancing until a task is as wanted", () => {
  it("goes through a whole life, and stops at each event that made it so", async () => {
    const mock = start();
    const life: readonly (readonly [deed: Deed | undefined, wanted: object, stops: string])[] = [
      [create, { status: "pending" }, "00:00"],
      [undefined, { status: "initializing" }, "00:00.500"],
      [undefined, { state: "working" }, "00:00.500"],
      [undefined, { status: "initializing", state: "working", deleted: false }, "00:00.500"],
      [undefined, { status: "active" }, "00:05"],
      [undefined, { state: "idle" }, "00:07"],
      [report("complete"), { state: "complete" }, "00:07"],
      [report("failure"), { status: "active", state: "failure" }, "00:07"],
      [breakDown, { status: "error" }, "00:07"],
      [mend, { status: "active" }, "00:07"],
      [pause, { status: "unknown" }, "00:07"],
      [undefined, { status: "paused" }, "00:09"],
      [resume, { status: "active" }, "00:14"],
    ];
    for (const [deed, wanted, stops] of life) {
      await deed?.(mock);
      const { now, reached, reason, events } = await until(mock, wanted);
      expect([wanted, now, reached, reason]).toEqual([wanted, `2026-01-01T00:${stops}Z`, true, undefined]);
      expect(events.every(({ at }: { at: string }) => at <= now)).toBe(true);
      const { deleted: _, ...visible } = { deleted: false, ...wanted };
      expect(await lookedAt(mock)).toMatchObject(visible);
    }
    const { id } = (await mock.admin("GET", "/tasks/fix-it")).body;
    expect((await mock.api("DELETE", `/tasks/me/${id}`)).status).toBe(202);
    const gone = await until(mock, { task: id, deleted: true });
    expect(gone).toMatchObject({ reached: true, now: gone.events.at(-1).at });
    expect(gone.events.at(-1)).toMatchObject({ task: { id }, after: { workspace_status: "deleted" } });
    expect((await mock.admin("GET", `/tasks/${id}`)).status).toBe(404);
  });

  it.each([["fix-it"], ["Alice:FIX-it"], ["the id"]])("finds the task by %s", async (text) => {
    const mock = start();
    const id = await createTask(mock);
    const task = text === "the id" ? id.toUpperCase() : text;
    expect(await until(mock, { task, status: "active" })).toMatchObject({ reached: true });
  });

  it("moves nothing when the task is so already", async () => {
    const mock = start();
    await createTask(mock);
    const answer = await until(mock, { status: "pending" });
    expect(answer).toEqual({
      now: "2026-01-01T00:00:00Z",
      next_due: "2026-01-01T00:00:00.500Z",
      events: [],
      reached: true,
    });
  });

  it("lets everything else happen on the way too", async () => {
    const mock = start();
    await createTask(mock, "another");
    await mock.admin("POST", "/clock/advance", { by: "1s" });
    await createTask(mock);
    const { events } = await until(mock, { status: "initializing" });
    expect(events).toMatchObject([{ at: "2026-01-01T00:00:01.500Z", task: { name: "fix-it" } }]);
    const { events: later } = await until(mock, { status: "active" });
    expect(new Set(later.map(({ task }: { task: { name: string } }) => task.name))).toEqual(
      new Set(["another", "fix-it"]),
    );
  });

  it("counts an event at the very limit", async () => {
    const mock = start();
    await createTask(mock);
    expect(await until(mock, { status: "active" }, "5s")).toMatchObject({ reached: true });
  });
});

describe("what does not come true", () => {
  it("stops at the limit when the task's next event lies beyond it", async () => {
    const mock = start();
    await createTask(mock);
    const answer = await until(mock, { status: "active" }, "2500ms");
    expect(answer).toMatchObject({
      now: "2026-01-01T00:00:02.500Z",
      next_due: "2026-01-01T00:00:03Z",
      reached: false,
      reason:
        'Task "fix-it" is initializing, with state working; its next event, at 2026-01-01T00:00:03Z, lies beyond the limit.',
    });
    expect(answer.events).toHaveLength(2);
    expect((await mock.admin("GET", "/clock")).body.now).toBe(answer.now);
  });

  it("stops after an hour when nothing of the task is pending, although other tasks go on", async () => {
    const mock = start();
    await createTask(mock);
    await until(mock, { state: "idle" });
    await createTask(mock, "another");
    const { now, reached, reason, events } = await until(mock, { status: "paused" });
    expect([now, reached, reason]).toEqual([
      "2026-01-01T01:00:07Z",
      false,
      'Task "fix-it" is active, with state idle, and nothing is pending for it.',
    ]);
    expect(await lookedAt(mock, "another")).toEqual({ status: "active", state: "idle" });
    expect(events.at(-1)).toMatchObject({ task: { name: "another" } });
  });

  it("asks for all parts together", async () => {
    const mock = start();
    await createTask(mock);
    expect(await until(mock, { status: "pending", state: "idle" }, "1m")).toMatchObject({
      now: "2026-01-01T00:01:00Z",
      reached: false,
    });
  });

  it.each([
    { status: "active" },
    { state: "working" },
    { deleted: true, status: "paused" },
    { deleted: false, state: "working" },
  ])("%j of a task that is deleted on the way", async (wanted) => {
    const mock = start();
    const task = await createTask(mock);
    await mock.admin("POST", "/tasks/fix-it/settle");
    await breakDown(mock);
    await mock.api("DELETE", `/tasks/me/${task}`);
    const { reached, reason, now } = await until(mock, { task, ...wanted }, "10m");
    expect([now, reached, reason]).toEqual([
      "2026-01-01T00:10:00Z",
      false,
      'Task "fix-it" is gone for good, so it has neither status nor state.',
    ]);
  });
});
