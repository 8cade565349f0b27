import { describe, expect, it } from "vitest";
import { Clock } from "../../src/domain/clock.ts";
import { formatInstant } from "../../src/domain/instant.ts";
import { fixed } from "../../src/domain/span.ts";
import { taskStatus } from "../../src/domain/task-status.ts";
import { World } from "../../src/domain/world.ts";
import type { WorldStart } from "../../src/domain/world-start.ts";
import { buildStart } from "../../src/scenarios/build/build-start.ts";
import { stageNames } from "../../src/scenarios/build/stages.ts";
import { ScenarioError } from "../../src/scenarios/scenario-source.ts";
import { assets } from "../support/assets.ts";
import { scenarioFrom } from "./scenario-text.ts";

const { fixtures } = assets.library;

async function startOf(text: string): Promise<WorldStart> {
  return buildStart(await scenarioFrom(text), fixtures, { seed: "1" });
}

/** The only task of a scenario, with its workspace. */
function only({ tables }: WorldStart) {
  const [task] = tables.tasks.values();
  const workspace = task?.workspaceId === undefined ? undefined : tables.workspaces.get(task.workspaceId);
  if (task === undefined) throw new Error("The scenario has no task.");
  return { task, workspace };
}

function worldOf(start: WorldStart): World {
  const settings = {
    scenario: "sample",
    seed: "1",
    revision: "2.34",
    profile: "wire",
    auth: "strict",
  } as const;
  return new World(start, settings, new Clock(() => 0, start.startsAt, { mode: "manual", speed: 1 }));
}

function one(rest: string): string {
  return `tasks: [{ name: one, owner: mateo, template: web-agent, ${rest} }]`;
}

describe("a start state", () => {
  it("keeps all ids when a task is added", async () => {
    const few = await startOf(one("prompt: Hello"));
    const many = await startOf(
      "tasks: [{ name: two, owner: olga, template: data-agent, created: 9h }, { name: one, owner: mateo, template: web-agent, prompt: Hello }]",
    );
    const { task, workspace } = only(few);
    expect(many.tables.tasks.get(task.id)).toStrictEqual(task);
    expect([...many.tables.workspaces.values()]).toContainEqual(workspace);
  });

  it.each(stageNames)("in the stage %s stays as it is", async (stage) => {
    const start = await startOf(one(`created: 1h, stage: "${stage}", prompt: Hello`));
    const { workspace } = only(start);
    expect(workspace?.due ?? []).toEqual([]);
    const moved = (workspace?.builds ?? []).flatMap(({ updatedAt, job }) => [
      updatedAt,
      job.completedAt ?? 0,
    ]);
    for (const at of moved) expect(at).toBeLessThanOrEqual(start.startsAt);
  });

  it.each([
    "pending",
    "provisioning",
    "connecting",
    "starting",
    "app-starting",
    "active",
    "working",
    "resuming",
  ])("in the stage %s goes on to an idle agent when it continues", async (stage) => {
    const start = await startOf(one(`created: 1h, stage: ${stage}, prompt: Hello, continues: true`));
    const world = worldOf(start);
    const { task, workspace } = only(start);
    expect(workspace?.due.every(({ at }) => at > start.startsAt || stage === "active")).toBe(true);
    if (workspace !== undefined) world.settleWorkspace(workspace.id);
    const after = [...world.tables.workspaces.values()][0];
    expect(taskStatus(after)).toBe("active");
    expect(after?.statuses.at(-1)?.state).toBe("idle");
    expect(world.tables.tasks.get(task.id)?.conversation.at(-1)?.role).toBe("agent");
  });

  it.each([
    ["pausing", "paused"],
    ["stopping", "paused"],
  ])("in the stage %s ends %s when it continues", async (stage, status) => {
    const start = await startOf(one(`stage: ${stage}, prompt: Hello, continues: true`));
    const world = worldOf(start);
    const { workspace } = only(start);
    if (workspace !== undefined) world.settleWorkspace(workspace.id);
    const [task] = world.tables.tasks.values();
    expect(taskStatus([...world.tables.workspaces.values()][0])).toBe(status);
    expect(stage === "pausing" ? task?.snapshot?.messages.length : 2).toBe(2);
  });

  it("takes a task away when its deletion continues", async () => {
    const world = worldOf(await startOf(one("stage: deleting, continues: true")));
    const [workspace] = world.tables.workspaces.values();
    if (workspace !== undefined) world.settleWorkspace(workspace.id);
    expect(world.tables.tasks.size).toBe(0);
  });

  it("squeezes a stage into the time since the task was made", async () => {
    const start = await startOf(one("created: 1s, stage: idle"));
    const agent = only(start).workspace?.builds.at(-1)?.agent;
    expect(agent?.readyAt).toBeLessThanOrEqual(start.startsAt);
    expect(agent?.readyAt).toBeGreaterThan(start.startsAt - 1_000);
  });

  it("says in absolute instants what a scenario says in ages", async () => {
    const { task } = only(await startOf(`clock: { start: 2026-05-01T12:00:00Z }\n${one("created: 1d2h")}`));
    expect(formatInstant(task.createdAt)).toBe("2026-04-30T10:00:00Z");
  });

  it("takes durations from the task, its template and the scenario, in this order", async () => {
    const { tables } = await startOf(
      `durations: { queue: 7s, build: 7s, stop: 7s }
templates: [{ name: t, organization: harbor, durations: { build: 8s, stop: 8s } }]
tasks: [{ name: one, owner: mateo, template: t, durations: { stop: 9s } }]`,
    );
    const [workspace] = tables.workspaces.values();
    expect(workspace?.durations).toMatchObject({
      queue: fixed(7_000),
      build: fixed(8_000),
      stop: fixed(9_000),
      delete: fixed(1_500),
    });
  });

  it("gives a user exactly the tokens that are listed", async () => {
    const start = await startOf(
      "users: [{ username: kim, tokens: [{ token: old, expires: 1h }, new] }, { username: lee, token: API_KEY }, { username: max, tokens: [] }]\ntasks: []",
    );
    const tokens = [...start.tables.tokens.values()].map(({ text, userId, expiresAt }) => [
      text,
      start.tables.users.get(userId)?.username,
      expiresAt === undefined ? "never" : expiresAt - start.startsAt,
    ]);
    expect(tokens).toEqual([
      ["old", "kim", -3_600_000],
      ["new", "kim", "never"],
      ["API_KEY", "lee", "never"],
    ]);
  });

  it("leaves API_KEY to the user who has it by name, not to the default user", async () => {
    const start = await startOf("users: [{ username: kim }, { username: lee, token: API_KEY }]\ntasks: []");
    const lee = start.tables.userNamed("lee");
    expect(start.tables.tokens.get("API_KEY")?.userId).toBe(lee?.id);
  });

  it("gives API_KEY to the default user, in whatever case the scenario names the user", async () => {
    const start = await startOf(
      "users: [{ username: kim }, { username: Lee }]\ndefault_user: lEE\ntasks: []",
    );
    const lee = start.tables.userNamed("lee");
    expect(start.defaultUserId).toBe(lee?.id);
    expect(start.tables.tokens.get("API_KEY")?.userId).toBe(lee?.id);
  });

  it("is refused with all findings when the scenario is broken", async () => {
    const attempt = startOf("default_user: nobody\ntasks: [{ name: a_, owner: olga, template: web-agent }]");
    const error = await attempt.catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(ScenarioError);
    expect(error instanceof ScenarioError && error.findings.map(({ pointer }) => pointer)).toEqual([
      "/default_user",
      "/tasks/0/name",
    ]);
  });
});
