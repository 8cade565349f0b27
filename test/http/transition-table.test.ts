import { beforeAll, describe, expect, it } from "vitest";
import { type Profile, profiles, type Revision, revisions } from "../../src/domain/revision.ts";
import type { Answer, Method } from "../support/http-client.ts";
import {
  active,
  admin,
  built,
  idle,
  idOf,
  newTask,
  type Order,
  paused,
  ready,
  steer,
  steeredOwner,
} from "../support/steer.ts";
import { outcomeOf, startTestMock, type TestMock } from "../support/test-mock.ts";

/*
 * What each operation answers in each state of a task. The states are brought about over HTTP alone: by the API, by a
 * hand on the task, or by letting the clock run.
 */

const operations = {
  pause: { method: "POST", path: "/pause" },
  resume: { method: "POST", path: "/resume" },
  send: { method: "POST", path: "/send", body: { input: "Go on." } },
  logs: { method: "GET", path: "/logs" },
  input: { method: "PATCH", path: "/input", body: { input: "  Begin anew.  " } },
  delete: { method: "DELETE", path: "" },
} as const satisfies Record<string, { method: Method; path: string; body?: object }>;

type OperationName = keyof typeof operations;
const operationNames: readonly OperationName[] = ["pause", "resume", "send", "logs", "input", "delete"];

/** A status, and for a refusal a word that its message has to have. */
type Cell = `${number} ${string}` | 202 | 204 | "200 live" | "200 none" | "200 stored";

interface Row {
  readonly name: string;
  readonly orders: readonly Order[];
  /** A call of the API itself, after the orders. */
  readonly last?: Exclude<OperationName, "logs">;
  readonly status: string;
  /** In the order pause, resume, send, logs, input, delete. */
  readonly cells: readonly [Cell, Cell, Cell, Cell, Cell, Cell];
  /** Send and logs in revision 2.30; pause and resume are no routes there. */
  readonly old: readonly [send: Cell, logs: Cell];
}

const inBuild = "409 already active";
const running = "409 already running";
const notPaused = "409 must be paused";
const mustBeActive = "400 must be active";
const noLogs = "409 Cannot fetch logs";
const gone = "404 not found";
const early: Row["old"] = [mustBeActive, mustBeActive];
const stop = { transition: "stop" } as const;
const deleted = ["build", { transition: "delete", job: "succeeded" }] as const;

const table: readonly Row[] = [
  {
    name: "pending",
    orders: [],
    status: "pending",
    cells: [inBuild, inBuild, "409 is pending", "200 none", notPaused, inBuild],
    old: early,
  },
  {
    name: "initializing, job running",
    orders: ["500ms"],
    status: "initializing",
    cells: [inBuild, inBuild, "409 is initializing", "200 none", notPaused, inBuild],
    old: early,
  },
  {
    name: "initializing, job done",
    orders: ["2s"],
    status: "initializing",
    cells: [202, running, "409 is initializing", "200 none", notPaused, 202],
    old: early,
  },
  {
    name: "active",
    orders: idle,
    status: "active",
    cells: [202, running, 204, "200 live", notPaused, 202],
    old: [204, "200 live"],
  },
  {
    name: "active, agent busy",
    orders: [...active, ["app", { busy: true }]],
    status: "active",
    cells: [202, running, "409 not ready to accept", "200 live", notPaused, 202],
    old: ["502 not ready to accept", "200 live"],
  },
  {
    name: "active, app unreachable",
    orders: [...active, ["app", { reachable: false }]],
    status: "active",
    cells: [202, running, "502 Failed to reach", "502 Failed to get messages", notPaused, 202],
    old: ["502 Failed to reach", "502 Failed to get messages"],
  },
  {
    name: "active, app turns messages away",
    orders: [...active, ["app", { accepts: false }]],
    status: "active",
    cells: [202, running, "502 rejected the message", "200 live", notPaused, 202],
    old: ["502 rejected the message", "200 live"],
  },
  {
    name: "unknown, stop in progress",
    orders: [...idle, ["build", { ...stop, job: "running" }]],
    status: "unknown",
    cells: [inBuild, inBuild, mustBeActive, noLogs, notPaused, inBuild],
    old: early,
  },
  {
    name: "unknown, start done",
    orders: [...active, ["agent", { lifecycle: "shutting_down" }]],
    status: "unknown",
    cells: [202, running, mustBeActive, noLogs, notPaused, 202],
    old: early,
  },
  {
    name: "paused",
    orders: paused,
    status: "paused",
    cells: [202, 202, "409 is paused", "200 none", 204, 202],
    old: early,
  },
  {
    name: "error, build failed",
    orders: [["build", { job: "failed" }]],
    status: "error",
    cells: [202, 202, mustBeActive, noLogs, notPaused, 202],
    old: early,
  },
  {
    name: "error, canceling",
    orders: [["build", { job: "canceling" }]],
    status: "error",
    cells: [inBuild, inBuild, mustBeActive, noLogs, notPaused, inBuild],
    old: early,
  },
  {
    name: "error, app unhealthy",
    orders: [...ready, ["app", { health: "unhealthy" }]],
    status: "error",
    cells: [202, running, mustBeActive, noLogs, notPaused, 202],
    old: early,
  },
  {
    name: "deleted",
    orders: built,
    last: "delete",
    status: "gone",
    cells: [gone, gone, gone, gone, gone, gone],
    old: [gone, gone],
  },
  {
    name: "gone",
    orders: [...built, deleted],
    status: "gone",
    cells: [gone, gone, gone, gone, gone, gone],
    old: [gone, gone],
  },
];

