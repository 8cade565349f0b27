import { describe, expect, it } from "vitest";
import { agentLifecycles, appHealths } from "../../src/domain/agent.ts";
import { addReport } from "../../src/domain/apply-step.ts";
import { currentState } from "../../src/domain/current-state.ts";
import { asInstant } from "../../src/domain/instant.ts";
import { taskStatus, workspaceStatus } from "../../src/domain/task-status.ts";
import { jobStatuses, transitions } from "../../src/domain/workspace.ts";
import {
  active,
  beginning,
  buildIn,
  buildWorld,
  type Condition,
  placeTask,
} from "../support/world-builder.ts";

const combinations = transitions.flatMap((transition) =>
  jobStatuses.flatMap((job) =>
    (["none", ...agentLifecycles] as const).flatMap((agent) =>
      (["unlinked", ...appHealths] as const).map((app) => ({ transition, job, agent, app })),
    ),
  ),
);

/** The table of made-up messages: the first row that fits. */
function madeUp({ transition, job, agent, app }: (typeof combinations)[number]): RegExp {
  const status = workspaceStatus(transition, job);
  if (["pending", "starting"].includes(status)) return new RegExp(`^Workspace is ${status}$`);
  if (agent === "created") return /agent is connecting/i;
  if (agent === "starting") return /agent is starting/i;
  if (agent === "ready" && app === "initializing") return /app is initializing/i;
  if (agent === "ready") return /initializing workspace applications/i;
  return agent === "none" ? /^initializing workspace$/i : /initializing workspace agent/i;
}

describe("the current state without a report", () => {
  it.each(combinations)(
    "is made up exactly while initializing: $transition $job, agent $agent, app $app",
    (combination) => {
      const { transition, job, agent } = combination;
      const app = combination.app === "unlinked" ? { linked: false } : { health: combination.app };
      const { workspace } = placeTask(buildWorld(), { transition, job, agent, app });
      const state = currentState(workspace);

      if (taskStatus(workspace) !== "initializing") expect(state).toBeUndefined();
      else {
        expect(state).toEqual({
          at: workspace.builds.at(-1)?.createdAt,
          state: "working",
          message: expect.stringMatching(madeUp(combination)),
          uri: "",
        });
      }
    },
  );

  it("is nothing without a workspace, and without a build", () => {
    expect(currentState(undefined)).toBeUndefined();
    expect(currentState({ ...placeTask(buildWorld(), active).workspace, builds: [] })).toBeUndefined();
  });
});

describe("the current state after reports", () => {
  const report = { state: "idle", message: "Done", uri: "https://example.com/pr" } as const;
  const later = asInstant(beginning + 1_000);

  function reported(condition: Condition) {
    const world = buildWorld();
    const { workspace } = placeTask(world, condition);
    return { world, workspace: addReport(workspace, report, { at: later, ids: world.ids }) };
  }

  it("is the newest report by its instant, the later one of two at the same", () => {
    const { world, workspace } = reported(active);
    const again = addReport(workspace, { ...report, state: "complete" }, { at: later, ids: world.ids });
    const older = addReport(again, { ...report, state: "working" }, { at: beginning, ids: world.ids });

    expect(currentState(older)).toEqual({ ...report, state: "complete", at: later });
  });

  it("replaces the made-up one while still initializing", () => {
    expect(currentState(reported({ agent: "starting" }).workspace)).toEqual({ ...report, at: later });
  });

  it.each(
    (["stop", "delete"] as const).flatMap((transition) => jobStatuses.map((job) => ({ transition, job }))),
  )("stays in sight through a $transition build that is $job", ({ transition, job }) => {
    const { world, workspace } = reported(active);
    const builds = [...workspace.builds, buildIn(world, { transition, job }, 3)];

    expect(currentState({ ...workspace, builds })?.message).toBe("Done");
  });

  it.each(jobStatuses)("is hidden by a start build that is %s", (job) => {
    const { world, workspace } = reported(active);
    const stopped = [...workspace.builds, buildIn(world, { transition: "stop" }, 3)];
    const resumed = { ...workspace, builds: [...stopped, buildIn(world, { job }, 4)] };

    expect(currentState(resumed)?.message).not.toBe("Done");
    const heard = addReport(resumed, { ...report, message: "Back" }, { at: later, ids: world.ids });
    expect(currentState(heard)?.message).toBe("Back");
  });
});
