import { describe, expect, it } from "vitest";
import { Clock } from "../../src/domain/clock.ts";
import { asInstant } from "../../src/domain/instant.ts";
import { taskStatus } from "../../src/domain/task-status.ts";
import { latestBuild } from "../../src/domain/workspace.ts";
import { World } from "../../src/domain/world.ts";
import { buildStart } from "../../src/scenarios/build/build-start.ts";
import { type Stage, stageNames, stagePlan } from "../../src/scenarios/build/stages.ts";
import { assets } from "../support/assets.ts";
import { scenarioFrom } from "./scenario-text.ts";

/** A world with one task, an hour old, with the prompt "Hello" and what a record says besides. */
async function worldWith(record: string): Promise<World> {
  const text = `organizations: [harbor]
users: [mateo]
scripts:
  greeter:
    opening: [{ say: "Opening." }, { think: 1s }, { complete: "Greeted" }]
    otherwise: [{ say: "Otherwise." }, { failure: "Lost" }]
templates: [{ name: t, organization: harbor }]
tasks: [{ name: one, owner: mateo, template: t, created: 1h, prompt: Hello, ${record} }]`;
  const start = await buildStart(await scenarioFrom(text), assets.library.fixtures, { seed: "1" });
  return new World(
    start,
    { scenario: "sample", seed: "1", revision: "2.34", profile: "documented", auth: "strict" },
    new Clock(() => 0, start.startsAt, { mode: "manual", speed: 1 }),
  );
}

function only(world: World) {
  const [task] = world.tables.tasks.values();
  const [workspace] = world.tables.workspaces.values();
  if (task === undefined || workspace === undefined) throw new Error("The task is gone.");
  return { task, workspace, build: latestBuild(workspace) };
}

function pass(world: World, milliseconds: number): void {
  world.settle(asInstant(world.now + milliseconds));
}

const worst = `behaviour: { start: { fails: no luck }, stop: hangs, delete: canceled, agent: never-connects, app: rejects }`;
const staged = stageNames.filter((name) => name !== "no-workspace");

describe("a behaviour of a task", () => {
  it.each(staged)("leaves the stage %s as it is", async (stage: Stage) => {
    const plain = only(await worldWith(`stage: ${stage}`));
    const other = only(await worldWith(`stage: ${stage}, ${worst}`));

    expect({ ...other.workspace, behaviour: plain.workspace.behaviour }).toEqual(plain.workspace);
    expect(other.task).toEqual(plain.task);
  });

  it.each([
    ["pending", "start: { fails: no luck }", "failed", "error"],
    ["provisioning", "start: { fails: no luck }", "failed", "error"],
    ["provisioning", "start: canceled", "canceled", "error"],
    ["pending", "start: hangs", "running", "initializing"],
    ["connecting", "start: { fails: no luck }", "succeeded", "active"],
    ["connecting", "agent: never-connects", "succeeded", "initializing"],
    ["starting", "agent: never-connects", "succeeded", "active"],
    ["starting", "agent: start-error", "succeeded", "active"],
    ["app-starting", "app: { unhealthy_after: 10s }", "succeeded", "error"],
    ["stopping", "stop: { fails: no luck }", "failed", "error"],
    ["pausing", "stop: hangs", "running", "unknown"],
    ["resuming", "start: [succeeds, { fails: no luck }]", "failed", "error"],
    ["resuming", "start: [{ fails: no luck }, succeeds]", "succeeded", "active"],
  ])("in the stage %s that continues, with %s, ends in a job that is %s and %s", async (...row) => {
    const [stage, behaviour, job, status] = row;
    const world = await worldWith(`stage: ${stage}, continues: true, behaviour: { ${behaviour} }`);
    pass(world, 3_600_000);
    const { workspace, build } = only(world);

    expect([build?.job.status, taskStatus(workspace)]).toEqual([job, status]);
    expect(world.nextDue).toBeUndefined();
  });

  it.each([
    ["starting", "agent: start-timeout", { lifecycle: "start_timeout" }],
    ["app-starting", "agent: start-timeout", { lifecycle: "ready" }],
    ["app-starting", "agent: { disconnects_after: 10s }", { connection: "disconnected" }],
    ["app-starting", "app: unreachable", { app: { health: "healthy", reachable: false } }],
    ["active", "app: unreachable", { app: { health: "healthy", reachable: true } }],
  ])("in the stage %s that continues, with %s, leaves its agent %j", async (stage, behaviour, agent) => {
    const world = await worldWith(`stage: ${stage}, continues: true, behaviour: { ${behaviour} }`);
    pass(world, 3_600_000);

    expect(only(world).build?.agent).toMatchObject(agent);
  });

  it.each([
    ["pending", ["Hello", "Opening."], "complete"],
    ["app-starting", ["Hello", "Opening."], "complete"],
    ["active", ["Hello", "Opening."], "complete"],
    ["working", ["Hello", "Opening."], "complete"],
    ["busy", ["Hello", "Otherwise."], "failure"],
    ["resuming", ["Hello", expect.stringContaining("Hello")], "idle"],
  ])("has its script go on in the stage %s", async (stage, said, state) => {
    const world = await worldWith(`stage: ${stage}, continues: true, behaviour: { script: greeter }`);
    pass(world, 3_600_000);
    const { task, workspace, build } = only(world);

    expect(task.conversation.map(({ content }) => content)).toEqual(said);
    expect(workspace.statuses.at(-1)?.state).toBe(state);
    expect(build?.agent?.app.busy).toBe(false);
  });

  it("goes on in order from every stage that continues, and ends some time", async () => {
    for (const stage of staged.filter((name) => stagePlan(name).deleted !== true)) {
      const world = await worldWith(`stage: ${stage}, continues: true, ${worst}`);
      const instants = only(world).workspace.due.map(({ at }) => at);
      expect(instants).toEqual(instants.toSorted((one, other) => one - other));
      pass(world, 3_600_000);
      expect([stage, world.nextDue]).toEqual([stage, undefined]);
    }
  });
});
