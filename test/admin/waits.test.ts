import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mostHolds } from "../../src/engine/holds.ts";
import {
  type AdminEngine,
  type Answer,
  createTask,
  openContracts,
  startAdminEngine,
} from "../support/admin-engine.ts";
import { HandTime } from "../support/hand-time.ts";

const contracts = await openContracts();

interface Bench extends AdminEngine {
  readonly time: HandTime;
}

/** A mock with a task, `fix-it`, that was just created. */
async function bench(): Promise<Bench> {
  const time = new HandTime();
  const mock = startAdminEngine({ contracts, hostTime: time.hostTime, after: time.after });
  await createTask(mock);
  return { ...mock, time };
}

/** Begins to wait for the task. The answer is held by the time this returns. */
function waitForTask(mock: AdminEngine, body: object, task = "fix-it"): Promise<Answer> {
  return mock.admin("POST", `/tasks/${task}/wait`, body);
}

function waitForRequests(mock: AdminEngine, body: object): Promise<Answer> {
  return mock.admin("POST", "/requests/wait", body);
}

/** An answer's status once it is there, else `held`. */
async function soFar(answer: Promise<Answer>): Promise<number | "held"> {
  const later = new Promise<"held">((resolve) => {
    setImmediate(() => resolve("held"));
  });
  return await Promise.race([answer.then(({ status }) => status), later]);
}

const active = { status: "active" };
const steered = [
  ["build", { job: "succeeded" }],
  ["agent", { lifecycle: "ready" }],
  ["app", { health: "healthy" }],
] as const;

type Act = (mock: Bench) => Promise<unknown>;

const advance =
  (by: string): Act =>
  ({ admin }) =>
    admin("POST", "/clock/advance", { by });
const toActive = advance("5s");
const nothing: Act = () => Promise.resolve();

