import { expect, it } from "vitest";
import { type Act, advance, soFar, toActive, waitBench, waitForTask } from "../support/wait-bench.ts";

const active = { status: "active" };
const steered = [
  ["build", { job: "succeeded" }],
  ["agent", { lifecycle: "ready" }],
  ["app", { health: "healthy" }],
] as const;

const nothing: Act = () => Promise.resolve();

it.each<[name: string, condition: object, before: Act, act: Act, seen: object]>([
  ["a status, by an advance", active, nothing, toActive, { status: "active" }],
  [
    "a status, by an advance until another",
    { status: "initializing" },
    nothing,
    ({ admin }) => admin("POST", "/clock/advance", { until: { task: "fix-it", status: "initializing" } }),
    { status: "initializing" },
  ],
  [
    "a status, by setting the clock",
    active,
    nothing,
    ({ admin }) => admin("PUT", "/clock", { mode: "manual", now: "2026-01-01T00:00:05Z" }),
    { status: "active" },
  ],
  [
    "a status, by settling the task",
    active,
    nothing,
    ({ admin }) => admin("POST", "/tasks/fix-it/settle"),
    { status: "active" },
  ],
  [
    "a status, by steering",
    active,
    nothing,
    async ({ admin }) => {
      for (const [what, order] of steered) await admin("POST", `/tasks/fix-it/${what}`, order);
    },
    { status: "active" },
  ],
  [
    "a status, by a call of the API",
    { status: "unknown" },
    toActive,
    ({ api }) => api("POST", "/tasks/alice/fix-it/pause"),
    { status: "unknown", workspace: { status: "pending" } },
  ],
  [
    "a state, by a report",
    { state: "complete" },
    toActive,
    ({ admin }) => admin("POST", "/tasks/fix-it/report", { state: "complete", message: "Done" }),
    { current_state: { state: "complete", message: "Done" } },
  ],
  [
    "a state, by an input",
    { state: "working" },
    advance("1m"),
    ({ api }) => api("POST", "/tasks/alice/fix-it/send", { body: { input: "More" } }),
    { current_state: { state: "working" } },
  ],
  [
    "entries of the log, by a message",
    { logs_count: 1 },
    nothing,
    ({ admin }) => admin("POST", "/tasks/fix-it/messages", { role: "agent", content: "Hello" }),
    { conversation: [{ content: "Hello" }] },
  ],
  [
    "entries of the log, by an input",
    { logs_count: 3 },
    advance("1m"),
    ({ api }) => api("POST", "/tasks/alice/fix-it/send", { body: { input: "More" } }),
    { conversation: [{ role: "user" }, { role: "agent" }, { role: "user", content: "More" }] },
  ],
  [
    "the end of a deletion",
    { deleted: true },
    async ({ admin, api }) => {
      await admin("POST", "/tasks/fix-it/settle");
      await api("DELETE", "/tasks/alice/fix-it");
    },
    advance("1m"),
    { deleted: true, name: "fix-it", due: [] },
  ],
  [
    "several things together",
    { status: "active", state: "idle", logs_count: 2, deleted: false },
    toActive,
    advance("1m"),
    { status: "active", current_state: { state: "idle" } },
  ],
])("a wait for a task is over with %s", async (_, condition, before, act, seen) => {
  const mock = await waitBench();
  const { tasks } = (await mock.admin("GET", "/tasks")).body;
  await before(mock);
  const waiting = waitForTask(mock, condition, tasks[0].id);
  expect(await soFar(waiting)).toBe("held");
  expect(mock.host.holds.size).toBe(1);
  await act(mock);
  const { status, body } = await waiting;
  expect({ status, body }).toMatchObject({ status: 200, body: seen });
  expect([mock.host.holds.size, mock.time.timers]).toEqual([0, 0]);
});
