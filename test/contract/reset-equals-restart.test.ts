import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { admin, newTask, paused, steer, steeredOwner, wholeView } from "../support/steer.ts";
import { startTestMock, type TestFlags, type TestMock } from "../support/test-mock.ts";

/** A bit of everything that leaves traces: tasks, users, tokens, time, the journal, half-done work, another contract. */
async function makeAMess(on: TestMock): Promise<void> {
  const id = await newTask(on, "left-behind");
  await steer(on, id, paused);
  await on.ask("PATCH", `/tasks/me/${id}/input`, { as: steeredOwner, body: { input: "Something else" } });
  await on.ask("POST", `/tasks/me/${id}/resume`, { as: steeredOwner });
  await on.ask("DELETE", `/tasks/me/${await newTask(on, "deleted")}`, { as: steeredOwner });
  await admin(on, "POST", "/users", { username: "newcomer", roles: ["owner"] });
  await admin(on, "POST", "/tokens", { user: "newcomer" });
  await on.ask("POST", "/tasks/me", { body: "{broken" });
  await on.ask("GET", "/nowhere");
  await admin(on, "PUT", "/clock", { mode: "manual", speed: 3 });
  await admin(on, "POST", "/clock/advance", { by: "1500ms" });
}

const empty = {
  organizations: ["harbor", "labs"],
  users: ["olga", "priya"],
  templates: ["web-agent"],
  default_user: "olga",
  tasks: [],
};

describe.each<{ readonly name: string; readonly flags: TestFlags }>([
  { name: "every status, on the wire", flags: { scenario: "every-status", profile: "wire", seed: "7" } },
  { name: "an old revision with lenient checks", flags: { revision: "2.30", requests: "warn", auth: "any" } },
])("with $name", ({ flags }) => {
  it("a reset is as good as a restart", async () => {
    const fresh = await wholeView(await startTestMock(flags));
    const on = await startTestMock(flags);
    for (let round = 0; round < 2; round++) {
      await makeAMess(on);
      await admin(on, "POST", "/reset");
      expect(await wholeView(on)).toEqual(fresh);
    }
  });
});

describe("with the default scenario", () => {
  let on: TestMock;
  let fresh: readonly string[];
  beforeAll(async () => {
    fresh = await wholeView(await startTestMock());
    on = await startTestMock();
  });
  beforeEach(() => admin(on, "POST", "/reset"));

  it("a reset undoes what was loaded and what an earlier reset named", async () => {
    const other = { scenario: "every-status", seed: 5, revision: "2.30", profile: "wire" };
    await admin(on, "POST", "/reset", other);
    await admin(on, "PUT", "/state", empty);
    await makeAMess(on);
    await admin(on, "POST", "/reset");
    expect(await wholeView(on)).toEqual(fresh);
  });

  it("a reset to other settings is as good as a start with them", async () => {
    const flags = {
      scenario: "paused-with-history",
      seed: "5",
      revision: "2.31",
      profile: "wire",
    } as const;
    await makeAMess(on);
    await admin(on, "POST", "/reset", flags);
    expect(await wholeView(on)).toEqual(await wholeView(await startTestMock(flags)));
  });

  it("a reset that is refused leaves everything as it was", async () => {
    await makeAMess(on);
    for (const body of [{ scenario: "nowhere" }, { revision: "1.0" }, { profile: "both" }, { extra: 1 }]) {
      const { status } = await on.ask("POST", "/__admin/reset", { as: "nobody", body });
      expect(status).toBeGreaterThanOrEqual(400);
    }
    const refused = await wholeView(on);
    await admin(on, "POST", "/reset");
    await makeAMess(on);
    expect(await wholeView(on)).toEqual(refused);
  });

  it("a second mock in the same process notices nothing", async () => {
    const quiet = await startTestMock();
    await makeAMess(on);
    await admin(on, "PUT", "/state", empty);
    expect(await wholeView(quiet)).toEqual(fresh);
  });
});