describe("a wait for a task", () => {
  it.each<[name: string, condition: object, before: Act, act: Act, seen: object]>([
    ["a status, by an advance", active, nothing, toActive, { status: "active" }],
    [
      "a status, by an advance until another",
      { status: "initializing" },
      nothing,
      ({ admin }) => admin("POST", "/clock/advance", { until: { task: "fix-it", status: "initializing" } }),
      { status: "initializing" },
    ],
    [
      "a status, by setting the clock",
      active,
      nothing,
      ({ admin }) => admin("PUT", "/clock", { mode: "manual", now: "2026-01-01T00:00:05Z" }),
      { status: "active" },
    ],
    [
      "a status, by settling the task",
      active,
      nothing,
      ({ admin }) => admin("POST", "/tasks/fix-it/settle"),
      { status: "active" },
    ],
    [
      "a status, by steering",
      active,
      nothing,
      async ({ admin }) => {
        for (const [what, order] of steered) await admin("POST", `/tasks/fix-it/${what}`, order);
      },
      { status: "active" },
    ],
    [
      "a status, by a call of the API",
      { status: "unknown" },
      toActive,
      ({ api }) => api("POST", "/tasks/alice/fix-it/pause"),
      { status: "unknown", workspace: { status: "pending" } },
    ],
    [
      "a state, by a report",
      { state: "complete" },
      toActive,
      ({ admin }) => admin("POST", "/tasks/fix-it/report", { state: "complete", message: "Done" }),
      { current_state: { state: "complete", message: "Done" } },
    ],
    [
      "a state, by an input",
      { state: "working" },
      advance("1m"),
      ({ api }) => api("POST", "/tasks/alice/fix-it/send", { body: { input: "More" } }),
      { current_state: { state: "working" } },
    ],
    [
      "entries of the log, by a message",
      { logs_count: 1 },
      nothing,
      ({ admin }) => admin("POST", "/tasks/fix-it/messages", { role: "agent", content: "Hello" }),
      { conversation: [{ content: "Hello" }] },
    ],
    [
      "entries of the log, by an input",
      { logs_count: 3 },
      advance("1m"),
      ({ api }) => api("POST", "/tasks/alice/fix-it/send", { body: { input: "More" } }),
      { conversation: [{ role: "user" }, { role: "agent" }, { role: "user", content: "More" }] },
    ],
    [
      "the end of a deletion",
      { deleted: true },
      async ({ admin, api }) => {
        await admin("POST", "/tasks/fix-it/settle");
        await api("DELETE", "/tasks/alice/fix-it");
      },
      advance("1m"),
      { deleted: true, name: "fix-it", due: [] },
    ],
    [
      "several things together",
      { status: "active", state: "idle", logs_count: 2, deleted: false },
      toActive,
      advance("1m"),
      { status: "active", current_state: { state: "idle" } },
    ],
  ])("is over with %s", async (_, condition, before, act, seen) => {
    const mock = await bench();
    const { tasks } = (await mock.admin("GET", "/tasks")).body;
    await before(mock);
    const waiting = waitForTask(mock, condition, tasks[0].id);
    expect(await soFar(waiting)).toBe("held");
    expect(mock.host.holds.size).toBe(1);
    await act(mock);
    const { status, body } = await waiting;
    expect({ status, body }).toMatchObject({ status: 200, body: seen });
    expect([mock.host.holds.size, mock.time.timers]).toEqual([0, 0]);
  });

  it("is over at once when it is true already", async () => {
    const mock = await bench();
    await toActive(mock);
    expect(await waitForTask(mock, { ...active, timeout: "0s" })).toMatchObject({ status: 200 });
    expect(mock.time.timers).toBe(0);
  });

  it("is over by time alone on a clock that runs, as soon as the step is due", async () => {
    const mock = await bench();
    await mock.admin("PUT", "/clock", { mode: "real", speed: 10 });
    const waiting = waitForTask(mock, active);
    mock.time.pass(499);
    expect(await soFar(waiting)).toBe("held");
    mock.time.pass(1);
    const { status, body } = await waiting;
    expect({ status, body }).toMatchObject({ status: 200, body: { status: "active" } });
    expect(mock.time.timers).toBe(0);
  });

  it("sees every state on a clock that runs, also when many steps come at once", async () => {
    const mock = await bench();
    await mock.admin("PUT", "/clock", { mode: "real", speed: 10_000 });
    const waiting = ["initializing", "active"].map((status) => waitForTask(mock, { status }));
    mock.time.pass(100);
    expect(await Promise.all(waiting.map(async (one) => (await one).body.status))).toEqual([
      "initializing",
      "active",
    ]);
  });

  it("goes by the timer once a clock that stood begins to run", async () => {
    const mock = await bench();
    const waiting = waitForTask(mock, active);
    await mock.admin("PUT", "/clock", { mode: "real" });
    mock.time.pass(5_000);
    expect(await waiting).toMatchObject({ status: 200 });
  });

  it("sets no timer but its own on a clock that stands", async () => {
    const mock = await bench();
    const waiting = waitForTask(mock, active);
    expect(mock.time.timers).toBe(1);
    await toActive(mock);
    await waiting;
  });

  it("says what is there instead when its time is up", async () => {
    const mock = await bench();
    const waiting = waitForTask(mock, { ...active, state: "idle", logs_count: 2 });
    mock.time.pass(29_999);
    expect(await soFar(waiting)).toBe("held");
    mock.time.pass(1);
    expect(await waiting).toMatchObject({
      status: 408,
      body: {
        message: 'Task "fix-it" was not active, with state idle, with 2 log entries within 30s.',
        detail:
          "It is pending, without a state, and has 0 log entries. Next comes job-running, at 2026-01-01T00:00:00.500Z. " +
          "The clock stands at 2026-01-01T00:00:00Z until somebody advances it: POST /__admin/clock/advance.",
        validations: [
          { field: "body/status", detail: "expected active, received pending" },
          { field: "body/state", detail: "expected idle, received none" },
          { field: "body/logs_count", detail: "expected at least 2 entries, received 0" },
        ],
      },
    });
    expect([mock.host.holds.size, mock.time.timers]).toEqual([0, 0]);
  });

  it("counts its time in real milliseconds, however fast the clock runs", async () => {
    const mock = await bench();
    await mock.admin("PUT", "/clock", { mode: "real", speed: 10_000 });
    const waiting = waitForTask(mock, { state: "complete", timeout: "2s" });
    mock.time.pass(1_999);
    expect(await soFar(waiting)).toBe("held");
    mock.time.pass(1);
    expect((await waiting).body.detail).toMatch(
      /^It is active, with state idle, and has 2 log entries\. Nothing is pending for it\.$/,
    );
  });

  it("with a timeout of 0s looks once", async () => {
    const mock = await bench();
    const { status, body } = await waitForTask(mock, { ...active, timeout: "0s" });
    expect([status, body.message]).toEqual([408, 'Task "fix-it" was not active within 0s.']);
  });

  it("is turned away when its task is gone for good and something else was wanted", async () => {
    const mock = await bench();
    const waiting = waitForTask(mock, active);
    await mock.admin("POST", "/tasks/fix-it/build", { job: "failed" });
    await mock.api("DELETE", "/tasks/alice/fix-it");
    expect(await soFar(waiting)).toBe("held");
    await mock.admin("POST", "/clock/advance", { by: "1m" });
    expect(await waiting).toMatchObject({
      status: 409,
      body: { message: 'Task "fix-it" was deleted while the answer waited.' },
    });
  });

  it("hears nothing of other worlds", async () => {
    const mock = await bench();
    await mock.admin("POST", "/worlds", { id: "other" });
    const waiting = waitForTask(mock, active);
    await mock.admin("POST", "/clock/advance?world=other", { by: "1h" });
    await mock.admin("POST", "/reset?world=other");
    expect(await soFar(waiting)).toBe("held");
    await toActive(mock);
    expect(await soFar(waiting)).toBe(200);
  });

  it("may be one of a hundred in a world, and no more", async () => {
    const mock = await bench();
    const waiting = Array.from({ length: mostHolds }, () => waitForTask(mock, active));
    expect(await waitForTask(mock, active)).toMatchObject({
      status: 429,
      body: { message: "100 answers wait in this world, which is as many as may." },
    });
    expect((await waitForTask(mock, { status: "pending" })).status).toBe(200);
    await toActive(mock);
    expect(new Set((await Promise.all(waiting)).map(({ status }) => status))).toEqual(new Set([200]));
  });

  it("keeps its world from expiring, also for a while after it", async () => {
    const mock = await bench();
    await mock.admin("POST", "/worlds", { id: "brief", ttl: "2s" });
    const { token } = (await mock.admin("POST", "/tokens?world=brief", { user: "alice" })).body;
    const headers = { "coder-session-token": token };
    const body = { template_version_id: "00000000-0000-4000-8000-000000000400", input: "x", name: "one" };
    await mock.ask({ method: "POST", path: "/api/v2/tasks/me", body, headers });
    const waiting = mock.admin("POST", "/tasks/one/wait?world=brief", { ...active, timeout: "10s" });
    mock.time.pass(10_000);
    expect((await waiting).status).toBe(408);
    mock.time.pass(1_500);
    expect((await mock.admin("GET", "/clock?world=brief")).status).toBe(200);
    mock.time.pass(3_100);
    expect((await mock.admin("GET", "/clock?world=brief")).status).toBe(404);
  });
});

