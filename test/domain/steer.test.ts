import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agentLifecycles, appHealths } from "../../src/domain/agent.ts";
import { type Behaviour, plainBehaviour } from "../../src/domain/behaviour.ts";
import { currentState } from "../../src/domain/current-state.ts";
import { drawDurations } from "../../src/domain/due.ts";
import { planShutdown, planStart } from "../../src/domain/lifecycle-plan.ts";
import type { Pair } from "../../src/domain/pair.ts";
import { steerAgent, steerApp, steerJob } from "../../src/domain/steer.ts";
import { taskStatus, workspaceStatus } from "../../src/domain/task-status.ts";
import { latestBuild, type Transition } from "../../src/domain/workspace.ts";
import type { World } from "../../src/domain/world.ts";
import { advance, buildWorld, placeTask, template } from "../support/world-builder.ts";
import { anyBehaviour } from "./any-behaviour.ts";

/** A task whose latest build is fresh, with all of its steps planned. */
function fresh(world: World, transition: Transition, behaviour: Behaviour = plainBehaviour): Pair {
  const { task, workspace: placed } = placeTask(world, { transition, job: "pending" });
  const workspace = { ...placed, behaviour };
  const draw = { ids: world.ids, of: workspace.id };
  const durations = drawDurations(template.durations, draw);
  const [build] = behaviour.builds[transition];
  const [agent] = behaviour.agent;
  const [app] = behaviour.app;
  const due =
    transition === "start"
      ? planStart(world.now, { durations, prompt: "Fix it", build, agent, app, draw })
      : planShutdown(world.now, { durations, transition, agentIsUp: true, build });
  world.saveWorkspace({ ...workspace, due });
  return { task, workspace: { ...workspace, due } };
}

function save(world: World, pair: Pair): void {
  world.saveWorkspace(pair.workspace);
  if (pair.task !== undefined) world.saveTask(pair.task);
}

function current(world: World, { workspace }: Pair): Pair {
  const found = world.tables.workspaces.get(workspace.id);
  if (found === undefined) throw new Error("The workspace is gone.");
  return { workspace: found, task: found.taskId && world.tables.tasks.get(found.taskId) };
}

function statuses({ workspace }: Pair): readonly unknown[] {
  const build = latestBuild(workspace);
  return [build && workspaceStatus(build.transition, build.job.status), taskStatus(workspace)];
}

describe("a job that is put to a status", () => {
  it.each([
    ["start", "failed", 0, "failed", "error"],
    ["start", "failed", 1_000, "failed", "error"],
    ["start", "canceling", 1_000, "canceling", "error"],
    ["start", "canceled", 1_000, "canceled", "error"],
    ["start", "failed", 60_000, "failed", "error"],
    ["stop", "failed", 1_000, "failed", "error"],
    ["stop", "succeeded", 0, "stopped", "paused"],
    ["start", "running", 0, "starting", "initializing"],
    ["start", "succeeded", 0, "running", "initializing"],
    ["start", "running", 60_000, "starting", "initializing"],
  ] as const)(
    "%s, %s after %i ms: is %s and the task %s",
    (transition, status, milliseconds, ...expected) => {
      const world = buildWorld();
      const first = fresh(world, transition);
      advance(world, milliseconds);
      const steered = steerJob(
        current(world, first),
        { status, error: "" },
        { at: world.now, ids: world.ids },
      );

      expect(statuses(steered)).toEqual(expected);
      const last = steered.workspace.statuses.at(-1)?.message;
      if (expected[1] === "error") expect(currentState(steered.workspace)?.message).toBe(last);
    },
  );

  it.each(["failed", "canceling", "canceled"] as const)("%s has nothing more to come", (status) => {
    const world = buildWorld();
    const first = fresh(world, "start");
    advance(world, 1_000);
    save(world, steerJob(current(world, first), { status, error: "" }, { at: world.now, ids: world.ids }));
    const before = current(world, first);
    advance(world, 60_000);

    expect(current(world, first)).toEqual(before);
  });
});

