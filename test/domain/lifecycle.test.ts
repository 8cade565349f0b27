import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asInstant } from "../../src/domain/instant.ts";
import type { Fired } from "../../src/domain/lifecycle.ts";
import type { Task } from "../../src/domain/task.ts";
import { taskStatus } from "../../src/domain/task-status.ts";
import { isBuilding, latestBuild } from "../../src/domain/workspace.ts";
import type { World } from "../../src/domain/world.ts";
import { advance, beginning, buildWorld, template, templateWith, users } from "../support/world-builder.ts";
import { anyBehaviour, anyDurations } from "./any-behaviour.ts";
import { begin, create, read, row, send, view } from "./started-task.ts";

const none = undefined;
const opening = "Reading the task: Fix the tests";

describe("a created task", () => {
  it("passes through the rows of the table, each at its planned instant and not before", () => {
    const world = buildWorld();
    const { id } = create(world);
    const seen = [0, 499, 1, 1_499, 1, 999, 1, 999, 1, 999, 1, 499, 1, 1_499, 1].map((milliseconds) => {
      advance(world, milliseconds);
      return [world.now - beginning, ...row(world, id)];
    });

    expect(seen).toEqual([
      [0, 1, "pending", "pending", none, none, none, 0],
      [499, 1, "pending", "pending", none, none, none, 0],
      [500, 1, "starting", "initializing", none, none, "Workspace is starting", 0],
      [1_999, 1, "starting", "initializing", none, none, "Workspace is starting", 0],
      [2_000, 1, "running", "initializing", "created", "initializing", "Agent is connecting", 0],
      [2_999, 1, "running", "initializing", "created", "initializing", "Agent is connecting", 0],
      [3_000, 1, "running", "initializing", "starting", "initializing", "Agent is starting", 0],
      [3_999, 1, "running", "initializing", "starting", "initializing", "Agent is starting", 0],
      [4_000, 1, "running", "initializing", "ready", "initializing", "App is initializing", 0],
      [4_999, 1, "running", "initializing", "ready", "initializing", "App is initializing", 0],
      [5_000, 1, "running", "active", "ready", "healthy", none, 1],
      [5_499, 1, "running", "active", "ready", "healthy", none, 1],
      [5_500, 1, "running", "active", "ready", "healthy", opening, 1],
      [6_999, 1, "running", "active", "ready", "healthy", opening, 1],
      [7_000, 1, "running", "active", "ready", "healthy", "Waiting for input", 2],
    ]);
    expect(world.nextDue).toBeUndefined();
  });

  it("gets an agent that has shown itself in due order", () => {
    const world = buildWorld();
    const { id } = create(world);
    advance(world, 10_000);

    expect(latestBuild(read(world, id).workspace)?.agent).toMatchObject({
      connection: "connected",
      createdAt: beginning + 2_000,
      startedAt: beginning + 3_000,
      firstConnectedAt: beginning + 3_000,
      readyAt: beginning + 4_000,
    });
  });

  it.each(["", "  \n"])("with the blank prompt %j says nothing and still ends idle", (prompt) => {
    const world = buildWorld();
    const { id } = create(world, { prompt });
    advance(world, 60_000);

    expect(row(world, id).slice(2)).toEqual(["active", "ready", "healthy", "Waiting for input", 0]);
  });
});

