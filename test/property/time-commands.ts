import fc from "fast-check";
import { expect } from "vitest";
import { command, onTask, which } from "./model-commands.ts";
import { currentStateOf, statusOf } from "./task-rules.ts";
import { checkEvents } from "./watched-world.ts";
import type { Happened, WorldModel } from "./world-model.ts";

const span = fc.constantFrom(0, 1, 499, 500, 750, 1_000, 2_000, 5_000, 3_600_000);

export const advanceBy = span.map((milliseconds) =>
  command(`advance by ${milliseconds} ms`, async (model, world) => {
    const answer = await world.admin("POST", "/clock/advance", { by: `${milliseconds}ms` });
    expect(answer.status, answer.text).toBe(200);
    checkEvents(answer.body.events, model.moveTo(model.now + milliseconds));
  }),
);

export const advanceTo = span.map((milliseconds) =>
  command(`advance to ${milliseconds} ms ahead, and not back`, async (model, world) => {
    const to = new Date(model.now + milliseconds).toISOString();
    const answer = await world.admin("POST", "/clock/advance", { to });
    expect(answer.status, answer.text).toBe(200);
    checkEvents(answer.body.events, model.moveTo(model.now + milliseconds));
    const past = new Date(model.now - 1).toISOString();
    expect((await world.admin("POST", "/clock/advance", { to: past })).status).toBe(400);
  }),
);

export const advanceNext = fc.integer({ min: 1, max: 9 }).map((count) =>
  command(`advance to the next ${count}`, async (model, world) => {
    const answer = await world.admin("POST", "/clock/advance", { next: count });
    expect(answer.status, answer.text).toBe(200);
    const happened: Happened[] = [];
    while (happened.length < count && model.nextDue !== undefined) happened.push(...model.goToNext());
    checkEvents(answer.body.events, happened);
    expect("note" in answer.body).toBe(happened.length < count);
  }),
);

const condition = fc.record(
  {
    status: fc.constantFrom("active", "paused", "error", "unknown", "initializing"),
    state: fc.constantFrom("working", "idle", "failure"),
  },
  { noNullPrototype: true, requiredKeys: ["status"] },
);
type Condition = { readonly status: string; readonly state?: string };

/** Some fall on the very instant at which a fresh task changes. */
const patience = fc.constantFrom(0, 500, 5_000, 7_000, 60_000, 60_000);

export const advanceUntil = fc.tuple(condition, which, patience).map(([wanted, n, most]) =>
  onTask(`advance until ${JSON.stringify(wanted)} within ${most} ms`, n, async ({ id }, model, world) => {
    const body = { until: { task: id, ...wanted }, limit: `${most}ms` };
    const answer = await world.admin("POST", "/clock/advance", body);
    expect(answer.status, answer.text).toBe(200);
    const limit = model.now + most;
    const happened = goUntil(model, () => holds(model, id, wanted), limit);
    const isReached = holds(model, id, wanted);
    if (!isReached) happened.push(...model.moveTo(limit));
    checkEvents(answer.body.events, happened);
    expect(answer.body.reached).toBe(isReached);
  }),
);

/** Until a task that was deleted is gone for good. */
export const advanceUntilGone = which.map((n) =>
  command(
    `advance until deleted task ${n} is gone`,
    async (model, world) => {
      const deleted = model.tasks.filter(({ isDeleted }) => isDeleted);
      const { id = "" } = deleted[n % deleted.length] ?? {};
      const body = { until: { task: id, deleted: true }, limit: "1m" };
      const answer = await world.admin("POST", "/clock/advance", body);
      expect(answer.body.reached, answer.text).toBe(true);
      const limit = model.now + 60_000;
      checkEvents(
        answer.body.events,
        goUntil(model, () => model.task(id) === undefined, limit),
      );
    },
    ({ tasks }) => tasks.some(({ isDeleted }) => isDeleted),
  ),
);

function goUntil(model: WorldModel, isThere: () => boolean, limit: number): Happened[] {
  const happened: Happened[] = [];
  while (!isThere() && model.nextDue !== undefined && model.nextDue <= limit) {
    happened.push(...model.goToNext());
  }
  return happened;
}

function holds(model: WorldModel, id: string, { status, state }: Condition): boolean {
  const task = model.task(id);
  if (task === undefined || status !== statusOf(task)) return false;
  return state === undefined || currentStateOf(task)?.state === state;
}

const slot = fc.constantFrom("one", "two");

export const snapshot = slot.map((name) =>
  command(`snapshot ${name}`, async (model, world) => {
    const answer = await world.admin("POST", "/snapshots", { name, replace: true });
    expect(answer.status, answer.text).toBe(201);
    model.keep(name);
  }),
);

export const restore = slot.map((name) =>
  command(`restore ${name}`, async (model, world) => {
    const answer = await world.admin("POST", `/snapshots/${name}/restore`);
    expect(answer.status, answer.text).toBe(model.goBack(name) ? 200 : 404);
  }),
);
