import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../src/contract/json.ts";
import { agentLifecycles, appHealths, connections, reportStates } from "../../src/domain/agent.ts";
import { addReport } from "../../src/domain/apply-step.ts";
import type { Behaviour } from "../../src/domain/behaviour.ts";
import { moveAgent, setConnection } from "../../src/domain/change-agent.ts";
import { Clock } from "../../src/domain/clock.ts";
import { chooseNames, createTask } from "../../src/domain/create-task.ts";
import { asInstant } from "../../src/domain/instant.ts";
import { withAgent, withApp } from "../../src/domain/pair.ts";
import { sendInput } from "../../src/domain/send-input.ts";
import { startBuild } from "../../src/domain/start-build.ts";
import { addMessage } from "../../src/domain/task.ts";
import { isBuilding, transitions } from "../../src/domain/workspace.ts";
import { World } from "../../src/domain/world.ts";
import { buildStart } from "../../src/scenarios/build/build-start.ts";
import { checkScenario } from "../../src/scenarios/check/check-scenario.ts";
import { exportScenario } from "../../src/scenarios/export/export-scenario.ts";
import { formatFinding, type ScenarioSource } from "../../src/scenarios/scenario-source.ts";
import { assets } from "../support/assets.ts";

const library = assets.library;

async function worldOf(source: ScenarioSource, seed = "round"): Promise<World> {
  const start = await buildStart(source, library.fixtures, { seed });
  const settings = {
    scenario: source.name,
    seed,
    revision: "2.34",
    profile: "documented",
    auth: "strict",
  } as const;
  return new World(start, settings, new Clock(() => 0, start.startsAt, { mode: "manual", speed: 1 }));
}

async function scenarioNamed(name: string): Promise<World> {
  const source = library.get(name);
  if (source === undefined) throw new Error(`There is no scenario ${name}.`);
  return worldOf(source);
}

/** An export as somebody would get it over HTTP and hand it in again, under a name of their own. */
function asSource(world: World): ScenarioSource {
  const document: JsonValue = JSON.parse(JSON.stringify(exportScenario(world)));
  return { name: "saved", file: "saved.json", document, locate: () => undefined };
}

/** A compiled pattern is a function, and another one each time. */
function asData<Value extends { readonly behaviour: Behaviour }>({ behaviour, ...rest }: Value): unknown {
  const data: JsonValue = JSON.parse(JSON.stringify(behaviour));
  return { ...rest, behaviour: data };
}

/** All that answers are made from. */
function contents({ tables, now, ids, start }: World): unknown {
  return {
    now,
    organizations: [...tables.organizations.values()],
    users: [...tables.users.values()],
    tokens: [...tables.tokens.values()].sort((one, other) => (one.text < other.text ? -1 : 1)),
    templates: [...tables.templates.values()].map(asData),
    tasks: [...tables.tasks.values()],
    workspaces: [...tables.workspaces.values()].map(asData),
    counters: ids.counters,
    defaultUserId: start.defaultUserId,
    durations: start.durations,
  };
}

type Move = (world: World, pick: number) => void;

/** Picks a living workspace and its task. */
function pairAt(world: World, pick: number) {
  const pairs = [...world.tables.tasks.values()].flatMap((task) => {
    const workspace =
      task.workspaceId === undefined ? undefined : world.tables.workspaces.get(task.workspaceId);
    return workspace === undefined || task.deletedAt !== undefined ? [] : [{ workspace, task }];
  });
  return pairs[pick % Math.max(1, pairs.length)];
}

function chosen<Value>(values: readonly [Value, ...Value[]], pick: number): Value {
  return values[pick % values.length] ?? values[0];
}

