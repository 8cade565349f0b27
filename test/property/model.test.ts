import fc from "fast-check";
import type { Response } from "supertest";
import { beforeAll, describe, expect, it } from "vitest";
import { profiles, revisions } from "../../src/domain/revision.ts";
import { admin, idOf, newTask, steeredOwner } from "../support/steer.ts";
import { type Method, startTestMock, type TestMock } from "../support/test-mock.ts";

/*
 * A second formulation of the rules, as plain tables of words, beside the server: what each operation is going to answer,
 * and what a task is going to show, is foretold from the parts that the inside view lists, and from what was done so far.
 */

const runs = Number(process.env["CODER_TASKS_MOCK_TEST_RUNS"] ?? 60);

/** What the model keeps by itself of a task. */
interface Kept {
  readonly id: string;
  builds: number;
  transition: string;
  prompt: string;
}

interface Model {
  readonly tasks: Kept[];
  /** Milliseconds since the start of the world. */
  passed: number;
  made: number;
}

interface Real {
  readonly on: TestMock;
  readonly old: boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: the inside view of a task, whose shape the contract has checked
type Facts = any;

const byBuild: Readonly<Record<string, string>> = {
  "start pending": "pending",
  "stop pending": "unknown",
  "delete pending": "unknown",
  "stop running": "unknown",
  "delete running": "unknown",
  "stop succeeded": "paused",
  "delete succeeded": "paused",
};
const byLifecycle: Readonly<Record<string, string>> = {
  created: "initializing",
  starting: "initializing",
  shutting_down: "unknown",
  shutdown_timeout: "unknown",
  shutdown_error: "unknown",
  off: "unknown",
};
const byHealth: Readonly<Record<string, string>> = {
  initializing: "initializing",
  healthy: "active",
  disabled: "active",
  unhealthy: "error",
};
const workspaceWords: Readonly<Record<string, string>> = {
  "start running": "starting",
  "stop running": "stopping",
  "delete running": "deleting",
  "start succeeded": "running",
  "stop succeeded": "stopped",
  "delete succeeded": "deleted",
};

function foretoldStatus({ builds, agent, app }: Facts): string {
  const { transition, job } = builds.at(-1);
  if (["failed", "canceling", "canceled"].includes(job.status)) return "error";
  const decided = byBuild[`${transition} ${job.status}`];
  if (decided !== undefined) return decided;
  if (agent === undefined) return "initializing";
  const going = byLifecycle[agent.lifecycle];
  if (going !== undefined) return going;
  return app.linked ? (byHealth[app.health] ?? "unknown") : "unknown";
}

function foretoldWorkspace({ builds }: Facts): string {
  const { transition, job } = builds.at(-1);
  return workspaceWords[`${transition} ${job.status}`] ?? job.status;
}

/** `state: message`; undefined for none, and a message of `*` for one that the service makes up. */
function foretoldState(facts: Facts, old: boolean): string | undefined {
  const build = facts.builds.at(-1);
  const report = facts.reports.at(-1);
  const counts =
    report !== undefined && (build.transition !== "start" || report.build_number === build.number);
  if (counts) {
    const state = report.state === "failure" && !old ? "failed" : report.state;
    return `${state}: ${report.message}`;
  }
  return foretoldStatus(facts) === "initializing" ? "working: *" : undefined;
}

type Asked = "pause" | "resume" | "send" | "logs" | "input" | "delete";

function foretoldAnswer(asked: Asked, facts: Facts, old: boolean): number {
  const status = foretoldStatus(facts);
  const inBuild = ["pending", "running", "canceling"].includes(facts.builds.at(-1).job.status);
  switch (asked) {
    case "pause":
      if (old) return 404;
      return inBuild ? 409 : 202;
    case "resume":
      if (old) return 404;
      return inBuild || foretoldWorkspace(facts) === "running" ? 409 : 202;
    case "delete":
      return inBuild ? 409 : 202;
    case "input":
      return status === "paused" ? 204 : 409;
    case "logs":
      if (status === "active") return facts.app.reachable ? 200 : 502;
      if (old) return 400;
      return status === "error" || status === "unknown" ? 409 : 200;
    case "send":
      if (status !== "active") return old || status === "error" || status === "unknown" ? 400 : 409;
      if (!facts.app.reachable) return 502;
      if (facts.app.busy) return old ? 502 : 409;
      return facts.app.accepts ? 204 : 502;
  }
}

const calls = {
  pause: ["POST", "/pause"],
  resume: ["POST", "/resume"],
  send: ["POST", "/send"],
  logs: ["GET", "/logs"],
  input: ["PATCH", "/input"],
  delete: ["DELETE", ""],
} as const satisfies Record<Asked, readonly [Method, string]>;

type Command = fc.AsyncCommand<Model, Real>;

/** A command with a name for the report of a failure; `run` gets the task that the number means. */
function onTask(
  name: string,
  n: number,
  run: (task: Kept, model: Model, real: Real) => Promise<void>,
): Command {
  return {
    check: ({ tasks }) => tasks.length > 0,
    async run(model, real) {
      const task = model.tasks[n % model.tasks.length];
      if (task === undefined) throw new Error("The model has no task.");
      await run(task, model, real);
      await checkAll(model, real);
    },
    toString: () => `${name} of task ${n}`,
  };
}

function onWorld(name: string, run: (model: Model, real: Real) => Promise<void>): Command {
  return {
    check: () => true,
    async run(model, real) {
      await run(model, real);
      await checkAll(model, real);
    },
    toString: () => name,
  };
}

/** Random walks begin with a task, for without one there is little to do. */
async function firstTask(on: TestMock): Promise<Kept> {
  return { id: await newTask(on, "first"), builds: 1, transition: "start", prompt: "Fix it." };
}

const create = fc.constant(
  onWorld("create", async (model, { on }) => {
    model.made += 1;
    const id = await newTask(on, `task-${model.made}`);
    model.tasks.push({ id, builds: 1, transition: "start", prompt: "Fix it." });
  }),
);

const ask = fc
  .tuple(fc.constantFrom<Asked>("pause", "resume", "send", "logs", "input", "delete"), fc.nat(5))
  .map(([asked, n]) =>
    onTask(asked, n, async (task, model, real) => {
      const facts = await look(real, task);
      const expected = foretoldAnswer(asked, facts, real.old);
      const [method, path] = calls[asked];
      const input = `Input ${model.made} for ${asked}`;
      const body = asked === "send" || asked === "input" ? { body: { input } } : {};
      const response = await real.on.ask(method, `/tasks/me/${task.id}${path}`, {
        as: steeredOwner,
        ...body,
      });
      expect([asked, response.status, response.text]).toEqual([asked, expected, response.text]);
      if (response.status < 300) follow(asked, { task, model, input, response });
    }),
  );

function follow(
  asked: Asked,
  { task, model, input, response }: { task: Kept; model: Model; input: string; response: Response },
): void {
  switch (asked) {
    case "pause":
    case "resume":
      task.builds += 1;
      task.transition = asked === "pause" ? "stop" : "start";
      expect(response.body.workspace_build).toMatchObject({
        build_number: task.builds,
        transition: task.transition,
      });
      break;
    case "input":
      task.prompt = input;
      break;
    case "delete":
      model.tasks.splice(model.tasks.indexOf(task), 1);
      break;
    case "send":
    case "logs":
      break;
  }
}

const steerBuild = fc
  .record(
    {
      transition: fc.constantFrom("start", "stop"),
      job: fc.constantFrom("running", "succeeded", "failed", "canceling", "canceled"),
    },
    { requiredKeys: ["job"] },
  )
  .chain((order) => fc.nat(5).map((n) => ({ order, n })))
  .map(({ order, n }) =>
    onTask(`build ${JSON.stringify(order)}`, n, async (task, _, real) => {
      const before = (await look(real, task)).builds.at(-1).job.status;
      const inBuild = ["pending", "running", "canceling"].includes(before);
      const { status, text } = await give(real, `/tasks/${task.id}/build`, order);
      if (order.transition !== undefined && inBuild) {
        expect(status, text).toBe(409);
        return;
      }
      expect(status, text).toBe(200);
      if (order.transition !== undefined) {
        task.builds += 1;
        task.transition = order.transition;
      }
      expect((await look(real, task)).builds.at(-1).job.status).toBe(order.job);
    }),
  );

const agentOrder = fc.record(
  {
    lifecycle: fc.constantFrom(
      "created",
      "starting",
      "ready",
      "start_error",
      "start_timeout",
      "shutting_down",
      "off",
    ),
    connected: fc.boolean(),
  },
  { requiredKeys: ["lifecycle"] },
);
const appOrder = fc.oneof(
  fc
    .constantFrom("initializing", "healthy", "healthy", "disabled", "unhealthy")
    .map((health) => ({ health })),
  ...["linked", "busy", "reachable", "accepts"].map((flag) => fc.boolean().map((on) => ({ [flag]: on }))),
);

function steerPart(part: "agent" | "app", orders: fc.Arbitrary<object>): fc.Arbitrary<Command> {
  return fc.tuple(orders, fc.nat(5)).map(([order, n]) =>
    onTask(`${part} ${JSON.stringify(order)}`, n, async (task, _, real) => {
      const before = await look(real, task);
      const { status } = await give(real, `/tasks/${task.id}/${part}`, order);
      expect(status).toBe(before.agent === undefined ? 409 : 200);
      if (status !== 200) return;
      const { connected, ...rest } = order as { readonly connected?: boolean };
      const after = await look(real, task);
      expect(after[part]).toMatchObject(rest);
      if (connected === true) expect(after.agent.connection).toBe("connected");
      if (connected === false) expect(["disconnected", "timeout"]).toContain(after.agent.connection);
    }),
  );
}

/** Brings a task up in one go, because few random walks get there. */
const bringUp = fc.nat(5).map((n) =>
  onTask("bring up", n, async (task, _, real) => {
    await give(real, `/tasks/${task.id}/build`, { job: "succeeded" });
    await give(real, `/tasks/${task.id}/agent`, { lifecycle: "ready" });
    await give(real, `/tasks/${task.id}/app`, { health: "healthy", linked: true });
  }),
);

const report = fc
  .tuple(fc.constantFrom("working", "idle", "complete", "failure"), fc.nat(5))
  .map(([state, n]) =>
    onTask(`report ${state}`, n, async (task, _, real) => {
      const { status } = await give(real, `/tasks/${task.id}/report`, { state, message: `I am ${state}` });
      expect(status).toBe(200);
    }),
  );

const advance = fc.constantFrom(500, 0, 1, 499, 1_000, 2_000, 5_000, 3_600_000).map((span) =>
  onWorld(`advance ${span} ms`, async (model, { on }) => {
    const before = Date.parse((await admin(on, "GET", "/clock")).body.now);
    const { body } = await admin(on, "POST", "/clock/advance", { by: `${span}ms` });
    model.passed += span;
    expect(Date.parse(body.now)).toBe(before + span);
    const stamps: readonly number[] = body.events.map(({ at }: { at: string }) => Date.parse(at));
    expect(stamps, "in order").toEqual(stamps.toSorted((one, other) => one - other));
    expect(stamps.every((at) => at > before - 1 && at <= before + span)).toBe(true);
    if (body.next_due !== undefined) expect(Date.parse(body.next_due)).toBeGreaterThan(before + span);
  }),
);

const reset = fc.constant(
  onWorld("reset", async (model, { on }) => {
    const { revision, profile } = on.mock.host.world.settings;
    await admin(on, "POST", "/reset", { revision, profile });
    model.tasks.splice(0, model.tasks.length, await firstTask(on));
    model.passed = 0;
  }),
);

function give({ on }: Real, path: string, body: object): Promise<Response> {
  return on.ask("POST", `/__admin${path}`, { as: "nobody", body });
}

async function look({ on }: Real, { id }: Kept): Promise<Facts> {
  return (await admin(on, "GET", `/tasks/${id}`)).body;
}

const origin = Date.parse("2026-02-02T09:00:00Z");

/** After every command, every task shows what the tables foretell. */
async function checkAll(model: Model, real: Real): Promise<void> {
  const { body } = await real.on.ask("GET", "/tasks", { as: steeredOwner });
  expect(body.tasks.map(({ id }: { id: string }) => id)).toEqual(
    model.tasks.map(({ id }) => id).toReversed(),
  );
  const { body: clock } = await admin(real.on, "GET", "/clock");
  expect(Date.parse(clock.now)).toBe(origin + model.passed);
  const inside = (await admin(real.on, "GET", "/tasks")).body.tasks;
  for (const task of model.tasks) {
    const shown = body.tasks.find(({ id }: { id: string }) => id === task.id);
    const facts = inside.find(({ id }: { id: string }) => id === task.id);
    expect(shown).toMatchObject({
      status: foretoldStatus(facts),
      workspace_status: foretoldWorkspace(facts),
      workspace_build_number: task.builds,
      initial_prompt: task.prompt,
    });
    expect(facts.builds.at(-1).transition).toBe(task.transition);
    expect([idOf(shown.workspace_agent_id), idOf(shown.workspace_app_id)]).toEqual([
      facts.agent?.id,
      facts.app?.linked ? facts.app.id : undefined,
    ]);
    checkState(shown, foretoldState(facts, real.old));
    for (const asked of Object.keys(calls)) {
      expect([asked, facts.answers[asked]]).toEqual([asked, foretoldAnswer(asked as Asked, facts, real.old)]);
    }
  }
}

function checkState(shown: Facts, foretold: string | undefined): void {
  const state = shown.current_state;
  const told = state ? `${state.state}: ${state.message}` : undefined;
  if (foretold?.endsWith("*")) expect(told).toMatch(/^working: (Workspace|Agent|App|Initializing)/);
  else expect(told).toBe(foretold);
}

let on: TestMock;
beforeAll(async () => {
  on = await startTestMock({ scenario: "empty" });
});

describe("a model of the rules", () => {
  it("foretells every answer and every status, whatever is done", async () => {
    const often = [ask, ask, ask, bringUp, bringUp, steerBuild, steerPart("app", appOrder), report, advance];
    const seldom = [create, steerPart("agent", agentOrder), reset];
    const commands = fc.commands([...often, ...often, ...often, ...seldom], { maxCommands: 40, size: "max" });
    const contract = fc.record({
      revision: fc.constantFrom(...revisions),
      profile: fc.constantFrom(...profiles),
    });
    await fc.assert(
      fc.asyncProperty(contract, commands, async (chosen, sequence) => {
        on.reset(chosen);
        const model: Model = { tasks: [await firstTask(on)], passed: 0, made: 0 };
        const real: Real = { on, old: chosen.revision === "2.30" };
        await fc.asyncModelRun(() => ({ model, real }), sequence);
      }),
      { numRuns: runs, interruptAfterTimeLimit: 550_000, markInterruptAsFailure: false },
    );
  }, 600_000);
});
