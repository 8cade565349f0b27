import { describe, expect, it } from "vitest";
import { agentLifecycles, appHealths } from "../../src/domain/agent.ts";
import { currentState } from "../../src/domain/current-state.ts";
import { asInstant } from "../../src/domain/instant.ts";
import {
  taskStatus,
  taskStatuses,
  workspaceStatus,
  workspaceStatuses,
} from "../../src/domain/task-status.ts";
import { isBuilding, jobStatuses, transitions } from "../../src/domain/workspace.ts";
import type { WorldStart } from "../../src/domain/world-start.ts";
import { buildStart } from "../../src/scenarios/build/build-start.ts";
import { checkFixtures } from "../../src/scenarios/check/check-fixtures.ts";
import { checkScenario } from "../../src/scenarios/check/check-scenario.ts";
import { formatFinding, type ScenarioSource } from "../../src/scenarios/scenario-source.ts";
import { assets } from "../support/assets.ts";

const library = assets.library;

function sourceOf(name: string): ScenarioSource {
  const source = library.get(name);
  if (source === undefined) throw new Error(`There is no scenario ${name}.`);
  return source;
}

function startOf(name: string, seed = "1"): Promise<WorldStart> {
  return buildStart(sourceOf(name), library.fixtures, { seed });
}

function tasksOf({ tables }: WorldStart) {
  return [...tables.tasks.values()].map((task) => {
    const workspace = task.workspaceId === undefined ? undefined : tables.workspaces.get(task.workspaceId);
    return { task, workspace, build: workspace?.builds.at(-1), status: taskStatus(workspace) };
  });
}

describe("the shipped scenarios", () => {
  const starts = new Map<string, Promise<WorldStart>>();
  const started = (name: string): Promise<WorldStart> => {
    const start = starts.get(name) ?? startOf(name);
    starts.set(name, start);
    return start;
  };

  it("are those that the documentation promises", () => {
    expect(library.names()).toEqual([
      "agent-trouble",
      "agents",
      "app-trouble",
      "build-failures",
      "busy-team",
      "default",
      "empty",
      "every-status",
      "large",
      "missing-workspace",
      "paused-with-history",
      "unusual-text",
    ]);
  });

  it("use fixtures without a mistake", async () => {
    expect((await checkFixtures(library.fixtures)).map(formatFinding)).toEqual([]);
  });

  describe.each(library.names())("%s", (name) => {
    it("has no mistake", async () => {
      const findings = await checkScenario(sourceOf(name), library.fixtures);
      expect(findings.map(formatFinding)).toEqual([]);
    });

    it("starts with tasks in the order in which they were made, under names and ids of their own", async () => {
      const { tables, startsAt } = await started(name);
      const tasks = [...tables.tasks.values()];
      const made = tasks.map(({ createdAt }) => createdAt);
      expect(made).toEqual(made.toSorted((one, other) => one - other));
      expect(made.every((at) => at <= startsAt)).toBe(true);
      const found = tasks.filter((task) => tables.taskNamed(task.ownerId, task.name) === task);
      expect(found).toHaveLength(tasks.length);
      expect(tasks.filter(({ ownerId }) => !tables.users.has(ownerId))).toEqual([]);
    });

    it("gives the default user API_KEY and a token in the provider's form", async () => {
      const { tables, defaultUserId } = await started(name);
      expect(tables.tokens.get("API_KEY")?.userId).toBe(defaultUserId);
      const own = [...tables.tokens.values()].filter(({ userId }) => userId === defaultUserId);
      expect(own.map(({ text }) => text)).toContainEqual(
        expect.stringMatching(/^[a-z0-9]{10}-[a-z0-9]{22}$/),
      );
    });
  });
});