/** Other ways into a row of the table. */
const sameAs = (name: string, others: readonly (Partial<Row> & Pick<Row, "name" | "orders">)[]) => {
  const row = table.find((candidate) => candidate.name === name);
  if (row === undefined) throw new Error(`The table has no row ${name}.`);
  return others.map((other): Row => ({ ...row, ...other, name: `${name}: ${other.name}` }));
};

const otherWays: readonly Row[] = [
  ...sameAs("initializing, job running", [{ name: "by hand", orders: [["build", { job: "running" }]] }]),
  ...sameAs("initializing, job done", [
    { name: "agent starting", orders: ["3s"] },
    { name: "app initializing", orders: ["4s"] },
    { name: "startup script failed", orders: [...built, ["agent", { lifecycle: "start_error" }]] },
    { name: "agent never came", orders: [...built, ["agent", { connected: false }]] },
  ]),
  ...sameAs("active", [
    { name: "by the clock", orders: ["5s"] },
    { name: "after its first work", orders: ["1000s"] },
    { name: "startup script failed", orders: [...active, ["agent", { lifecycle: "start_error" }]] },
    { name: "startup script too slow", orders: [...active, ["agent", { lifecycle: "start_timeout" }]] },
    { name: "no health check", orders: [...ready, ["app", { health: "disabled" }]] },
    { name: "agent lost", orders: [...active, ["agent", { connected: false }]] },
    { name: "reports working", orders: [...active, ["report", { state: "working", message: "At it" }]] },
  ]),
  ...sameAs("unknown, stop in progress", [
    { name: "paused just now", orders: idle, last: "pause" },
    { name: "autostop pending", orders: [...idle, ["build", stop]] },
    { name: "workspace delete pending", orders: [...idle, ["build", { transition: "delete" }]] },
    {
      name: "workspace delete running",
      orders: [...idle, ["build", { transition: "delete", job: "running" }]],
    },
  ]),
  ...sameAs("unknown, start done", [
    { name: "shutdown timeout", orders: [...active, ["agent", { lifecycle: "shutdown_timeout" }]] },
    { name: "shutdown error", orders: [...active, ["agent", { lifecycle: "shutdown_error" }]] },
    { name: "off", orders: [...active, ["agent", { lifecycle: "off" }]] },
    { name: "no app", orders: [...ready, ["app", { linked: false }]] },
  ]),
  ...sameAs("paused", [
    { name: "never was active", orders: [...built, ["build", { ...stop, job: "succeeded" }]] },
    { name: "twice", orders: [...paused, ["build", { ...stop, job: "succeeded" }]] },
    {
      name: "by the clock, with what the agent left behind",
      orders: ["1000s", ["build", stop], "1000s"],
      cells: [202, 202, "409 is paused", "200 stored", 204, 202],
    },
  ]),
  ...sameAs("initializing, job done", [
    {
      name: "resumed, with what the agent left behind",
      orders: ["1000s", ["build", stop], "1000s", ["build", { transition: "start" }], "2s"],
      cells: [202, running, "409 is initializing", "200 stored", notPaused, 202],
    },
  ]),
  ...sameAs("pending", [{ name: "resumed just now", orders: paused, last: "resume" }]),
  ...sameAs("error, build failed", [
    { name: "start canceled", orders: [["build", { job: "canceled" }]] },
    { name: "stop failed", orders: [...idle, ["build", { ...stop, job: "failed" }]] },
    { name: "stop canceled", orders: [...idle, ["build", { ...stop, job: "canceled" }]] },
    { name: "delete failed", orders: [...idle, ["build", { transition: "delete", job: "failed" }]] },
    { name: "delete canceled", orders: [...idle, ["build", { transition: "delete", job: "canceled" }]] },
  ]),
  ...sameAs("error, canceling", [
    { name: "stop canceling", orders: [...idle, ["build", { ...stop, job: "canceling" }]] },
    { name: "delete canceling", orders: [...idle, ["build", { transition: "delete", job: "canceling" }]] },
  ]),
  ...sameAs("deleted", [{ name: "workspace on its way out", orders: [...idle], last: "delete" }]),
  ...sameAs("gone", [{ name: "workspace deleted by other hands", orders: [...idle, deleted] }]),
  ...sameAs("gone", [{ name: "for good", orders: [...idle, ["build", { transition: "delete" }], "1000s"] }]),
];

