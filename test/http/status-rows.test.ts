import { beforeAll, describe, expect, it } from "vitest";
import { profiles } from "../../src/domain/revision.ts";
import { active, admin, built, idle, newTask, type Order, paused, ready, steer } from "../support/steer.ts";
import { startTestMock, type TestMock } from "../support/test-mock.ts";

/*
 * Every row by which a task's status, its workspace's status and its current state are derived, brought about over the
 * admin API and looked at through the public one.
 */

interface Shown {
  readonly status: string;
  readonly workspace?: string;
  /** `state: message` of `current_state`. */
  readonly says?: string;
  readonly healthy?: boolean;
}

type Row = readonly [name: string, orders: readonly Order[], shown: Shown];

const build = (transition: "start" | "stop" | "delete", job?: string): Order => [
  "build",
  job === undefined ? { transition } : { transition, job },
];
const job = (status: string): Order => ["build", { job: status }];
const agent = (lifecycle: string): Order => ["agent", { lifecycle }];
const app = (change: object): Order => ["app", change];
const report = (state: string, message: string): Order => ["report", { state, message }];

const lastSaid = "idle: Waiting";
const inStop = (status: string): readonly Order[] => [...idle, build("stop", status)];
const inDelete = (status: string): readonly Order[] => [...idle, build("delete", status)];

const byBuild: readonly Row[] = [
  ["start, pending", [], { status: "pending", workspace: "pending" }],
  [
    "start, running",
    [job("running")],
    { status: "initializing", workspace: "starting", says: "working: Workspace is starting" },
  ],
  ["start, failed", [job("failed")], { status: "error", workspace: "failed" }],
  ["start, canceling", [job("canceling")], { status: "error", workspace: "canceling" }],
  ["start, canceled", [job("canceled")], { status: "error", workspace: "canceled" }],
  ["stop, pending", [...idle, build("stop")], { status: "unknown", workspace: "pending", says: lastSaid }],
  ["stop, running", inStop("running"), { status: "unknown", workspace: "stopping", says: lastSaid }],
  ["stop, succeeded", inStop("succeeded"), { status: "paused", workspace: "stopped", says: lastSaid }],
  ["stop, failed", inStop("failed"), { status: "error", workspace: "failed", says: lastSaid }],
  ["stop, canceling", inStop("canceling"), { status: "error", workspace: "canceling", says: lastSaid }],
  ["stop, canceled", inStop("canceled"), { status: "error", workspace: "canceled", says: lastSaid }],
  [
    "delete, pending",
    [...idle, build("delete")],
    { status: "unknown", workspace: "pending", says: lastSaid },
  ],
  ["delete, running", inDelete("running"), { status: "unknown", workspace: "deleting", says: lastSaid }],
  ["delete, failed", inDelete("failed"), { status: "error", workspace: "failed", says: lastSaid }],
  ["delete, canceling", inDelete("canceling"), { status: "error", workspace: "canceling", says: lastSaid }],
  ["delete, canceled", inDelete("canceled"), { status: "error", workspace: "canceled", says: lastSaid }],
];

const running = "running";
const wait = (message: string): Shown => ({
  status: "initializing",
  workspace: running,
  says: `working: ${message}`,
  healthy: true,
});

const byAgent: readonly Row[] = [
  ["created", built, wait("Agent is connecting")],
  [
    "created, and too long on its way",
    [...built, ["agent", { connected: false }]],
    { ...wait("Agent is connecting"), healthy: false },
  ],
  ["starting", [...built, agent("starting")], wait("Agent is starting")],
  ["ready", active, { status: "active", workspace: running, healthy: true }],
  ["start_timeout", [...active, agent("start_timeout")], { status: "active", workspace: running }],
  [
    "start_error",
    [...active, agent("start_error")],
    { status: "active", workspace: running, healthy: false },
  ],
  ...["shutting_down", "shutdown_timeout", "shutdown_error", "off"].map(
    (lifecycle): Row => [
      lifecycle,
      [...active, agent(lifecycle)],
      { status: "unknown", workspace: running, healthy: false },
    ],
  ),
  [
    "ready, but the connection is lost: it plays no part",
    [...active, ["agent", { connected: false }]],
    { status: "active", workspace: running, healthy: false },
  ],
];

const byApp: readonly Row[] = [
  ["initializing", ready, wait("App is initializing")],
  [
    "initializing behind a failed startup script",
    [...built, agent("start_error")],
    { ...wait("Initializing workspace agent"), healthy: false },
  ],
  [
    "initializing behind a slow startup script",
    [...built, agent("start_timeout")],
    { ...wait("Initializing workspace agent"), healthy: true },
  ],
  ["healthy", active, { status: "active", workspace: running }],
  ["disabled", [...ready, app({ health: "disabled" })], { status: "active", workspace: running }],
  ["unhealthy", [...ready, app({ health: "unhealthy" })], { status: "error", workspace: running }],
  ["not linked", [...active, app({ linked: false })], { status: "unknown", workspace: running }],
  [
    "not linked while the agent starts",
    [...built, agent("starting"), app({ linked: false })],
    wait("Agent is starting"),
  ],
];