describe("a wait for requests", () => {
  const list = (mock: Bench, query = "") => mock.api("GET", `/tasks${query}`);

  it.each<[match: object, act: Act]>([
    [{ operation: "list-ai-tasks" }, (mock) => list(mock)],
    [{ method: "get" }, (mock) => list(mock)],
    [{ path: "/api/v2/tasks" }, (mock) => list(mock, "?q=owner:me")],
    [{ status: 404 }, ({ api }) => api("GET", "/nothing")],
    [{ outcome: "refused" }, ({ api }) => api("GET", "/tasks/me/nothing")],
    [
      { operation: "get-ai-task-by-id-or-name", status: 404, outcome: "refused" },
      ({ api }) => api("GET", "/tasks/me/nothing"),
    ],
  ])("%j is over with it", async (match, act) => {
    const mock = await bench();
    const waiting = waitForRequests(mock, { match });
    await createTask(mock, "another");
    expect(await soFar(waiting)).toBe("held");
    await act(mock);
    const { status, body } = await waiting;
    const newest = (await mock.admin("GET", "/requests?limit=1")).body.requests;
    expect([status, body]).toEqual([200, { requests: newest }]);
    expect([mock.host.holds.size, mock.time.timers]).toEqual([0, 0]);
  });

  it("counts those that came before it, and shows all that fit, the newest first", async () => {
    const mock = await bench();
    for (const query of ["", "?q=owner:me", "?q=status:active"]) await list(mock, query);
    const match = { operation: "list-ai-tasks" };
    expect(
      (await waitForRequests(mock, { match, count: 2 })).body.requests.map(
        ({ id }: { readonly id: string }) => id,
      ),
    ).toEqual(["4", "3", "2"]);
    const more = waitForRequests(mock, { match, count: 4 });
    expect(await soFar(more)).toBe("held");
    await list(mock);
    expect((await more).body.requests).toHaveLength(4);
  });

  it("looks only at what came since the journal began", async () => {
    const mock = await bench();
    await list(mock);
    await mock.admin("DELETE", "/requests");
    const { status, body } = await waitForRequests(mock, { match: { status: 200 }, timeout: "0s" });
    expect([status, body.message, body.detail]).toEqual([
      408,
      "The wait for a request with status 200 ended after 0s: none came.",
      "No request at all has come to this world since it began or its journal was cleared.",
    ]);
  });

  it("says how many came and what came closest", async () => {
    const mock = await bench();
    await mock.api("GET", "/tasks/me/nothing");
    await list(mock);
    const match = { operation: "get-ai-task-by-id-or-name", method: "GET", status: 200 };
    const waiting = waitForRequests(mock, { match, count: 2, timeout: "90s" });
    mock.time.pass(90_000);
    expect(await waiting).toMatchObject({
      status: 408,
      body: {
        message:
          "The wait for 2 requests with operation get-ai-task-by-id-or-name, method GET, status 200 ended after 90s: none came.",
        detail:
          "Nearest is request 3, GET /api/v2/tasks, answered with 200 (handled): operation list-ai-tasks instead of get-ai-task-by-id-or-name.",
      },
    });
  });

  it("says what there is when nothing came close", async () => {
    const mock = await bench();
    const { body } = await waitForRequests(mock, { match: { status: 500 }, timeout: "0s" });
    expect(body.detail).toBe(
      "The journal keeps 1; the newest is POST /api/v2/tasks/alice, answered with 201 (handled).",
    );
  });

  it.each<[body: object, field: string, detail: RegExp]>([
    [{ match: {} }, "body/match", /at least one of "operation"/],
    [{ match: { operation: "list-ai-task" } }, "body/match/operation", /did you mean "list-ai-tasks"\?/],
    [{ match: { status: 200 }, count: 6 }, "body/count", /at most 5, .* received 6/],
    [{ match: { status: 200 }, timeout: "11m" }, "body/timeout", /up to 10m.* received "11m"/],
    [{ match: { status: 200 }, timeout: "soon" }, "body/timeout", /received "soon"/],
  ])("%j is refused with what would do", async (body, field, detail) => {
    const mock = await bench();
    const answer = await waitForRequests(mock, body);
    expect(answer.status).toBe(400);
    expect(answer.body.validations).toEqual([{ field, detail: expect.stringMatching(detail) }]);
  });
});

