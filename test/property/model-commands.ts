import fc from "fast-check";
import { expect } from "vitest";
import {
  createdTask,
  isInService,
  type ModelTask,
  withBuild,
  withEntry,
  withReport,
  withTurn,
} from "./task-model.ts";
import { type Asked, answerTo, statusOf } from "./task-rules.ts";
import { checkEvents, entriesOf, owner, type WatchedWorld } from "./watched-world.ts";
import type { WorldModel } from "./world-model.ts";

export type ModelCommand = fc.AsyncCommand<WorldModel, WatchedWorld>;
type Run = (model: WorldModel, world: WatchedWorld) => Promise<void>;

/** A command with a name for the report of a failure, behind which everything has to be as the model says. */
export function command(name: string, run: Run, check: (model: WorldModel) => boolean = () => true) {
  return {
    check,
    toString: () => name,
    async run(model, world) {
      await run(model, world);
      await world.check(model);
    },
  } satisfies ModelCommand;
}

/** A command on one of the tasks that there are, by a number. */
export function onTask(
  name: string,
  n: number,
  run: (task: ModelTask, model: WorldModel, world: WatchedWorld) => Promise<void>,
): ModelCommand {
  return command(
    `${name} of task ${n}`,
    async (model, world) => {
      const task = model.visible[n % model.visible.length];
      if (task !== undefined) await run(task, model, world);
    },
    ({ visible }) => visible.length > 0,
  );
}

export const which = fc.nat(5);
const text = fc.constantFrom("Fix it.", "Count the tests.", "", " ", "<b>&</b>", "Fix it.");
const name = fc.nat(4).map((n) => `task-${n}`);

export const create = fc.tuple(name, text).map(([wanted, input]) =>
  command(`create ${wanted} with ${JSON.stringify(input)}`, async (model, world) => {
    const isTaken = model.tasks.some((task) => task.name === wanted);
    const body = { template_version_id: world.version, name: wanted, input };
    const answer = await world.api("POST", `/tasks/${owner}`, body);
    expect(answer.status, answer.text).toBe(isTaken ? 409 : 201);
    if (isTaken) return;
    expect(model.isRightId(answer.body.id), `id ${answer.body.id}`).toBe(true);
    model.add(createdTask(answer.body.id, wanted, input, model.now));
  }),
);

const calls = {
  get: ["GET", ""],
  pause: ["POST", "/pause"],
  resume: ["POST", "/resume"],
  send: ["POST", "/send"],
  logs: ["GET", "/logs"],
  input: ["PATCH", "/input"],
  delete: ["DELETE", ""],
} as const satisfies Record<Asked, readonly [string, string]>;

/** Any operation on a task, whether it is allowed or not. */
export const ask = fc
  .tuple(fc.constantFrom<Asked>("get", "pause", "resume", "send", "logs", "input", "delete"), which, text)
  .map(([operation, n, input]) =>
    onTask(`${operation} ${JSON.stringify(input)}`, n, async (task, model, world) => {
      const [method, rest] = calls[operation];
      const takesInput = operation === "send" || operation === "input";
      const isRefused = operation === "send" ? input === "" : input.trim() === "";
      const wanted = takesInput && isRefused ? 400 : answerTo(operation, task, model.old);
      const body = takesInput ? { input } : undefined;
      // Pause and resume are documented to take no name.
      const takesName = operation !== "pause" && operation !== "resume" && n % 2 === 1;
      const key = takesName ? task.name.toUpperCase() : task.id;
      const answer = await world.api(method, `/tasks/me/${key}${rest}`, body);
      expect(answer.status, answer.text).toBe(wanted);
      if (answer.status < 300) await followed[operation](model, { task, input, body: answer.body });
    }),
  );

type Follow = (
  model: WorldModel,
  told: { readonly task: ModelTask; readonly input: string; readonly body: Answered },
) => void | Promise<void>;
// biome-ignore lint/suspicious/noExplicitAny: bodies of all operations, whose shapes the contract has checked
type Answered = any;

/** What becomes of the model when an operation did its work. */
const followed: Readonly<Record<Asked, Follow>> = {
  get: (_, { task, body }) => expect(body.status).toBe(statusOf(task)),
  pause: (model, { task, body }) => {
    model.save(withBuild(task, "stop", model.now));
    expect(body.workspace_build).toMatchObject({ build_number: task.build.number + 1, transition: "stop" });
  },
  resume: (model, { task, body }) => {
    model.save(withBuild(task, "start", model.now));
    expect(body.workspace_build).toMatchObject({ build_number: task.build.number + 1, transition: "start" });
  },
  send: (model, { task, input }) => {
    model.save(withTurn(task, input, { now: model.now, opening: false }));
    // The agent reports at once that it has turned to the input.
    model.moveTo(model.now);
  },
  logs: (_, { task, body }) => {
    const isLive = statusOf(task) === "active";
    const wanted = isLive ? task.conversation : (task.snapshot ?? []);
    expect(entriesOf(body.logs, wanted)).toEqual(wanted);
    expect([body.snapshot, "snapshot_at" in body]).toEqual([
      isLive ? undefined : true,
      !isLive && task.snapshot !== undefined,
    ]);
  },
  input: (model, { task, input }) => model.save({ ...task, prompt: input }),
  delete: (model, { task }) =>
    model.save({ ...withBuild(task, "delete", model.now), isDeleted: true, snapshot: undefined }),
};

/** An agent hands in its messages: the one that is there, or one that is there no more. */
export const upload = which.map((n) =>
  onTask("upload", n, async (task, model, world) => {
    const { agent } = (await world.admin("GET", `/tasks/${task.id}`)).body;
    const token = agent === undefined ? task.token : { text: agent.token, build: task.build.number };
    if (token === undefined) return;
    const messages = [
      { id: 1, role: "user", content: "Asked", time: "2026-02-02T09:00:00Z" },
      { id: 2, role: "agent", content: `Told ${n}`, time: "2026-02-02T09:00:00Z" },
    ];
    const path = `/workspaceagents/me/tasks/${task.id}/log-snapshot?format=agentapi`;
    const answer = await world.api("POST", path, { messages }, token.text);
    const isInTime = isInService(task, token.build);
    expect(answer.status, answer.text).toBe(isInTime ? 204 : 401);
    const snapshot = isInTime ? ["input: Asked", `output: Told ${n}`] : task.snapshot;
    model.save({ ...task, token, snapshot });
  }),
);

export const report = fc
  .tuple(fc.constantFrom("working", "idle", "complete", "failure"), which)
  .map(([state, n]) =>
    onTask(`report ${state}`, n, async (task, model, world) => {
      const message = `I am ${state}`;
      const answer = await world.admin("POST", `/tasks/${task.id}/report`, { state, message });
      expect(answer.status, answer.text).toBe(200);
      model.save(withReport(task, { state, message }));
    }),
  );

export const say = fc.tuple(fc.constantFrom("user", "agent"), which).map(([role, n]) =>
  onTask(`say as ${role}`, n, async (task, model, world) => {
    const answer = await world.admin("POST", `/tasks/${task.id}/messages`, { role, content: "By the way" });
    expect(answer.status, answer.text).toBe(200);
    model.save(withEntry(task, `${role === "user" ? "input" : "output"}: By the way`));
  }),
);

export const settle = which.map((n) =>
  onTask("settle", n, async (task, model, world) => {
    const answer = await world.admin("POST", `/tasks/${task.id}/settle`);
    expect(answer.status, answer.text).toBe(200);
    checkEvents(answer.body.events, model.settle(task.id));
  }),
);
