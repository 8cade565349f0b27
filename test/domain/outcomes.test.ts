import { describe, expect, it } from "vitest";
import { agentHealth } from "../../src/domain/agent-health.ts";
import {
  type AgentOutcome,
  type AppOutcome,
  type Behaviour,
  type BuildOutcome,
  plainBehaviour,
} from "../../src/domain/behaviour.ts";
import { currentState } from "../../src/domain/current-state.ts";
import { fixed } from "../../src/domain/span.ts";
import type { Task } from "../../src/domain/task.ts";
import { taskStatus } from "../../src/domain/task-status.ts";
import { isBuilding, latestBuild, type Transition } from "../../src/domain/workspace.ts";
import type { World } from "../../src/domain/world.ts";
import { advance, beginning, buildWorld } from "../support/world-builder.ts";
import { begin, create, read, row, send } from "./started-task.ts";

const succeeds: BuildOutcome = { kind: "succeeds" };

function builds(change: { readonly [Name in Transition]?: Behaviour["builds"][Name] }): Partial<Behaviour> {
  return { builds: { ...plainBehaviour.builds, ...change } };
}

/** Both statuses at instants after the start, in milliseconds. */
function statusesAt(world: World, id: Task["id"], instants: readonly number[]): readonly unknown[] {
  return instants.map((instant) => {
    advance(world, instant - (world.now - beginning));
    return [instant, ...row(world, id).slice(1, 3)];
  });
}

describe("a start build that", () => {
  it.each<[BuildOutcome, readonly unknown[]]>([
    [
      { kind: "fails", error: "terraform: exit status 1" },
      [
        [0, "pending", "pending"],
        [500, "starting", "initializing"],
        [1_999, "starting", "initializing"],
        [2_000, "failed", "error"],
        [60_000, "failed", "error"],
      ],
    ],
    [
      { kind: "canceled" },
      [
        [500, "starting", "initializing"],
        [1_249, "starting", "initializing"],
        [1_250, "canceling", "error"],
        [1_999, "canceling", "error"],
        [2_000, "canceled", "error"],
        [60_000, "canceled", "error"],
      ],
    ],
    [
      { kind: "hangs" },
      [
        [499, "pending", "pending"],
        [500, "starting", "initializing"],
        [3_600_000, "starting", "initializing"],
      ],
    ],
  ])("%j passes through these statuses", (outcome, expected) => {
    const world = buildWorld();
    const { id } = create(world, { behaviour: builds({ start: [outcome] }) });
    const instants = expected.map((one) => (Array.isArray(one) ? Number(one[0]) : 0));

    expect(statusesAt(world, id, instants)).toEqual(expected);
    expect(world.nextDue).toBeUndefined();
    expect(latestBuild(read(world, id).workspace)?.agent).toBeUndefined();
    expect(read(world, id).task.conversation).toEqual([]);
  });

  it("fails tells why, and when", () => {
    const world = buildWorld();
    const { id } = create(world, { behaviour: builds({ start: [{ kind: "fails", error: "no space" }] }) });
    advance(world, 10_000);

    expect(latestBuild(read(world, id).workspace)?.job).toMatchObject({
      status: "failed",
      error: "no space",
      startedAt: beginning + 500,
      completedAt: beginning + 2_000,
    });
  });

  it("hangs keeps every other build from starting, one that ended does not", () => {
    const world = buildWorld();
    const hung = create(world, { name: "hung", behaviour: builds({ start: [{ kind: "hangs" }] }) });
    const canceled = create(world, { name: "off", behaviour: builds({ start: [{ kind: "canceled" }] }) });
    advance(world, 1_500);
    expect(isBuilding(read(world, canceled.id).workspace)).toBe(true);
    advance(world, 60_000);

    expect(isBuilding(read(world, hung.id).workspace)).toBe(true);
    expect(isBuilding(read(world, canceled.id).workspace)).toBe(false);
  });
});

