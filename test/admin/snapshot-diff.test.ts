import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openContracts, startAdminEngine } from "../support/admin-engine.ts";
import { active, admin, newTask, paused, steer } from "../support/steer.ts";
import { startTestMock, type TestMock } from "../support/test-mock.ts";

const contracts = await openContracts();

async function diff(on: TestMock, query: string) {
  return (await admin(on, "GET", `/snapshots/diff?${query}`)).body;
}

async function told(on: TestMock, query: string): Promise<readonly string[]> {
  return (await diff(on, query)).changes.map(({ text }: { readonly text: string }) => text);
}

describe("the difference between two moments", () => {
  let on: TestMock;
  beforeAll(async () => {
    on = await startTestMock();
  });
  beforeEach(async () => {
    await admin(on, "POST", "/reset");
    await admin(on, "POST", "/snapshots", { name: "start", replace: true });
  });

  it("is nothing where nothing happened", async () => {
    const now = "2026-02-02T09:00:00Z";
    const tasks = on.mock.host.world.tables.tasks.size;
    expect(await diff(on, "from=start")).toEqual({
      from: { name: "start", taken_at: now, tasks },
      to: { taken_at: now, tasks },
      changes: [],
      counts: { added: 0, removed: 0, changed: 0 },
      omitted: 0,
    });
    await admin(on, "POST", "/snapshots/start/restore");
    expect(await told(on, "from=start")).toEqual([]);
    expect((await diff(on, "from=start&to=start")).to.name).toBe("start");
  });

  it("tells of a build by its number", async () => {
    await newTask(on, "fix-login");
    await admin(on, "POST", "/snapshots", { name: "made", replace: true });
    await admin(on, "POST", "/tasks/fix-login/build", { job: "succeeded" });
    const { changes } = await diff(on, "from=made");
    expect(changes).toEqual([
      expect.objectContaining({
        entity: "task",
        id: on.id("fix-login"),
        name: "fix-login",
        change: "changed",
      }),
    ]);
    expect(changes[0].fields).toContainEqual({
      field: "builds/1/job",
      before: "pending",
      after: "succeeded",
    });
    expect(changes[0].text).toMatch(/^task fix-login: builds\/1\/job pending -> succeeded, /);
  });

  it("is read in the direction that was asked for", async () => {
    await newTask(on, "late");
    await admin(on, "POST", "/snapshots", { name: "later", replace: true });
    expect((await diff(on, "from=start&to=later")).counts).toMatchObject({ added: 1, removed: 0 });
    expect((await diff(on, "from=later&to=start")).counts).toMatchObject({ added: 0, removed: 1 });
    expect(await told(on, "from=later&to=start")).toContain("task late removed");
  });

  it("tells of users, of the clock, and of a world with other settings", async () => {
    await admin(on, "POST", "/users", { username: "newcomer" });
    await admin(on, "POST", "/clock/advance", { by: "90d" });
    const lines = await told(on, "from=start");
    expect(lines).toContain("user newcomer added");
    expect(lines).toContain("clock: now 2026-02-02T09:00:00Z -> 2026-05-03T09:00:00Z");
    await admin(on, "POST", "/reset", { scenario: "empty", revision: "2.30" });
    const [world] = await told(on, "from=start");
    expect(world).toMatch(/^world: scenario default -> empty, revision 2\.34 -> 2\.30/);
  });

  it("shows no token, wherever one stands", async () => {
    const id = await newTask(on, "secretive");
    await steer(on, id, active);
    await admin(on, "POST", "/tokens", { user: "priya", expires_in: "1h" });
    await admin(on, "POST", "/snapshots", { name: "minted", replace: true });
    const text = JSON.stringify(await diff(on, "from=start&to=minted"));
    await admin(on, "POST", "/reset", { seed: "other" });
    const other = JSON.stringify(await diff(on, "from=start"));
    const { world, snapshots } = on.mock.host;
    for (const { tables } of [world, ...snapshots.list().map(({ start }) => start)]) {
      const agents = [...tables.workspaces.values()].flatMap(({ builds }) =>
        builds.map(({ agent }) => agent),
      );
      const tokens = [...tables.tokens.values()].map((token) => token.text);
      for (const token of [...tokens, ...agents.flatMap((agent) => agent?.token ?? [])]) {
        expect(text + other).not.toContain(token);
      }
    }
    expect(text).toContain("(hidden)");
  });

  it("keeps the compared states as they are", async () => {
    await newTask(on, "on-its-way");
    const before = await admin(on, "GET", "/state");
    await diff(on, "from=start");
    expect((await admin(on, "GET", "/state")).text).toBe(before.text);
    await admin(on, "POST", "/snapshots/start/restore");
    expect(await told(on, "from=start")).toEqual([]);
  });

  it("is empty exactly when the states are the same", async () => {
    const moves = {
      nothing: async () => undefined,
      steer: () => admin(on, "POST", "/tasks/one/build", { job: "running" }),
      make: () => newTask(on, "two"),
      wait: () => admin(on, "POST", "/clock/advance", { by: "1s" }),
      pause: () => steer(on, on.id("one"), paused),
      user: () => admin(on, "POST", "/users", { username: "newcomer" }),
      token: () => admin(on, "POST", "/tokens", { user: "priya" }),
      message: () => admin(on, "POST", "/tasks/one/messages", { role: "user", content: "Hm" }),
    };
    const move = fc.constantFrom(...Object.entries(moves));
    await newTask(on, "one");
    await admin(on, "POST", "/snapshots", { name: "one", replace: true });
    const then = (await admin(on, "GET", "/state")).text;
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(move, { maxLength: 3 }), async (taken) => {
        await admin(on, "POST", "/snapshots/one/restore");
        for (const [, make] of taken) await make();
        const isSame = (await admin(on, "GET", "/state")).text === then;
        expect((await told(on, "from=one")).length === 0).toBe(isSame);
      }),
      { numRuns: 20 },
    );
  });
});

it("lists a thousand changes and counts the others", async () => {
  let looks = 0;
  // Nobody in the first state that is looked at, and many in the second.
  const exportScenario = () => {
    looks += 1;
    const users = Array.from({ length: looks === 1 ? 0 : 1_007 }, (_, index) => `user-${index}`);
    return { users: users.map((username) => ({ id: username, username })) };
  };
  const mock = startAdminEngine({ contracts, means: { exportScenario } });
  await mock.admin("POST", "/snapshots", { name: "none" });
  const { body } = await mock.admin("GET", "/snapshots/diff?from=none");
  expect([body.changes.length, body.omitted, body.counts.added]).toEqual([1_000, 7, 1_007]);
});