describe("a pause and a resume", () => {
  it("pass through their rows, with a new agent and app at the end", () => {
    const world = buildWorld();
    const { id } = create(world);
    advance(world, 10_000);
    const before = latestBuild(read(world, id).workspace)?.agent;
    begin(world, id, "stop");
    const seen = [0, 500, 1_499, 1].map((milliseconds) => {
      advance(world, milliseconds);
      return row(world, id);
    });
    begin(world, id, "start");
    seen.push(row(world, id));
    for (const milliseconds of [500, 1_500, 3_000, 2_000]) {
      advance(world, milliseconds);
      seen.push(row(world, id));
    }
    const after = latestBuild(read(world, id).workspace)?.agent;

    expect(seen).toEqual([
      [2, "pending", "unknown", none, none, "Waiting for input", 2],
      [2, "stopping", "unknown", none, none, "Waiting for input", 2],
      [2, "stopping", "unknown", none, none, "Waiting for input", 2],
      [2, "stopped", "paused", none, none, "Waiting for input", 2],
      [3, "pending", "pending", none, none, none, 2],
      [3, "starting", "initializing", none, none, "Workspace is starting", 2],
      [3, "running", "initializing", "created", "initializing", "Agent is connecting", 2],
      [3, "running", "active", "ready", "healthy", none, 2],
      [3, "running", "active", "ready", "healthy", "Waiting for input", 2],
    ]);
    expect(after?.id).not.toBe(before?.id);
    expect(after?.app.id).not.toBe(before?.app.id);
    expect(after?.token).not.toBe(before?.token);
  });

  it("leave a snapshot of the last ten messages, handed in during the stop", () => {
    const world = buildWorld();
    const { id } = create(world);
    advance(world, 10_000);
    for (let turn = 0; turn < 6; turn++) {
      send(world, id, `Turn ${turn}`);
      advance(world, 10_000);
    }
    begin(world, id, "stop");
    const stopAt = world.now;
    advance(world, 10_000);
    const { snapshot, conversation } = read(world, id).task;

    expect(conversation.map((message) => message.id)).toEqual(conversation.map((_, index) => index + 1));
    expect(snapshot?.messages.map((message) => message.id)).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
    expect(snapshot?.storedAt).toBeGreaterThan(stopAt);
    expect(snapshot?.storedAt).toBeLessThan(stopAt + 2_000);
    begin(world, id, "stop");
    advance(world, 10_000);
    expect(read(world, id).task.snapshot).toBe(snapshot);
  });

  it("speak the changed prompt as a new turn", () => {
    const world = buildWorld();
    const { id } = create(world);
    advance(world, 10_000);
    begin(world, id, "stop");
    advance(world, 10_000);
    begin(world, id, "start", "Now the docs");
    advance(world, 10_000);

    expect(read(world, id).task.conversation.slice(2)).toMatchObject([
      { id: 3, role: "user", content: "Now the docs" },
      { id: 4, role: "agent", content: expect.stringContaining("Now the docs") },
    ]);
  });

  it("call off what was still planned", () => {
    const world = buildWorld();
    const { id } = create(world);
    advance(world, 5_600);
    begin(world, id, "stop");
    advance(world, 60_000);

    expect(row(world, id)).toEqual([2, "stopped", "paused", none, none, opening, 1]);
  });
});

describe("a delete build", () => {
  it("takes workspace, task and names away when it is through, not before", () => {
    const world = buildWorld();
    const { id, workspaceId } = create(world);
    advance(world, 10_000);
    begin(world, id, "delete");
    const seen = [0, 500, 1_499].map((milliseconds) => {
      advance(world, milliseconds);
      return row(world, id).slice(0, 3);
    });
    expect(seen).toEqual([
      [2, "pending", "unknown"],
      [2, "deleting", "unknown"],
      [2, "deleting", "unknown"],
    ]);
    expect(world.tables.workspaceNamed(users.member.id, "FIX")?.id).toBe(workspaceId);
    advance(world, 1);

    expect(world.tables.tasks.get(id)).toBeUndefined();
    expect(workspaceId && world.tables.workspaces.get(workspaceId)).toBeUndefined();
    expect(world.tables.workspaceNamed(users.member.id, "fix")).toBeUndefined();
    expect(world.tables.taskNamed(users.member.id, "fix")).toBeUndefined();
    expect(world.nextDue).toBeUndefined();
  });
});

describe("an input", () => {
  it("makes the agent busy and working at once, then answers and goes idle", () => {
    const world = buildWorld();
    const { id } = create(world);
    advance(world, 10_000);
    send(world, id, "More");
    const busy = () => latestBuild(read(world, id).workspace)?.agent?.app.busy;

    expect([...row(world, id).slice(2), busy()]).toEqual([
      "active",
      "ready",
      "healthy",
      "Working on: More",
      3,
      true,
    ]);
    advance(world, 1_999);
    expect([row(world, id)[6], busy()]).toEqual([3, true]);
    advance(world, 1);
    expect([...row(world, id).slice(5), busy()]).toEqual(["Waiting for input", 4, false]);
    expect(read(world, id).task.conversation.slice(2)).toMatchObject([
      { id: 3, role: "user", content: "More", at: beginning + 10_000 },
      { id: 4, role: "agent", content: expect.stringContaining("More"), at: beginning + 12_000 },
    ]);
  });

  it.each([5_000, 5_200, 5_500, 6_999])(
    "during the opening turn, after %i ms, replaces what was left of it",
    (milliseconds) => {
      const world = buildWorld();
      const { id } = create(world);
      advance(world, milliseconds);
      send(world, id, "Rather this");
      advance(world, 60_000);
      const { task, workspace } = read(world, id);

      expect(workspace.statuses.filter(({ state }) => state === "idle")).toHaveLength(1);
      expect(task.conversation.map(({ role }) => role)).toEqual(["user", "user", "agent"]);
      expect(latestBuild(workspace)?.agent?.app.busy).toBe(false);
    },
  );
});

/** Does what the task's state allows; nothing otherwise. */
function perform(world: World, id: Task["id"], what: "send" | "stop" | "start"): void {
  const { workspace } = read(world, id);
  if (what !== "send") {
    if (!isBuilding(workspace)) begin(world, id, what);
    return;
  }
  const isFree = latestBuild(workspace)?.agent?.app.busy === false;
  if (isFree && taskStatus(workspace) === "active") send(world, id, "More");
}