let on: TestMock;
beforeAll(async () => {
  on = await startTestMock({ scenario: "empty" });
});

const contracts = revisions.flatMap((revision) => profiles.map((profile) => ({ revision, profile })));

describe.each(contracts)("the table of transitions in $revision $profile", (contract) => {
  it.each(table)("$name", async (row) => {
    await checkRow(row, contract);
  });
});

describe("other ways into a row of the table", () => {
  it.each(otherWays)("$name", async (row) => {
    await checkRow(row, { revision: "2.34", profile: "wire" });
  });
});

interface Scene {
  readonly id: string;
  /** The task as the API shows it before the operation; undefined when it does not. */
  readonly before: Answer["body"] | undefined;
  /** The last that an agent of the task said of its work. */
  readonly report: string | undefined;
}

type Contract = { readonly revision: Revision; readonly profile: Profile };

async function checkRow(row: Row, contract: Contract): Promise<void> {
  const scene = await bringAbout(row, contract);
  const seen = await insideView(scene.id);
  // A deletion that is through leaves nothing to look at from the inside.
  if (seen.status === 200) {
    const promised = Object.fromEntries(
      operationNames.map((name) => [name, statusOf(cellOf(row, name, contract))]),
    );
    expect(JSON.parse(seen.text).answers).toEqual({
      get: scene.before === undefined ? 404 : 200,
      ...promised,
    });
  }
  const changing = operationNames.filter((name) => typeof cellOf(row, name, contract) === "number");
  for (const name of operationNames.filter((candidate) => !changing.includes(candidate))) {
    checkUnchanging(row, await call(name, scene.id), cellOf(row, name, contract));
  }
  expect(await insideView(scene.id), "what is refused or only read changes nothing").toEqual(seen);
  if (changing.length > 0) await admin(on, "POST", "/snapshots", { name: "scene", replace: true });
  for (const name of changing) {
    await admin(on, "POST", "/snapshots/scene/restore");
    expect(await insideView(scene.id), "each finds the same scene").toEqual(seen);
    await checkChanging(name, statusOf(cellOf(row, name, contract)), scene);
  }
}

async function bringAbout(row: Row, contract: Contract): Promise<Scene> {
  on.reset(contract);
  const id = await newTask(on);
  await steer(on, id, row.orders);
  if (row.last !== undefined) await bringAboutBy(row.last, id, contract);
  const shown = await show(id);
  expect(shown.status).toBe(row.status === "gone" ? 404 : 200);
  if (row.status !== "gone") expect(shown.body.status).toBe(row.status);
  if (row.status === "gone") return { id, before: undefined, report: undefined };
  const { body } = await admin(on, "GET", `/tasks/${id}`);
  return { id, before: shown.body, report: body.reports.at(-1)?.message };
}

async function bringAboutBy(name: OperationName, id: string, { revision }: Contract): Promise<void> {
  expect(revision === "2.30" && (name === "pause" || name === "resume")).toBe(false);
  expect((await call(name, id)).status).toBe(202);
}

function cellOf(row: Row, name: OperationName, { revision }: Contract): Cell {
  const cell = row.cells[operationNames.indexOf(name)] ?? gone;
  if (revision !== "2.30") return cell;
  switch (name) {
    case "pause":
    case "resume":
      return "404 Route not found";
    case "send":
      return row.old[0];
    case "logs":
      return row.old[1];
    default:
      return cell;
  }
}

function statusOf(cell: Cell): number {
  return Number.parseInt(String(cell), 10);
}

function checkUnchanging(row: Row, response: Answer, cell: Cell): void {
  const status = statusOf(cell);
  expect({ row: row.name, status: response.status, text: response.text }).toMatchObject({ status });
  expect(response.headers["content-type"]).toBe("application/json; charset=utf-8");
  if (status === 200) {
    expect(outcomeOf(response)).toBe("handled");
    checkLogs(response, String(cell).slice("200 ".length));
    return;
  }
  const word = String(cell).slice(String(status).length + 1);
  expect(response.body.message.toLowerCase()).toContain(word.toLowerCase());
  expect(["message", "detail"]).toEqual(expect.arrayContaining(Object.keys(response.body)));
  // Only a state that is named helps whoever reads the log of a client.
  if (word === noLogs.slice(4)) expect(response.body.detail).toContain(`"${row.status}"`);
  if (word === running.slice(4)) expect(response.body.detail).toContain("running");
  expect(outcomeOf(response)).toBe(word === "Route not found" ? "no-match" : "refused");
}