describe("an answer that is held goes out before its time", () => {
  const releases: readonly [name: string, act: Act, status: number, message: string][] = [
    [
      "a reset",
      ({ admin }) => admin("POST", "/reset?world=w"),
      409,
      'World "w" began anew while the answer waited.',
    ],
    [
      "a state that is loaded",
      ({ admin }) => admin("PUT", "/state?world=w", { users: [] }),
      409,
      'World "w" began anew while the answer waited.',
    ],
    [
      "a snapshot that is restored",
      async ({ admin }) => {
        await admin("POST", "/snapshots?world=w", { name: "here" });
        return admin("POST", "/snapshots/here/restore?world=w");
      },
      409,
      'World "w" began anew while the answer waited.',
    ],
    [
      "the end of its world",
      ({ admin }) => admin("DELETE", "/worlds/w"),
      409,
      'World "w" was deleted while the answer waited.',
    ],
    ["the end of the mock", async ({ worlds }) => worlds.stop(), 503, "The mock stops."],
  ];
  const waits: readonly [path: string, body: object][] = [
    ["/tasks/one/wait?world=w", active],
    ["/requests/wait?world=w", { match: { status: 500 } }],
  ];

  it.each(releases.flatMap((release) => waits.map((wait) => [...release, ...wait] as const)))(
    "with %s",
    async (_, act, status, message, path, body) => {
      const mock = await bench();
      await mock.admin("POST", "/worlds", { id: "w" });
      const { token } = (await mock.admin("POST", "/tokens?world=w", { user: "alice" })).body;
      const made = await mock.ask({
        method: "POST",
        path: "/api/v2/tasks/me",
        body: { template_version_id: "00000000-0000-4000-8000-000000000400", input: "x", name: "one" },
        headers: { "coder-session-token": token },
      });
      expect(made.status).toBe(201);
      const waiting = mock.admin("POST", path, body);
      expect(await soFar(waiting)).toBe("held");
      await act(mock);
      const answer = await waiting;
      expect([answer.status, answer.body.message]).toEqual([status, message]);
      expect(mock.time.timers).toBe(0);
    },
  );

  it("and none is held any more once the mock stops", async () => {
    const mock = await bench();
    mock.worlds.stop();
    expect(await soFar(waitForTask(mock, active))).toBe(503);
    expect(mock.time.timers).toBe(0);
  });
});

it("a wait sees each state of a task, whatever the speed and whenever somebody looks", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 10_000 }),
      fc.array(fc.integer({ min: 1, max: 700 }), { maxLength: 5 }),
      async (speed, pauses) => {
        const mock = await bench();
        await mock.admin("PUT", "/clock", { mode: "real", speed });
        const wanted = ["initializing", "active"];
        const waiting = wanted.map((status) => waitForTask(mock, { status, timeout: "10m" }));
        for (const pause of pauses) {
          mock.time.pass(pause);
          await mock.admin("GET", "/clock");
        }
        mock.time.pass(10_000);
        const seen = (await Promise.all(waiting)).map(({ body }) => body.status);
        expect(seen).toEqual(wanted);
      },
    ),
    { numRuns: 25 },
  );
});