describe("settling", () => {
  const plan = fc.record({ durations: anyDurations(40), behaviour: anyBehaviour });

  it("in one jump gives the same world and the same events as in many small steps", () => {
    fc.assert(
      fc.property(
        fc.array(plan, { minLength: 1, maxLength: 4 }),
        fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 40 }),
        fc.boolean(),
        (plans, steps, peek) => {
          const end = asInstant(beginning + 2_000);
          const run = (stops: readonly number[]) => {
            const world = buildWorld();
            for (const [index, one] of plans.entries()) create(world, { name: `t${index}`, ...one });
            const fired: Fired[] = [];
            let at: number = beginning;
            // What is due at once happens unwatched when somebody looks first, so it is watched before anybody does.
            world.settle(beginning, (one) => fired.push(one));
            for (const stop of stops) {
              at += stop;
              if (peek) void world.nextDue;
              world.settle(asInstant(at), (one) => fired.push(one));
            }
            world.settle(end, (one) => fired.push(one));
            return { fired, view: view(world) };
          };
          const jumped = run([]);

          expect(run(steps)).toEqual(jumped);
          const instants = jumped.fired.map(({ due }) => due.at);
          expect(instants).toEqual(instants.toSorted((one, other) => one - other));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("gives the same world however often it was looked at between what users do", () => {
    const act = fc.record({
      after: fc.integer({ min: 0, max: 12 }),
      task: fc.nat(2),
      what: fc.constantFrom("send" as const, "stop" as const, "start" as const),
    });
    fc.assert(
      fc.property(
        fc.array(act, { maxLength: 25 }),
        anyDurations(4),
        anyBehaviour,
        (acts, durations, behaviour) => {
          const run = (look: (world: World, until: number) => void) => {
            const world = buildWorld();
            const ids = ["a", "b", "c"].map((name) => create(world, { name, durations, behaviour }).id);
            for (const { after, task, what } of acts) {
              const until = world.now + after;
              look(world, until);
              world.settle(asInstant(until));
              const id = ids[task];
              if (id !== undefined) perform(world, id, what);
            }
            world.settle(asInstant(beginning + 2_000));
            return view(world);
          };
          const often = run((world, until) => {
            for (let at = world.now; at < until; at = asInstant(at + 1)) {
              void world.nextDue;
              world.settle(at);
            }
            void world.nextDue;
          });

          expect(often).toEqual(run(() => undefined));
        },
      ),
      { numRuns: 100 },
    );
  });

  it("fires what is due at one instant in the order in which it was planned", () => {
    const world = buildWorld();
    const names = ["b", "a", "c"];
    for (const name of names) create(world, { name });
    const fired: string[] = [];
    world.settle(asInstant(beginning + 60_000), ({ due, after }) => {
      if (due.step.kind === "job-running" || due.step.kind === "app-healthy")
        fired.push(after.workspace.name);
    });

    expect(fired).toEqual([...names, ...names]);
  });

  it("does nothing for an instant that is past, and never moves now back", () => {
    const world = buildWorld();
    const { id } = create(world);
    advance(world, 3_000);
    const before = view(world);
    world.settle(asInstant(beginning + 1_000));

    expect(view(world)).toEqual(before);
    expect(taskStatus(read(world, id).workspace)).toBe("initializing");
  });

  it("one workspace lets all of its own happen now and leaves others and the time alone", () => {
    const world = buildWorld();
    const [one, other] = [create(world, { name: "one" }), create(world, { name: "other" })];
    advance(world, 100);
    if (one.workspaceId !== undefined) world.settleWorkspace(one.workspaceId);

    expect(row(world, one.id).slice(2)).toEqual(["active", "ready", "healthy", "Waiting for input", 2]);
    expect(row(world, other.id)[2]).toBe("pending");
    expect(world.now).toBe(beginning + 100);
    expect(world.nextDue).toBe(beginning + 500);
    advance(world, 60_000);
    expect(row(world, one.id)[6]).toBe(2);
    expect(row(world, other.id)[6]).toBe(2);
  });

  it("raises the version with everything that happens, and only then", () => {
    const world = buildWorld();
    create(world);
    const before = world.version;
    advance(world, 499);
    expect(world.version).toBe(before);
    advance(world, 1);
    expect(world.version).toBeGreaterThan(before);
  });
});

describe("two worlds from one start", () => {
  it("do not see each other's tasks", () => {
    const first = buildWorld({ templates: [template, templateWith(1, {})] });
    const { id } = create(first);
    const second = buildWorld();

    expect(second.tables.tasks.get(id)).toBeUndefined();
    expect(create(second).id).toBe(id);
  });
});