describe("what is planned to go wrong", () => {
  const moment = (world: World) => ({ at: world.now, ids: world.ids });

  it("with a job is off once a hand has put the job to success", () => {
    const world = buildWorld();
    const fails: Behaviour = {
      ...plainBehaviour,
      builds: { ...plainBehaviour.builds, start: [{ kind: "fails", error: "" }] },
    };
    const first = fresh(world, "start", fails);
    advance(world, 1_000);
    save(world, steerJob(current(world, first), { status: "succeeded", error: "" }, moment(world)));
    advance(world, 60_000);

    expect(statuses(current(world, first))).toEqual(["running", "initializing"]);
  });

  it("with a connection is off once a hand has brought the agent up", () => {
    const world = buildWorld();
    const first = fresh(world, "start", { ...plainBehaviour, agent: [{ kind: "never-connects" }] });
    advance(world, 2_500);
    save(world, steerAgent(current(world, first), { lifecycle: "ready" }, world.now));
    advance(world, 60_000);

    expect(latestBuild(current(world, first).workspace)?.agent?.connection).toBe("connected");
  });

  it("with an app comes true though a hand has made it healthy early", () => {
    const world = buildWorld();
    const after = { least: 5_000, most: 5_000 };
    const first = fresh(world, "start", { ...plainBehaviour, app: [{ kind: "unhealthy", after }] });
    advance(world, 4_500);
    save(world, steerApp(current(world, first), { health: "healthy" }, world.now));
    expect(statuses(current(world, first))).toEqual(["running", "active"]);
    advance(world, 60_000);

    expect(statuses(current(world, first))).toEqual(["running", "error"]);
  });

  it("or well does not free an app that a hand has made busy before its agent set out", () => {
    const world = buildWorld();
    const first = fresh(world, "start");
    advance(world, 3_500);
    save(world, steerApp(current(world, first), { busy: true }, world.now));
    advance(world, 60_000);
    expect(latestBuild(current(world, first).workspace)?.agent?.app.busy).toBe(true);
  });
});

describe("a hand from outside", () => {
  const steering = fc.oneof(
    fc.record({
      kind: fc.constant("job" as const),
      status: fc.constantFrom("running", "succeeded", "failed", "canceling", "canceled"),
    }),
    fc.record({ kind: fc.constant("lifecycle" as const), lifecycle: fc.constantFrom(...agentLifecycles) }),
    fc.record({ kind: fc.constant("connected" as const), connected: fc.boolean() }),
    fc.record({ kind: fc.constant("health" as const), health: fc.constantFrom(...appHealths) }),
    fc.record({ kind: fc.constant("busy" as const), busy: fc.boolean() }),
    fc.record({ kind: fc.constant("pass" as const), milliseconds: fc.nat(3_000) }),
  );

  it("can do anything at any time and leaves a sound world", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("start", "stop"),
        anyBehaviour,
        fc.array(steering, { maxLength: 20 }),
        (transition, behaviour, acts) => {
          const world = buildWorld();
          const first = fresh(world, transition, behaviour);
          for (const act of acts) {
            const pair = current(world, first);
            const moment = { at: world.now, ids: world.ids };
            if (act.kind === "pass") advance(world, act.milliseconds);
            else if (act.kind === "job")
              save(world, steerJob(pair, { status: act.status, error: "" }, moment));
            else if (act.kind === "health" || act.kind === "busy") {
              const { kind: _, ...change } = act;
              save(world, steerApp(pair, change, world.now));
            } else {
              const { kind: _, ...change } = act;
              save(world, steerAgent(pair, change, world.now));
            }
            expectSound(world, current(world, first));
          }
          advance(world, 60_000);
          expect(world.nextDue).toBeUndefined();
          expectSound(world, current(world, first));
        },
      ),
      { numRuns: 100 },
    );
  });
});

function expectSound(world: World, { workspace, task }: Pair): void {
  const build = latestBuild(workspace);
  const isUp = build?.transition === "start" && build.job.status === "succeeded";
  expect(build?.agent !== undefined).toBe(isUp);
  const instants = workspace.due.map(({ at }) => at);
  expect(instants).toEqual(instants.toSorted((one, other) => one - other));
  expect(instants.every((at) => at >= world.now)).toBe(true);
  expect(task?.conversation.map(({ id }) => id)).toEqual(task?.conversation.map((_, index) => index + 1));
  const { startedAt, completedAt, status } = build?.job ?? {};
  if (status === "succeeded" || status === "failed" || status === "canceled") {
    expect(completedAt).toBeDefined();
  } else expect(completedAt).toBeUndefined();
  if (status === "running") expect(startedAt).toBeDefined();
  if (status === "pending") expect(startedAt).toBeUndefined();
}