function checkLogs({ body }: Answer, kind: string): void {
  if (kind === "none") expect(body).toEqual({ logs: [], snapshot: true });
  else if (kind === "live") expect(Object.keys(body)).toEqual(["logs"]);
  else {
    expect(body).toEqual({ logs: expect.any(Array), snapshot: true, snapshot_at: expect.any(String) });
    expect(body.logs.map(({ type }: { type: string }) => type)).toEqual(["input", "output"]);
  }
}

async function checkChanging(name: OperationName, status: number, scene: Scene): Promise<void> {
  const response = await call(name, scene.id);
  expect({ name, status: response.status, text: response.text }).toMatchObject({ status });
  expect(outcomeOf(response)).toBe("handled");
  await afterEffects[name](scene, response);
}

const afterEffects: Record<OperationName, (scene: Scene, response: Answer) => Promise<void>> = {
  async pause({ id, before, report }, response) {
    checkNewBuild(response, { transition: "stop", reason: "task_manual_pause", before });
    const { body } = await show(id);
    expect(body).toMatchObject({
      status: "unknown",
      workspace_status: "pending",
      workspace_build_number: before.workspace_build_number + 1,
    });
    expect(idOf(body.workspace_agent_id)).toBeUndefined();
    expect(idOf(body.workspace_app_id)).toBeUndefined();
    expect([body.workspace_agent_lifecycle ?? null, body.workspace_agent_health ?? null]).toEqual([
      null,
      null,
    ]);
    expect(body.current_state?.message, "the last report shows, what was made up goes").toBe(report);
  },
  async resume({ id, before }, response) {
    checkNewBuild(response, { transition: "start", reason: "task_resume", before });
    const { body } = await show(id);
    expect(body).toMatchObject({
      status: "pending",
      workspace_status: "pending",
      workspace_build_number: before.workspace_build_number + 1,
      initial_prompt: before.initial_prompt,
    });
    expect(idOf(body.workspace_agent_id)).toBeUndefined();
    expect(body.current_state ?? null).toBeNull();
  },
  async send({ id, before }, response) {
    expect([response.text, response.headers["content-type"]]).toEqual(["", undefined]);
    const logs = await call("logs", id);
    expect(logs.body.logs.at(-1)).toMatchObject({ type: "input", content: "Go on." });
    const { body } = await show(id);
    expect(body).toMatchObject({ status: "active", initial_prompt: before.initial_prompt });
  },
  logs: () => Promise.reject(new Error("Reading logs changes nothing.")),
  async input({ id, before }, response) {
    expect(response.text).toBe("");
    const { body } = await show(id);
    expect(body, "the text as it came, and nothing else").toEqual({
      ...before,
      initial_prompt: "  Begin anew.  ",
    });
  },
  async delete({ id }, response) {
    expect([response.text, response.headers["content-type"]]).toEqual(["", undefined]);
    expect((await show(id)).status).toBe(404);
    expect((await on.ask("GET", "/tasks", { as: steeredOwner })).body).toEqual({ tasks: [], count: 0 });
  },
};

function checkNewBuild(
  response: Answer,
  {
    transition,
    reason,
    before,
  }: { readonly transition: string; readonly reason: string; readonly before: Answer["body"] },
): void {
  expect(response.body.workspace_build).toMatchObject({
    transition,
    reason,
    status: "pending",
    build_number: before.workspace_build_number + 1,
    initiator_name: steeredOwner,
    template_version_id: before.template_version_id,
    workspace_id: idOf(before.workspace_id),
    resources: [],
    job: { status: "pending", type: "workspace_build" },
  });
}

function call(name: OperationName, id: string): Promise<Answer> {
  const { method, path, ...rest } = operations[name];
  return on.ask(method, `/tasks/me/${id}${path}`, { as: steeredOwner, ...rest });
}

function show(id: string): Promise<Answer> {
  return on.ask("GET", `/tasks/me/${id}`, { as: steeredOwner });
}

/** Everything about the task, as bytes; 404 once nothing is left of it. */
async function insideView(id: string): Promise<{ readonly status: number; readonly text: string }> {
  const { status, text } = await on.ask("GET", `/__admin/tasks/${id}`, { as: "nobody" });
  return { status, text };
}

it("every operation has its column", async () => {
  on.reset({ revision: "2.34", profile: "wire" });
  const { body } = await admin(on, "GET", `/tasks/${await newTask(on)}`);
  expect(Object.keys(body.answers).sort()).toEqual(["get", ...operationNames].sort());
});
