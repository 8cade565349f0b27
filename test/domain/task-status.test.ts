import { describe, expect, it } from "vitest";
import { agentLifecycles, appHealths, connections } from "../../src/domain/agent.ts";
import { taskStatus, workspaceStatus } from "../../src/domain/task-status.ts";
import { jobStatuses, type Transition, transitions, type Workspace } from "../../src/domain/workspace.ts";
import { active, buildIn, buildWorld, type Condition, placeTask } from "../support/world-builder.ts";

function workspaceIn(condition: Condition): Workspace {
  return placeTask(buildWorld(), condition).workspace;
}

/** The provider's tables once more, as ordered rules: the first pattern that fits gives the status. */
const rules: readonly (readonly [pattern: RegExp, status: string])[] = [
  [/^\w+ (failed|canceling|canceled) /, "error"],
  [/^(stop|delete) succeeded /, "paused"],
  [/^(stop|delete) (pending|running) /, "unknown"],
  [/^start pending /, "pending"],
  [/^start \w+ (none|created|starting) /, "initializing"],
  [/^start \w+ (shutting_down|shutdown_timeout|shutdown_error|off) /, "unknown"],
  [/ unlinked$/, "unknown"],
  [/ initializing$/, "initializing"],
  [/ (healthy|disabled)$/, "active"],
  [/ unhealthy$/, "error"],
];

const combinations = transitions.flatMap((transition) =>
  jobStatuses.flatMap((job) =>
    (["none", ...agentLifecycles] as const).flatMap((agent) =>
      (["unlinked", ...appHealths] as const).map((app) => ({ transition, job, agent, app })),
    ),
  ),
);

describe("the status of a task", () => {
  it.each(combinations)(
    "follows the tables: $transition $job, agent $agent, app $app",
    ({ transition, job, agent, app }) => {
      const text = `${transition} ${job} ${agent} ${app}`;
      const expected = rules.find(([pattern]) => pattern.test(text))?.[1];
      const health = app === "unlinked" ? { linked: false } : { health: app };

      expect(taskStatus(workspaceIn({ transition, job, agent, app: health }))).toBe(expected);
    },
  );

  it("is pending without a workspace, and without a build", () => {
    expect(taskStatus(undefined)).toBe("pending");
    expect(taskStatus({ ...workspaceIn(active), builds: [] })).toBe("pending");
  });

  it.each(connections)("does not look at the agent's connection: %s", (connection) => {
    const world = buildWorld();
    const { workspace } = placeTask(world, active);
    const build = buildIn(world, active, 3);
    const agent = build.agent && { ...build.agent, connection };

    expect(taskStatus({ ...workspace, builds: [{ ...build, ...(agent && { agent }) }] })).toBe("active");
  });

  it("is that of the build with the highest number, whatever came before", () => {
    const world = buildWorld();
    const { workspace } = placeTask(world, active);
    const builds = [...workspace.builds, buildIn(world, { transition: "stop" }, 3)];

    expect(taskStatus({ ...workspace, builds })).toBe("paused");
  });
});

describe("the status of a workspace", () => {
  const table = {
    pending: ["pending", "pending", "pending"],
    running: ["starting", "stopping", "deleting"],
    succeeded: ["running", "stopped", "deleted"],
    failed: ["failed", "failed", "failed"],
    canceling: ["canceling", "canceling", "canceling"],
    canceled: ["canceled", "canceled", "canceled"],
  } as const;
  const columns: readonly Transition[] = ["start", "stop", "delete"];

  it.each(jobStatuses)("follows the table for a job that is %s", (job) => {
    expect(columns.map((transition) => workspaceStatus(transition, job))).toEqual(table[job]);
  });
});
