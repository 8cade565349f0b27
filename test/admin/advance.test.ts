import { describe, expect, it } from "vitest";
import { buildStart } from "../../src/scenarios/build/build-start.ts";
import { type AdminEngine, createTask, openContracts, startAdminEngine } from "../support/admin-engine.ts";
import { assets } from "../support/assets.ts";

const contracts = await openContracts();
const start = () => startAdminEngine({ contracts });

async function advance(mock: AdminEngine, body: object) {
  const answer = await mock.admin("POST", "/clock/advance", body);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}

const instants = ({ events }: { events: readonly { at: string }[] }) =>
  events.map(({ at }) => at.slice(17, -1));

describe("advancing to the next event", () => {
  it("stops at its instant", async () => {
    const mock = start();
    await createTask(mock);
    const first = await advance(mock, { next: true });
    expect(first).toMatchObject({
      now: "2026-01-01T00:00:00.500Z",
      next_due: "2026-01-01T00:00:02Z",
      events: [{ at: "2026-01-01T00:00:00.500Z", kind: "job-running" }],
    });
    expect(first).not.toHaveProperty("note");
    expect(await advance(mock, { next: 1 })).toMatchObject({ now: "2026-01-01T00:00:02Z" });
  });

  it("goes on for as many as asked for, with all that falls on the last instant", async () => {
    const mock = start();
    await createTask(mock, "one");
    await createTask(mock, "two");
    expect(instants(await advance(mock, { next: 1 }))).toEqual(["00.500", "00.500"]);
    const three = await advance(mock, { next: 3 });
    expect(instants(three)).toEqual(["02", "02", "03", "03"]);
    expect(three).not.toHaveProperty("note");
  });

  it("does not move when nothing is pending, and says so", async () => {
    const before = (await start().admin("GET", "/clock")).body.now;
    expect(await advance(start(), { next: 5 })).toEqual({
      now: before,
      events: [],
      note: "Nothing is pending, so the clock has not moved.",
    });
  });

  it("stops at the last event when there are fewer, and says so", async () => {
    const mock = start();
    await createTask(mock);
    const { events, now, note } = await advance(mock, { next: 1_000 });
    expect(now).toBe(events.at(-1).at);
    expect(note).toBe(`Nothing more is pending: the clock stands at the last of ${events.length} events.`);
  });

  it("does not leap over more than ten years", async () => {
    const source = { name: "slow", file: "slow.yaml", locate: () => undefined };
    const document = { users: ["olga"], templates: ["web-agent"], durations: { queue: "5000d" }, tasks: [] };
    const world = await buildStart({ ...source, document }, assets.library.fixtures, { seed: "1" });
    const mock = startAdminEngine({ contracts, start: world });
    const [{ username, tokens }] = (await mock.admin("GET", "/users")).body.users;
    const [{ active_version_id, versions }] = (await mock.admin("GET", "/templates")).body.templates;
    const created = await mock.ask({
      method: "POST",
      path: `/api/v2/tasks/${username}`,
      headers: { "coder-session-token": tokens[0].token },
      body: { template_version_id: active_version_id ?? versions[0].id, input: "Fix it" },
    });
    expect(created.status).toBe(201);
    const { now } = (await mock.admin("GET", "/clock")).body;
    expect(await advance(mock, { next: true })).toMatchObject({
      now,
      events: [],
      note: expect.stringMatching(/^The next event, at 20\d\d-.+, lies further ahead than the clock is put/),
    });
    await advance(mock, { by: "3652d" });
    expect((await advance(mock, { next: true })).events).toHaveLength(1);
  });
});

describe("what was due before an advance", () => {
  it.each([{ by: "0s" }, { by: "1s" }, { next: true }, { until: { task: "fix-it", status: "active" } }])(
    "has happened before %j, whether or not anybody looked",
    async (order) => {
      const answers = [];
      for (const look of [false, true]) {
        let hostTime = 0;
        const mock = startAdminEngine({ contracts, hostTime: () => hostTime });
        await mock.admin("PUT", "/clock", { mode: "real" });
        await createTask(mock);
        hostTime += 2_500;
        if (look) await mock.admin("GET", "/tasks");
        const answer = await advance(mock, order);
        expect(answer.events.filter(({ at }: { at: string }) => at < "2026-01-01T00:00:02.500Z")).toEqual([]);
        answers.push(answer);
      }
      expect(answers[0]).toEqual(answers[1]);
    },
  );
});

describe("a running clock", () => {
  it("runs on from the event that it was put to, at any speed up to 10,000", async () => {
    let hostTime = 0;
    const mock = startAdminEngine({ contracts, hostTime: () => hostTime });
    await mock.admin("PUT", "/clock", { mode: "real", speed: 10_000 });
    await createTask(mock);
    const until = { task: "fix-it", status: "active" };
    expect(await advance(mock, { until })).toMatchObject({ now: "2026-01-01T00:00:05Z", reached: true });
    hostTime += 1;
    expect((await mock.admin("GET", "/clock")).body.now).toBe("2026-01-01T00:00:15Z");
    await mock.admin("PUT", "/clock", { mode: "manual" });
    hostTime += 1_000;
    expect((await mock.admin("GET", "/clock")).body).toMatchObject({
      mode: "manual",
      now: "2026-01-01T00:00:15Z",
    });
  });
});