describe("a shutdown that", () => {
  it.each<["stop" | "delete", BuildOutcome, readonly unknown[]]>([
    ["stop", { kind: "fails", error: "" }, ["stopping", "unknown", "failed", "error"]],
    ["stop", { kind: "canceled" }, ["stopping", "unknown", "canceled", "error"]],
    ["stop", { kind: "hangs" }, ["stopping", "unknown", "stopping", "unknown"]],
    ["delete", { kind: "fails", error: "" }, ["deleting", "unknown", "failed", "error"]],
    ["delete", { kind: "canceled" }, ["deleting", "unknown", "canceled", "error"]],
    ["delete", { kind: "hangs" }, ["deleting", "unknown", "deleting", "unknown"]],
  ])("is a %s and %j leaves the workspace there", (transition, outcome, expected) => {
    const world = buildWorld();
    const { id } = create(world, { behaviour: builds({ [transition]: [outcome] }) });
    advance(world, 10_000);
    begin(world, id, transition);
    advance(world, 500);
    const seen = row(world, id).slice(1, 3);
    advance(world, 3_600_000);

    expect([...seen, ...row(world, id).slice(1, 3)]).toEqual(expected);
    expect(world.nextDue).toBeUndefined();
  });

  it("fails can be tried again, and takes the next outcome then", () => {
    const world = buildWorld();
    const stop = [{ kind: "fails", error: "busy" }, succeeds] as const;
    const { id } = create(world, { behaviour: builds({ stop }) });
    advance(world, 10_000);
    const seen = ["stop", "stop"].map(() => {
      begin(world, id, "stop");
      advance(world, 10_000);
      return row(world, id)[1];
    });

    expect(seen).toEqual(["failed", "stopped"]);
  });
});

describe("the outcomes of a list", () => {
  it("go to the builds of their kind in turn, and the last to all that follow", () => {
    const world = buildWorld();
    const start = [succeeds, { kind: "fails", error: "" }, { kind: "canceled" }] as const;
    const { id } = create(world, { behaviour: builds({ start }) });
    advance(world, 10_000);
    const seen = [row(world, id)[1]];
    for (let round = 0; round < 3; round++) {
      begin(world, id, "stop");
      advance(world, 10_000);
      begin(world, id, "start");
      advance(world, 10_000);
      seen.push(row(world, id)[1]);
    }

    expect(seen).toEqual(["running", "failed", "canceled", "canceled"]);
  });

  it("of agents and apps go by start builds", () => {
    const world = buildWorld();
    const { id } = create(world, {
      behaviour: {
        agent: [{ kind: "start-error" }, { kind: "ready" }],
        app: [{ kind: "unreachable" }, { kind: "rejects" }, { kind: "healthy" }],
      },
    });
    const seen = [1, 2, 3].map((round) => {
      if (round > 1) begin(world, id, "start");
      advance(world, 10_000);
      const { lifecycle, app } = latestBuild(read(world, id).workspace)?.agent ?? {};
      return [lifecycle, app?.reachable, app?.accepts];
    });

    expect(seen).toEqual([
      ["start_error", false, true],
      ["ready", true, false],
      ["ready", true, true],
    ]);
  });
});

