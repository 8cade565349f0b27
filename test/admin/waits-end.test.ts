import { describe, expect, it } from "vitest";
import { mostHolds } from "../../src/engine/holds.ts";
import { type Act, createTaskIn, soFar, toActive, waitBench, waitForTask } from "../support/wait-bench.ts";

const active = { status: "active" };

describe("a wait for a task", () => {
  it("says what is there instead when its time is up", async () => {
    const mock = await waitBench();
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
    const mock = await waitBench();
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
    const mock = await waitBench();
    const { status, body } = await waitForTask(mock, { ...active, timeout: "0s" });
    expect([status, body.message]).toEqual([408, 'Task "fix-it" was not active within 0s.']);
  });

  it("is turned away when its task is gone for good and something else was wanted", async () => {
    const mock = await waitBench();
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
    const mock = await waitBench();
    await mock.admin("POST", "/worlds", { id: "other" });
    const waiting = waitForTask(mock, active);
    await mock.admin("POST", "/clock/advance?world=other", { by: "1h" });
    await mock.admin("POST", "/reset?world=other");
    expect(await soFar(waiting)).toBe("held");
    await toActive(mock);
    expect(await soFar(waiting)).toBe(200);
  });

  it("may be one of a hundred in a world, and no more", async () => {
    const mock = await waitBench();
    const waiting = Array.from({ length: mostHolds }, () => waitForTask(mock, active));
    expect(await waitForTask(mock, active)).toMatchObject({
      status: 429,
      body: { message: "100 answers wait in this world, which is as many as may." },
    });
    expect((await waitForTask(mock, { status: "pending" })).status).toBe(200);
    await toActive(mock);
    expect(new Set((await Promise.all(waiting)).map(({ status }) => status))).toEqual(new Set([200]));
  });

  it.each([
    ["paused", 408],
    ["active", 200],
  ])("keeps its world from expiring, also for a while after it (%s)", async (status, answered) => {
    const mock = await waitBench();
    await mock.admin("POST", "/worlds", { id: "brief", ttl: "2s", clock: { mode: "real" } });
    await createTaskIn(mock, "brief", "one");
    const waiting = mock.admin("POST", "/tasks/one/wait?world=brief", { status, timeout: "5s" });
    mock.time.pass(5_000);
    expect((await waiting).status).toBe(answered);
    mock.time.pass(1_500);
    expect((await mock.admin("GET", "/clock?world=brief")).status).toBe(200);
    mock.time.pass(3_100);
    expect((await mock.admin("GET", "/clock?world=brief")).status).toBe(404);
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
      const mock = await waitBench();
      await mock.admin("POST", "/worlds", { id: "w" });
      await createTaskIn(mock, "w", "one");
      const waiting = mock.admin("POST", path, body);
      expect(await soFar(waiting)).toBe("held");
      await act(mock);
      const answer = await waiting;
      expect([answer.status, answer.body.message]).toEqual([status, message]);
      expect(mock.time.timers).toBe(0);
    },
  );

  it("and none is held any more once the mock stops", async () => {
    const mock = await waitBench();
    mock.worlds.stop();
    expect(await soFar(waitForTask(mock, active))).toBe(503);
    expect(mock.time.timers).toBe(0);
  });
});
