import { beforeAll, describe, expect, it } from "vitest";
import { startTestMock, type TestMock } from "../support/test-mock.ts";

describe("two mocks in one process", () => {
  let one: TestMock;
  let other: TestMock;
  let twin: TestMock;
  beforeAll(async () => {
    [one, other, twin] = await Promise.all([
      startTestMock(),
      startTestMock({ seed: "another", revision: "2.31", profile: "wire" }),
      startTestMock(),
    ]);
  });

  it("give the same bytes from the same seed, and others from another", async () => {
    expect(await one.everything()).toEqual(await twin.everything());
    expect(one.id("dark-mode")).toBe(twin.id("dark-mode"));
    expect(one.id("dark-mode")).not.toBe(other.id("dark-mode"));
    expect(one.token("mateo")).not.toBe(other.token("mateo"));
    expect((await other.ask("GET", "/tasks", { token: one.token("mateo") })).status).toBe(401);
  });

  it("share no state, clock, journal or counter", async () => {
    const before = await Promise.all([other.everything(), twin.everything()]);
    const journals = [other, twin].map(({ mock }) => mock.host.journal.list().length);
    const body = { template_version_id: one.version("web-agent").id, input: "Only here." };
    const created = await one.ask("POST", "/tasks/me", { body });
    expect(created.status).toBe(201);
    await one.ask("DELETE", "/tasks/me/dark-mode");
    await one.ask("POST", `/tasks/me/${one.id("fix-login-tests")}/pause`);
    one.changeUser("mateo", { status: "suspended" });
    one.pass(3600);
    expect([other, twin].map(({ mock }) => mock.host.journal.list().length)).toEqual(journals);
    expect(await Promise.all([other.everything(), twin.everything()])).toEqual(before);
    expect((await twin.ask("GET", "/tasks", { as: "mateo" })).status).toBe(200);
    const same = await twin.ask("POST", "/tasks/me", { body });
    expect(same.body.id).toBe(created.body.id);
  });

  it("each keep their own contract when the other takes another", async () => {
    one.reset({ revision: "2.30", profile: "wire" });
    const path = () => `/tasks/me/${twin.id("cache-headers")}/resume`;
    expect((await one.ask("POST", path())).status).toBe(404);
    expect((await twin.ask("POST", path())).status).toBe(202);
    const ids = await Promise.all(
      [one, twin].map(async (mock) => (await mock.ask("GET", "/tasks")).body.tasks[0].workspace_id),
    );
    expect(ids).toEqual([expect.any(String), { uuid: expect.any(String), valid: true }]);
  });

  it("a reset of one leaves the other alone and gives the same bytes as a new start", async () => {
    one.reset({ revision: "2.34", profile: "documented" });
    const fresh = await one.everything();
    const body = { template_version_id: one.version("web-agent").id, input: "Again." };
    const made = async () => (await one.ask("POST", "/tasks/me", { body })).text;
    const first = await made();
    one.pass(3600);
    one.reset();
    expect(await one.everything()).toEqual(fresh);
    expect(await made()).toBe(first);
  });
});
