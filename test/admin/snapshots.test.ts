import { describe, expect, it } from "vitest";
import { createTask, openContracts, startAdminEngine } from "../support/admin-engine.ts";
import { active, admin, idle, newTask, paused, steer, wholeView } from "../support/steer.ts";
import { startTestMock, type TestMock } from "../support/test-mock.ts";

const contracts = await openContracts();

/** A state that only a few calls can bring about. */
async function prepare(on: TestMock): Promise<void> {
  await steer(on, await newTask(on, "prepared"), paused);
  await steer(on, await newTask(on, "half-way"), active);
  await newTask(on, "just-made");
  await admin(on, "POST", "/users", { username: "newcomer", roles: ["owner"] });
  await admin(on, "POST", "/clock/advance", { by: "700ms" });
}

/** Other things that happen afterwards. */
async function goOn(on: TestMock): Promise<void> {
  await steer(on, on.id("just-made"), idle);
  await on.ask("DELETE", `/tasks/priya/${on.id("half-way")}`, { as: "priya" });
  await on.ask("POST", "/tasks/priya/prepared/resume", { as: "priya" });
  await newTask(on, "afterwards");
  await admin(on, "POST", "/tokens", { user: "newcomer" });
  await admin(on, "POST", "/clock/advance", { by: "1h" });
}

describe("a world that is restored", () => {
  it("answers with the same bytes each time, and as the world that went on would have", async () => {
    const on = await startTestMock({ profile: "wire" });
    await prepare(on);
    const then = await on.everything();
    await admin(on, "POST", "/snapshots", { name: "prepared" });
    await goOn(on);
    expect(await on.everything()).not.toEqual(then);
    await admin(on, "POST", "/snapshots/prepared/restore");
    expect(await on.everything()).toEqual(then);
    const views: (readonly string[])[] = [];
    for (let round = 0; round < 2; round++) {
      await admin(on, "POST", "/snapshots/prepared/restore");
      const begun = await wholeView(on);
      await admin(on, "POST", "/snapshots/prepared/restore");
      await goOn(on);
      views.push([...begun, ...(await wholeView(on))]);
    }
    expect(views[1]).toEqual(views[0]);
  });

  it("gives what is made next the ids that the world which went on gave", async () => {
    const on = await startTestMock();
    await prepare(on);
    await admin(on, "POST", "/snapshots", { name: "prepared" });
    const id = await newTask(on, "next");
    await admin(on, "POST", "/snapshots/prepared/restore");
    expect(await newTask(on, "next")).toBe(id);
  });

  it("has the settings and the clock of that moment, and journal and request numbers begin anew", async () => {
    const mock = startAdminEngine({ contracts });
    await mock.admin("POST", "/reset", { revision: "2.31", profile: "documented", seed: "9" });
    await mock.admin("POST", "/clock/advance", { by: "90s" });
    await mock.admin("PUT", "/clock", { mode: "real", speed: 5 });
    await mock.admin("POST", "/snapshots", { name: "then" });
    await mock.admin("POST", "/reset", { scenario: "other" });
    await mock.api("GET", "/tasks");
    expect(await mock.admin("POST", "/snapshots/then/restore")).toMatchObject({
      status: 200,
      body: {
        scenario: "test",
        seed: "9",
        revision: "2.31",
        profile: "documented",
        now: "2026-01-01T00:01:30Z",
        epoch: 4,
      },
    });
    expect((await mock.admin("GET", "/clock")).body).toMatchObject({ mode: "real", speed: 5 });
    expect((await mock.admin("GET", "/requests")).body).toMatchObject({ requests: [], dropped: 0 });
    expect((await mock.api("GET", "/tasks")).headers).toMatchObject({
      "X-Mock-Request-Id": "1",
      "X-Coder-Build-Version": "v2.31.0",
    });
  });

  it("goes on from the instant of the snapshot when its clock runs", async () => {
    let host = 0;
    const mock = startAdminEngine({ contracts, hostTime: () => host });
    await mock.admin("PUT", "/clock", { mode: "real", speed: 2 });
    await mock.admin("POST", "/snapshots", { name: "then" });
    host += 60_000;
    const { body } = await mock.admin("POST", "/snapshots/then/restore");
    host += 5_000;
    expect([body.now, (await mock.admin("GET", "/clock")).body.now]).toEqual([
      "2026-01-01T00:00:00Z",
      "2026-01-01T00:00:10Z",
    ]);
  });
});

