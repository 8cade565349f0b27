import fc from "fast-check";
import { expect } from "vitest";
import { onTask, which } from "./model-commands.ts";
import {
  type ModelTask,
  withAgent,
  withBuild,
  withConnection,
  withJob,
  withLifecycle,
} from "./task-model.ts";
import { isBuilding, type Job, type Transition } from "./task-rules.ts";
import { lineOf, planOf, type WatchedWorld } from "./watched-world.ts";
import type { WorldModel } from "./world-model.ts";

/**
 * Gives an order of the admin API and takes over what it does to the plan, of which the rules say no more than that it can
 * only take away: whatever is left has to stand in the model's plan, at its time and in its order.
 */
async function give(
  { id }: ModelTask,
  { path, body, becomes }: { readonly path: string; readonly body: object; readonly becomes: ModelTask },
  { model, world }: { readonly model: WorldModel; readonly world: WatchedWorld },
): Promise<void> {
  const answer = await world.admin("POST", `/tasks/${id}/${path}`, body);
  expect(answer.status, answer.text).toBe(200);
  const left = planOf(answer.body);
  const due = keptOf(becomes, left);
  expect(due.map(lineOf), "nothing but what was planned").toEqual(left);
  model.save({ ...becomes, due });
}

function keptOf({ due }: ModelTask, left: readonly string[]): ModelTask["due"] {
  const ahead = [...left];
  return due.filter((one) => {
    const isKept = lineOf(one) === ahead[0];
    if (isKept) ahead.shift();
    return isKept;
  });
}

const job = fc.constantFrom<Exclude<Job, "pending">>(
  "running",
  "succeeded",
  "succeeded",
  "failed",
  "canceling",
  "canceled",
);
const buildOrder = fc.oneof(
  { weight: 3, arbitrary: fc.record({ job }) },
  {
    weight: 2,
    arbitrary: fc.record({ transition: fc.constantFrom<Transition>("start", "stop"), job }),
  },
  { weight: 1, arbitrary: fc.record({ transition: fc.constantFrom<Transition>("start", "stop", "delete") }) },
);
type BuildOrder = { readonly transition?: Transition; readonly job?: Job };

export const steerBuild = fc.tuple(buildOrder, which).map(([order, n]) =>
  onTask(`build ${JSON.stringify(order)}`, n, async (task, model, world) => {
    const { transition, job: wanted }: BuildOrder = order;
    if (transition !== undefined && isBuilding(task)) {
      expect((await world.admin("POST", `/tasks/${task.id}/build`, order)).status).toBe(409);
      return;
    }
    const built = transition === undefined ? task : withBuild(task, transition, model.now);
    const becomes = wanted === undefined ? built : withJob(built, wanted);
    await give(task, { path: "build", body: order, becomes }, { model, world });
  }),
);

const lifecycle = fc.constantFrom(
  "created",
  "starting",
  "ready",
  "start_error",
  "start_timeout",
  "shutting_down",
  "shutdown_timeout",
  "shutdown_error",
  "off",
);
const agentOrder = fc.record(
  { lifecycle, connected: fc.boolean() },
  { noNullPrototype: true, requiredKeys: ["lifecycle"] },
);
type AgentOrder = { readonly lifecycle: string; readonly connected?: boolean };

export const steerAgent = fc.tuple(agentOrder, which).map(([order, n]) =>
  onTask(`agent ${JSON.stringify(order)}`, n, async (task, model, world) => {
    if (task.agent === undefined) {
      expect((await world.admin("POST", `/tasks/${task.id}/agent`, order)).status).toBe(409);
      return;
    }
    const { lifecycle: wanted, connected }: AgentOrder = order;
    const moved = withLifecycle(task, wanted);
    const becomes = connected === undefined ? moved : withConnection(moved, connected);
    await give(task, { path: "agent", body: order, becomes }, { model, world });
  }),
);

const health = fc.constantFrom("initializing", "healthy", "healthy", "disabled", "unhealthy");
const appOrder = fc.oneof(
  health.map((one) => ({ health: one })),
  ...["linked", "busy", "reachable", "accepts"].map((flag) => fc.boolean().map((on) => ({ [flag]: on }))),
);

export const steerApp = fc.tuple(appOrder, which).map(([order, n]) =>
  onTask(`app ${JSON.stringify(order)}`, n, async (task, model, world) => {
    if (task.agent === undefined) {
      expect((await world.admin("POST", `/tasks/${task.id}/app`, order)).status).toBe(409);
      return;
    }
    await give(task, { path: "app", body: order, becomes: withAgent(task, order) }, { model, world });
  }),
);

type ByHand = readonly (readonly [
  path: string,
  body: object,
  change: (task: ModelTask, now: number) => ModelTask,
])[];

const up: ByHand = [
  ["build", { job: "succeeded" }, (task) => withJob(task, "succeeded")],
  ["agent", { lifecycle: "ready" }, (task) => withLifecycle(task, "ready")],
  ["app", { health: "healthy" }, (task) => withAgent(task, { health: "healthy" })],
];
const down: ByHand = [
  ["build", { job: "succeeded" }, (task) => withJob(task, "succeeded")],
  [
    "build",
    { transition: "stop", job: "succeeded" },
    (task, now) => withJob(withBuild(task, "stop", now), "succeeded"),
  ],
];

/** Brings a task all the way up or down by hand, because few random walks get there. */
function byHand(name: string, steps: ByHand) {
  return which.map((n) =>
    onTask(name, n, async ({ id }, model, world) => {
      for (const [path, body, change] of steps) {
        const task = model.task(id);
        if (task === undefined || (path !== "build" && task.agent === undefined)) return;
        await give(task, { path, body, becomes: change(task, model.now) }, { model, world });
      }
    }),
  );
}

export const bringUp = byHand("bring up", up);
export const bringDown = byHand("bring down", down);