const moves: Readonly<Record<string, Move>> = {
  wait: (world, pick) => world.settle(asInstant(world.now + (pick % 4_000))),
  leave: (world, pick) => world.settle(asInstant(world.now + (pick % 90_000))),
  create: (world, pick) => {
    const owner = [...world.tables.users.values()][pick % world.tables.users.size];
    const template = [...world.tables.templates.values()].find(({ versions }) =>
      versions.some((one) => one.hasAiTask),
    );
    const version = template?.versions.at(-1);
    if (owner === undefined || template === undefined || version === undefined) return;
    const prompt = `Look at page ${pick} 🦋`;
    const names = chooseNames(world, { owner, name: "", displayName: "", prompt });
    if (names === undefined) return;
    const preset = pick % 2 === 0 ? version.presets[0] : undefined;
    createTask(world, { owner, initiator: owner, template, version, preset, prompt, ...names });
  },
  build: (world, pick) => {
    const pair = pairAt(world, pick);
    if (pair === undefined || isBuilding(pair.workspace)) return;
    const transition = chosen(transitions, pick);
    const { workspace } = startBuild(world, pair.workspace, {
      transition,
      reason: "dashboard",
      initiatorId: pair.workspace.ownerId,
      prompt: undefined,
    });
    world.saveWorkspace(workspace);
    // As DELETE does, and unlike the deletion of the workspace alone.
    if (transition === "delete" && pick % 5 !== 0) world.saveTask({ ...pair.task, deletedAt: world.now });
  },
  send: (world, pick) => {
    const pair = pairAt(world, pick);
    if (pair?.workspace.builds.at(-1)?.agent !== undefined)
      sendInput(world, pair.task, { workspace: pair.workspace, input: `Go on ${pick}` });
  },
  agent: (world, pick) => {
    const pair = pairAt(world, pick);
    if (pair === undefined) return;
    const moved = withAgent(pair, world.now, (agent) =>
      setConnection(
        moveAgent(agent, chosen(agentLifecycles, pick), world.now),
        chosen(connections, pick >> 4),
        world.now,
      ),
    );
    world.saveWorkspace(moved.workspace);
  },
  app: (world, pick) => {
    const pair = pairAt(world, pick);
    if (pair === undefined) return;
    const health = chosen(appHealths, pick);
    const flags = {
      linked: (pick & 1) === 0,
      reachable: (pick & 2) === 0,
      accepts: (pick & 4) === 0,
      busy: (pick & 8) === 0,
    };
    world.saveWorkspace(withApp(pair, world.now, (app) => ({ ...app, health, ...flags })).workspace);
  },
  report: (world, pick) => {
    const pair = pairAt(world, pick);
    if (pair === undefined) return;
    const report = { state: chosen(reportStates, pick), message: "", uri: "" };
    world.saveWorkspace(addReport(pair.workspace, report, { at: world.now, ids: world.ids }));
  },
  message: (world, pick) => {
    const pair = pairAt(world, pick);
    if (pair !== undefined)
      world.saveTask(addMessage(pair.task, { role: "user", content: "\u0000 ", at: world.now }));
  },
  snapshot: (world, pick) => {
    const pair = pairAt(world, pick);
    if (pair === undefined) return;
    const messages = [{ id: 0, role: "tool", content: "", time: "0001-01-01T00:00:00Z" }];
    world.saveTask({
      ...pair.task,
      snapshot: { storedAt: world.now, messages: pick % 2 === 0 ? messages : [] },
    });
  },
};

describe("an exported world", () => {
  it.each(library.names().filter((name) => name !== "large"))(
    "of %s starts as the same world",
    async (name) => {
      const world = await scenarioNamed(name);
      const source = asSource(world);
      expect((await checkScenario(source, library.fixtures)).map(formatFinding)).toEqual([]);
      expect(contents(await worldOf(source))).toStrictEqual(contents(world));
    },
  );

  it("starts as the same world after whatever happened in it, and goes on with the same ids in the same way", async () => {
    const steps = fc.array(fc.tuple(fc.constantFrom(...Object.keys(moves)), fc.nat(100_000)), {
      maxLength: 25,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("default", "every-status", "empty", "agents"),
        steps,
        steps,
        async (name, taken, further) => {
          const world = await scenarioNamed(name);
          for (const [move, pick] of taken) moves[move]?.(world, pick);
          const source = asSource(world);
          expect((await checkScenario(source, library.fixtures)).map(formatFinding)).toEqual([]);
          const again = await worldOf(source, "another seed");
          expect(contents(again)).toStrictEqual(contents(world));
          for (const one of [world, again]) {
            for (const [move, pick] of further) moves[move]?.(one, pick);
            one.settle(asInstant(one.now + 3_600_000));
          }
          expect(contents(again)).toStrictEqual(contents(world));
          expect(exportScenario(again).origin).toEqual({ scenario: name, seed: "round" });
        },
      ),
      { numRuns: 40 },
    );
  });
});