const byReport: readonly Row[] = [
  ...["working", "idle", "complete"].map(
    (state): Row => [
      `an agent that is ${state}`,
      [...active, report(state, "So it is")],
      { status: "active", workspace: running, says: `${state}: So it is` },
    ],
  ),
  [
    "an agent that failed",
    [...active, report("failure", "Gave up")],
    { status: "active", workspace: running, says: "failed: Gave up" },
  ],
  [
    "the newest of two reports, at one instant",
    [...active, report("working", "Old"), report("complete", "New")],
    { status: "active", workspace: running, says: "complete: New" },
  ],
  [
    "a report while the agent starts, instead of the made-up one",
    [...built, agent("starting"), report("working", "Early bird")],
    { status: "initializing", workspace: running, says: "working: Early bird" },
  ],
  [
    "a report after a failed start",
    [job("failed"), report("failure", "Too late")],
    { status: "error", workspace: "failed", says: "failed: Too late" },
  ],
  [
    "the last report, all through an autostop",
    [...idle, build("stop"), "1s"],
    { status: "unknown", workspace: "stopping", says: lastSaid },
  ],
  [
    "nothing any more, once resumed",
    [...paused, build("start")],
    { status: "pending", workspace: "pending" },
  ],
  [
    "the made-up one, once the resume is under way",
    [...paused, build("start", "running")],
    { status: "initializing", workspace: "starting", says: "working: Workspace is starting" },
  ],
  [
    "nothing, on a resumed task that is active",
    [...paused, build("start", "succeeded"), agent("ready"), app({ health: "healthy" })],
    { status: "active", workspace: running },
  ],
  [
    "the new report, once the resumed agent made one",
    [...paused, build("start", "succeeded"), agent("ready"), report("working", "Back")],
    { status: "initializing", workspace: running, says: "working: Back" },
  ],
  [
    "the last report of old, when a resumed task is paused before it said anything",
    [...paused, build("start", "succeeded"), build("stop", "succeeded")],
    { status: "paused", workspace: "stopped", says: lastSaid },
  ],
  [
    "nothing, when the resume fails",
    [...paused, build("start", "failed")],
    { status: "error", workspace: "failed" },
  ],
];

let on: TestMock;
beforeAll(async () => {
  on = await startTestMock({ scenario: "empty" });
});

describe.each(profiles)("in profile %s", (profile) => {
  const check = async (orders: readonly Order[], shown: Shown) => {
    on.reset({ profile });
    const id = await newTask(on);
    await steer(on, id, orders);
    await expectShown(id, shown);
  };

  it.each(byBuild)("the build decides: %s", (_, orders, shown) => check(orders, shown));
  it.each(byAgent)("the agent decides: %s", (_, orders, shown) => check(orders, shown));
  it.each(byApp)("the app decides: %s", (_, orders, shown) => check(orders, shown));
  it.each(byReport)("the current state is %s", (_, orders, shown) => check(orders, shown));
});

async function expectShown(task: string, { status, workspace, says, healthy }: Shown): Promise<void> {
  const { body, text } = await on.ask("GET", `/tasks/me/${task}`);
  const state = body.current_state;
  expect([body.status, body.workspace_status], text).toEqual([status, workspace]);
  expect(state && `${state.state}: ${state.message}`, text).toBe(says ?? nothing());
  if (healthy !== undefined) {
    expect(body.workspace_agent_health.healthy).toBe(healthy);
    expect(Object.hasOwn(body.workspace_agent_health, "reason")).toBe(!healthy);
  }
  const listed = await on.ask("GET", `/tasks?q=status:${status}`);
  expect(listed.body.tasks, "the filter sees the same status").toContainEqual(body);
}

/** How the profile writes that there is no state. */
function nothing(): null | undefined {
  return on.mock.host.world.settings.profile === "wire" ? null : undefined;
}

describe("what only a scenario document can bring about", () => {
  const shell = {
    clock: { start: "2026-02-02T09:00:00Z" },
    organizations: ["harbor", "labs"],
    users: ["olga", "priya"],
    templates: ["web-agent"],
    default_user: "olga",
  };
  const load = async (task: object) => {
    const record = { name: "one", owner: "priya", template: "web-agent", prompt: "Fix it.", ...task };
    await admin(on, "PUT", "/state", { ...shell, tasks: [record] });
    const { body } = await admin(on, "GET", "/tasks");
    return body.tasks[0];
  };

  it.each(profiles)(
    "a workspace that is deleted while the task is not is paused, in profile %s",
    async (profile) => {
      on.reset({ profile });
      const task = await load({ stage: "workspace-deleted" });
      await expectShown(task.id, { status: "paused", workspace: "deleted", says: lastReportOf(task) });
    },
  );

  it.each(profiles)(
    "a task without a workspace is pending inside, and no answer outside, in profile %s",
    async (profile) => {
      on.reset({ profile });
      const task = await load({ stage: "no-workspace" });
      expect([task.status, task.workspace, task.answers.get]).toEqual(["pending", undefined, 500]);
      expect((await on.ask("GET", `/tasks/me/${task.id}`)).status).toBe(500);
      expect((await on.ask("GET", "/tasks")).status).toBe(500);
    },
  );

  it("every stage shows the same from the inside and from the outside", async () => {
    on.reset({ profile: "wire" });
    await admin(on, "POST", "/reset", { scenario: "every-status", profile: "wire" });
    const inside = (await admin(on, "GET", "/tasks")).body.tasks;
    const outside = (await on.ask("GET", "/tasks")).body.tasks;
    expect(inside.length).toBeGreaterThan(40);
    expect(outside.map(brief)).toEqual(
      inside.map((task: Body) =>
        brief({
          ...task,
          workspace_status: task.workspace.status,
          current_state: renamed(task.current_state),
        }),
      ),
    );
  });
});

// biome-ignore lint/suspicious/noExplicitAny: bodies whose shape the contract has checked
type Body = any;

function brief(task: Body): readonly unknown[] {
  return [
    task.name,
    task.status,
    task.workspace_status,
    task.current_state?.state,
    task.current_state?.message,
  ];
}

function renamed(state: Body): Body {
  return state?.state === "failure" ? { ...state, state: "failed" } : state;
}

function lastReportOf(task: Body): string {
  const { state, message } = task.reports.at(-1);
  return `${state}: ${message}`;
}