describe("snapshots", () => {
  it("belong to one world, whose tokens go on to work when it is restored, and go with it", async () => {
    const on = await startTestMock();
    const world = (await admin(on, "POST", "/worlds", { id: "one" })).body;
    const listed = async (token: string) =>
      (await on.ask("GET", "/tasks", { token })).body.tasks.map(({ name }: { name: string }) => name);
    const begun = await listed(world.tokens.priya);
    await admin(on, "POST", "/snapshots?world=one", { name: "kept" });
    for (const token of [world.tokens.priya, on.token("priya")]) {
      const body = { template_version_id: on.version("web-agent").id, input: "Go", name: "later" };
      expect((await on.ask("POST", "/tasks/me", { token, body })).status).toBe(201);
    }
    const elsewhere = await on.ask("POST", "/__admin/snapshots/kept/restore", { as: "nobody" });
    expect(elsewhere.status).toBe(404);
    expect((await admin(on, "GET", "/snapshots/diff?from=kept&world=one")).body.counts.added).toBe(1);
    await admin(on, "POST", "/snapshots/kept/restore?world=one");
    expect(await listed(world.tokens.priya)).toEqual(begun);
    expect(await listed(on.token("priya"))).toContain("later");
    await admin(on, "DELETE", "/worlds/one");
    await admin(on, "POST", "/worlds", { id: "one" });
    expect((await admin(on, "GET", "/snapshots?world=one")).body.snapshots).toEqual([]);
  });

  it("are listed oldest first, with what they bring back, and can be forgotten", async () => {
    const mock = startAdminEngine({ contracts });
    const first = await mock.admin("POST", "/snapshots", { name: "first" });
    await createTask(mock);
    await mock.admin("POST", "/clock/advance", { by: "1m" });
    const second = await mock.admin("POST", "/snapshots", { name: "Second_1.0" });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(first.body).toEqual({
      name: "first",
      taken_at: "2026-01-01T00:00:00Z",
      tasks: 0,
      scenario: "test",
      revision: "2.34",
      profile: "wire",
      clock: { mode: "manual", speed: 1 },
    });
    expect(second.body).toMatchObject({ taken_at: "2026-01-01T00:01:00Z", tasks: 1 });
    const list = async () => (await mock.admin("GET", "/snapshots")).body.snapshots;
    expect(await list()).toEqual([first.body, second.body]);
    expect((await mock.admin("GET", "/snapshots/Second_1.0")).body).toEqual(second.body);
    expect((await mock.admin("DELETE", "/snapshots/first")).status).toBe(204);
    expect(await list()).toEqual([second.body]);
    expect((await mock.admin("POST", "/snapshots/first/restore")).status).toBe(404);
  });

  it("outlive resets, loaded states and restores", async () => {
    const mock = startAdminEngine({ contracts });
    await createTask(mock, "kept");
    await mock.admin("POST", "/snapshots", { name: "kept" });
    await mock.admin("POST", "/reset", { scenario: "other" });
    await mock.admin("PUT", "/state", { tasks: [] });
    expect((await mock.admin("GET", "/tasks")).body.count).toBe(0);
    for (let round = 0; round < 2; round++) {
      await mock.admin("POST", "/snapshots/kept/restore");
      expect((await mock.admin("GET", "/tasks")).body.tasks[0].name).toBe("kept");
    }
  });

  it("are taken anew only when asked to", async () => {
    const mock = startAdminEngine({ contracts });
    await mock.admin("POST", "/snapshots", { name: "one" });
    await mock.admin("POST", "/snapshots", { name: "two" });
    await createTask(mock);
    const refused = await mock.admin("POST", "/snapshots", { name: "one" });
    expect(refused).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('"replace": true') },
    });
    expect((await mock.admin("GET", "/snapshots/one")).body.tasks).toBe(0);
    const replaced = await mock.admin("POST", "/snapshots", { name: "one", replace: true });
    expect(replaced).toMatchObject({ status: 201, body: { tasks: 1 } });
    const { snapshots } = (await mock.admin("GET", "/snapshots")).body;
    expect(snapshots.map(({ name }: { name: string }) => name)).toEqual(["two", "one"]);
  });

  it("are a bounded number, and the answer to one too many says how to make room", async () => {
    const mock = startAdminEngine({ contracts });
    for (let index = 0; index < 50; index++) {
      expect((await mock.admin("POST", "/snapshots", { name: `number-${index}` })).status).toBe(201);
    }
    expect(await mock.admin("POST", "/snapshots", { name: "one-more" })).toMatchObject({
      status: 429,
      body: { message: expect.stringContaining("50"), detail: expect.stringContaining("DELETE") },
    });
    expect((await mock.admin("POST", "/snapshots", { name: "number-7", replace: true })).status).toBe(201);
    await mock.admin("DELETE", "/snapshots/number-8");
    expect((await mock.admin("POST", "/snapshots", { name: "one-more" })).status).toBe(201);
  });

  it("that are not there are answered with the names that are", async () => {
    const mock = startAdminEngine({ contracts });
    const ask = async (method: string, path: string) => (await mock.admin(method, path)).body.detail;
    expect(await ask("GET", "/snapshots/nothing")).toContain("POST /__admin/snapshots");
    await mock.admin("POST", "/snapshots", { name: "prepared" });
    await mock.admin("POST", "/snapshots", { name: "empty" });
    const detail = 'Did you mean "prepared"? Known: prepared, empty.';
    expect(await ask("GET", "/snapshots/prepaerd")).toBe(detail);
    expect(await ask("DELETE", "/snapshots/prepaerd")).toBe(detail);
    expect(await ask("POST", "/snapshots/prepaerd/restore")).toBe(detail);
    expect(await ask("GET", "/snapshots/diff?from=prepaerd")).toBe(detail);
    expect(await ask("GET", "/snapshots/diff?from=empty&to=prepaerd")).toBe(detail);
  });
});