describe("the default scenario", () => {
  it("has a task in every status and every reported state", async () => {
    const tasks = tasksOf(await startOf("default"));
    expect(new Set(tasks.map(({ status }) => status))).toEqual(new Set(taskStatuses));
    const states = tasks.map(({ workspace }) => currentState(workspace)?.state);
    expect(new Set(states)).toEqual(new Set(["working", "idle", "complete", "failure", undefined]));
  });

  it("has the people that access rules tell apart", async () => {
    const { tables, defaultUserId } = await startOf("default");
    const users = [...tables.users.values()];
    expect(tables.organizations.size).toBe(2);
    expect(users.find(({ id }) => id === defaultUserId)?.roles).toEqual(["owner"]);
    expect(users.filter(({ roles }) => roles.includes("auditor"))).toHaveLength(1);
    expect(users.filter(({ memberships }) => memberships.some(({ roles }) => roles.length > 0))).toHaveLength(
      1,
    );
    expect(users.filter(({ githubUserId }) => githubUserId !== undefined)).toHaveLength(1);
  });

  it("has a workspace that a member can see and not stop", async () => {
    const { tables } = await startOf("default");
    const shared = [...tables.workspaces.values()].filter(({ sharedWith }) => sharedWith.length > 0);
    expect(shared).toHaveLength(1);
    const guests = shared.flatMap(({ sharedWith }) => sharedWith.map((id) => tables.users.get(id)));
    expect(guests.map((guest) => [guest?.username, guest?.roles])).toEqual([["priya", []]]);
    expect(shared.some(isBuilding)).toBe(false);
  });

  it("has two templates with presets, one with an older version, and one without an AI task", async () => {
    const { tables } = await startOf("default");
    const templates = [...tables.templates.values()];
    const active = templates.map(({ versions, activeVersionId }) =>
      versions.find(({ id }) => id === activeVersionId),
    );
    expect(active.filter((version) => version?.hasAiTask && version.presets.length > 0)).toHaveLength(2);
    expect(active.filter((version) => version?.hasAiTask === false)).toHaveLength(1);
    expect(templates.filter(({ versions }) => versions.length > 1)).toHaveLength(1);
  });
});

describe("the scenario every-status", () => {
  it("has each transition with each job status, each lifecycle and each health", async () => {
    const tasks = tasksOf(await startOf("every-status"));
    const builds = tasks.flatMap(({ build }) => build ?? []);
    const pairs = new Set(builds.map(({ transition, job }) => `${transition} ${job.status}`));
    expect(pairs).toEqual(new Set(transitions.flatMap((one) => jobStatuses.map((job) => `${one} ${job}`))));
    expect(new Set(builds.flatMap(({ agent }) => agent?.lifecycle ?? []))).toEqual(new Set(agentLifecycles));
    expect(new Set(builds.flatMap(({ agent }) => agent?.app.health ?? []))).toEqual(new Set(appHealths));
    expect(new Set(tasks.map(({ status }) => status))).toEqual(new Set(taskStatuses));
    const workspaces = builds.map(({ transition, job }) => workspaceStatus(transition, job.status));
    expect(new Set(workspaces)).toEqual(new Set(workspaceStatuses));
  });

  it("says in each display name which status its task has", async () => {
    for (const { task, status } of tasksOf(await startOf("every-status"))) {
      expect(task.displayName.toLowerCase(), task.name).toMatch(new RegExp(`^${status}: `));
    }
  });
});

describe("a start state", () => {
  it("counts ages back from the instant that it is given", async () => {
    const startsAt = asInstant(Date.UTC(2030, 0, 1));
    const late = await buildStart(sourceOf("default"), library.fixtures, { seed: "1", startsAt });
    const usual = await startOf("default");
    const shift = late.startsAt - usual.startsAt;
    const ages = [...usual.tables.tasks.values()].map(({ createdAt }) => createdAt + shift);
    expect([...late.tables.tasks.values()].map(({ createdAt }) => createdAt)).toEqual(ages);
  });

  it("is the same for one seed, and has other ids for another", async () => {
    const idsOf = ({ tables }: WorldStart) => [...tables.tasks.values()].map(({ id }) => id);
    const [one, again, other] = [
      await startOf("default"),
      await startOf("default"),
      await startOf("default", "2"),
    ];
    expect([...again.tables.workspaces.values()]).toStrictEqual([...one.tables.workspaces.values()]);
    expect(idsOf(other).filter((id) => idsOf(one).includes(id))).toEqual([]);
  });
});
