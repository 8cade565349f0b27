import fc from "fast-check";
import { Clock } from "../../src/domain/clock.ts";
import { asInstant, type Instant } from "../../src/domain/instant.ts";
import { World } from "../../src/domain/world.ts";
import type { WorldStart } from "../../src/domain/world-start.ts";
import { buildStart } from "../../src/scenarios/build/build-start.ts";
import { exportScenario } from "../../src/scenarios/export/export-scenario.ts";
import { callOperation } from "../operations/call-operation.ts";
import { assets } from "../support/assets.ts";

/**
 * Any millisecond between 2010 and 2038. Interpolated instants are exact to the bit there; far beyond, where a double has
 * fewer digits behind the point, they may differ by a millisecond.
 */
export const someInstant: fc.Arbitrary<Instant> = fc
  .integer({ min: Date.UTC(2010, 0), max: Date.UTC(2038, 0) })
  .map(asInstant);

/** A shipped scenario's start state, at its own start unless told otherwise. */
export function startOf(name: string, startsAt?: Instant): Promise<WorldStart> {
  const source = assets.library.get(name);
  if (source === undefined) throw new Error(`There is no scenario ${name}.`);
  return buildStart(source, assets.library.fixtures, {
    seed: "1",
    ...(startsAt === undefined ? {} : { startsAt }),
  });
}

/** A world whose clock stands at the start. */
export function worldFrom(start: WorldStart): World {
  const settings = {
    scenario: "sample",
    seed: "1",
    revision: "2.34",
    profile: "wire",
    auth: "any",
  } as const;
  return new World(start, settings, new Clock(() => 0, start.startsAt, { mode: "manual", speed: 1 }));
}

/** Everything that a world holds, in its order, and all that an export says of it. */
export function everythingIn(world: World): unknown {
  const { tables, now } = world;
  const { organizations, users, tokens, templates, tasks, workspaces } = tables;
  const all = [organizations, users, tokens, templates, tasks, workspaces].map((table) => [
    ...table.values(),
  ]);
  return asData({ now, next: world.nextDue, all, exported: exportScenario(world) });
}

/** Plain data that compares: a pattern's function is another with every build, and an undefined value is no absent one. */
function asData(value: object): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, part: unknown) => {
      if (typeof part === "function") return `function ${part.toString()}`;
      return part === undefined ? "undefined" : part;
    }),
  );
}

/** The answers of all reads, as they go out. */
export async function answersIn(world: World): Promise<readonly string[]> {
  const list = await callOperation(world, "list-ai-tasks", { token: "any" });
  const answers = [JSON.stringify(list)];
  for (const { id, ownerId } of [...world.tables.tasks.values()].slice(0, 60)) {
    const request = { token: "any", user: ownerId, task: id };
    answers.push(JSON.stringify(await callOperation(world, "get-ai-task-by-id-or-name", request)));
    answers.push(JSON.stringify(await callOperation(world, "get-ai-task-logs", request)));
  }
  return answers;
}

/** Does to a world whatever the API can. */
export async function disturb(world: World): Promise<void> {
  const as = { token: "any" };
  const [template] = world.tables.templates.values();
  await callOperation(world, "create-a-new-ai-task", {
    ...as,
    json: { template_version_id: template?.activeVersionId ?? "", input: "Something else" },
  });
  for (const [index, { id, ownerId }] of [...world.tables.tasks.values()].slice(0, 30).entries()) {
    const request = { ...as, user: ownerId, task: id };
    const operation = changes[index % changes.length] ?? "delete-ai-task";
    const json = operation.includes("input") ? { json: { input: "Something else" } } : {};
    await callOperation(world, operation, { ...request, ...json });
  }
  for (const user of world.tables.users.values()) world.tables.saveUser({ ...user, name: "Somebody else" });
  for (const token of world.tables.tokens.values())
    world.tables.saveToken({ ...token, expiresAt: world.now });
  world.touch();
}

const changes = [
  "pause-task",
  "delete-ai-task",
  "send-input-to-ai-task",
  "resume-task",
  "update-ai-task-input",
] as const;

/** Lets milliseconds go by. */
export function pass(world: World, milliseconds: number): void {
  world.clock.moveTo(asInstant(world.now + milliseconds));
  world.settle(world.clock.read());
}