describe("an agent that", () => {
  it.each<[AgentOutcome, readonly unknown[]]>([
    [{ kind: "ready" }, ["ready", "connected", "active", undefined]],
    [
      { kind: "start-error" },
      ["start_error", "connected", "active", "agent startup script exited with an error"],
    ],
    [{ kind: "start-timeout" }, ["start_timeout", "connected", "active", undefined]],
    [
      { kind: "never-connects" },
      ["created", "timeout", "initializing", "agent is taking too long to connect"],
    ],
    [
      { kind: "disconnects", after: fixed(30_000) },
      ["ready", "disconnected", "active", "agent has lost connection"],
    ],
  ])("%j ends up as this", (outcome, expected) => {
    const world = buildWorld();
    const { id } = create(world, { behaviour: { agent: [outcome] } });
    advance(world, 60_000);
    const { workspace } = read(world, id);
    const agent = latestBuild(workspace)?.agent;
    if (agent === undefined) throw new Error("There is no agent.");

    expect([agent.lifecycle, agent.connection, taskStatus(workspace), agentHealth(agent).reason]).toEqual(
      expected,
    );
    expect(world.nextDue).toBeUndefined();
  });

  it("never connects is given up when it should have, and says nothing", () => {
    const world = buildWorld();
    const { id } = create(world, { behaviour: { agent: [{ kind: "never-connects" }] } });
    const connection = () => latestBuild(read(world, id).workspace)?.agent?.connection;
    advance(world, 2_999);
    expect(connection()).toBe("connecting");
    advance(world, 1);

    expect(connection()).toBe("timeout");
    expect(read(world, id).task.conversation).toEqual([]);
    expect(currentState(read(world, id).workspace)?.message).toBe("Agent is connecting");
  });

  it("disconnects does so that long after it was ready", () => {
    const world = buildWorld();
    const { id } = create(world, { behaviour: { agent: [{ kind: "disconnects", after: fixed(1_700) }] } });
    advance(world, 5_699);
    expect(latestBuild(read(world, id).workspace)?.agent?.connection).toBe("connected");
    advance(world, 1);

    expect(latestBuild(read(world, id).workspace)?.agent).toMatchObject({
      connection: "disconnected",
      disconnectedAt: beginning + 5_700,
    });
  });

  it("lost its connection works on, but what it reports is lost", () => {
    const world = buildWorld();
    const { id } = create(world, { behaviour: { agent: [{ kind: "disconnects", after: fixed(1_700) }] } });
    advance(world, 10_000);
    expect(row(world, id).slice(5)).toEqual(["Reading the task: Fix the tests", 2]);
    send(world, id, "More");
    advance(world, 10_000);

    expect(row(world, id).slice(5)).toEqual(["Reading the task: Fix the tests", 4]);
    expect(latestBuild(read(world, id).workspace)?.agent?.app.busy).toBe(false);
  });

  it("is told something is still going to lose its connection", () => {
    const world = buildWorld();
    const { id } = create(world, { behaviour: { agent: [{ kind: "disconnects", after: fixed(20_000) }] } });
    advance(world, 10_000);
    send(world, id, "More");
    advance(world, 20_000);

    expect(latestBuild(read(world, id).workspace)?.agent?.connection).toBe("disconnected");
  });
});

describe("an app that", () => {
  it.each<[AppOutcome, readonly unknown[]]>([
    [{ kind: "healthy" }, ["healthy", true, true, "active"]],
    [{ kind: "unhealthy", after: fixed(30_000) }, ["unhealthy", true, true, "error"]],
    [{ kind: "unreachable" }, ["healthy", false, true, "active"]],
    [{ kind: "rejects" }, ["healthy", true, false, "active"]],
  ])("%j ends up as this", (outcome, expected) => {
    const world = buildWorld();
    const { id } = create(world, { behaviour: { app: [outcome] } });
    advance(world, 60_000);
    const { workspace } = read(world, id);
    const app = latestBuild(workspace)?.agent?.app;

    expect([app?.health, app?.reachable, app?.accepts, taskStatus(workspace)]).toEqual(expected);
    expect(world.nextDue).toBeUndefined();
  });

  it("breaks does so that long after it was healthy, and takes the agent's turn with it", () => {
    const world = buildWorld();
    const { id } = create(world, { behaviour: { app: [{ kind: "unhealthy", after: fixed(1_000) }] } });
    advance(world, 5_999);
    expect(row(world, id)[2]).toBe("active");
    advance(world, 1);
    expect(row(world, id)[2]).toBe("error");
    advance(world, 60_000);

    expect(row(world, id).slice(5)).toEqual(["Reading the task: Fix the tests", 1]);
    expect(world.nextDue).toBeUndefined();
  });

  it("breaks does not keep its agent from losing its connection later", () => {
    const world = buildWorld();
    const { id } = create(world, {
      behaviour: {
        agent: [{ kind: "disconnects", after: fixed(9_000) }],
        app: [{ kind: "unhealthy", after: fixed(1_000) }],
      },
    });
    advance(world, 60_000);

    expect(latestBuild(read(world, id).workspace)?.agent?.connection).toBe("disconnected");
  });
});
