import { describe, expect, it } from "vitest";
import { openContracts, startAdminEngine } from "../support/admin-engine.ts";
import { tokenFor, users } from "../support/world-builder.ts";

const contracts = await openContracts();

const version = "00000000-0000-4000-8000-000000000400";

describe("a token never comes back", () => {
  const token = tokenFor("siteOwner");

  it.each<[where: string, method: string, path: string, body: unknown]>([
    ["in a path", "GET", `/tasks/alice/${token}?limit=5`, undefined],
    ["as the value of a parameter", "GET", `/tasks?limit=${token}`, undefined],
    ["as the name of a parameter", "GET", `/tasks?${token}=5`, undefined],
    ["as the value of a property", "POST", "/tasks/alice", { template_version_id: version, name: [token] }],
    ["as the name of a property", "POST", "/tasks/alice", { template_version_id: version, [token]: 1 }],
  ])("%s", async (_, method, path, body) => {
    const mock = startAdminEngine({ contracts });
    await mock.api(method, path, { body });
    const kept = mock.host.violations.list();
    if (!path.includes("/alice/")) expect(kept).not.toEqual([]);
    expect(JSON.stringify(kept)).not.toContain(token);
    const listed = await mock.admin("GET", "/violations?scope=all");
    expect(JSON.stringify(listed.body)).not.toContain(token);
  });
});

describe("the beginning of a token that a cut has left", () => {
  const literal = "plain-secret-of-alice";

  it.each([
    ["with a form", tokenFor("siteOwner"), 11],
    ["without a form", literal, 7],
  ])("%s does not come back", async (_, token, shown) => {
    const mock = startAdminEngine({ contracts });
    mock.host.world.directory.saveToken({ text: literal, userId: users.member.id });
    const beginning = token.slice(0, shown);
    let id = 0;
    for (let padding = 160; padding <= 210; padding++) {
      await mock.api("POST", "/tasks/alice", { body: { input: ["x".repeat(padding), token] } });
      id += 1;
      const told = (await mock.admin("GET", `/requests/${id}`)).body;
      expect(told.violations, JSON.stringify(told)).toHaveLength(1);
      expect(JSON.stringify(told)).not.toContain(beginning);
    }
    const listed = await mock.admin("GET", "/violations?limit=100");
    expect(listed.body.violations).toHaveLength(id);
    expect(JSON.stringify(listed.body)).not.toContain(beginning);
  });

  it("is not taken for what only looks like one", async () => {
    const mock = startAdminEngine({ contracts });
    await mock.api("POST", "/tasks/alice", {
      body: { template_version_id: version, input: ["background-color"] },
    });
    const { violations } = (await mock.admin("GET", "/violations")).body;
    expect(violations).toMatchObject([{ received: '["background-color"]' }]);
  });
});

describe("the token of an agent, which only its world knows, stays hidden", () => {
  it.each([
    ["when that has begun anew", "POST", "/reset?world=checkout"],
    ["when that is gone", "DELETE", "/worlds/checkout"],
  ])("%s", async (_, method, path) => {
    const mock = startAdminEngine({ contracts });
    const made = await mock.admin("POST", "/worlds", { id: "checkout" });
    const headers = { "coder-session-token": made.body.tokens.alice };
    const prefix = "/w/checkout";
    const body = { template_version_id: version, input: "Fix it.", name: "fix-it" };
    await mock.ask({ method: "POST", path: `${prefix}/api/v2/tasks/alice`, headers, body });
    await mock.ask({ method: "POST", path: `${prefix}/__admin/clock/advance`, body: { by: "10s" } });
    const { token } = (await mock.ask({ method: "GET", path: `${prefix}/__admin/tasks/fix-it` })).body.agent;
    await mock.ask({ method: "GET", path: `${prefix}/api/v2/tasks?limit=${token}`, headers });
    expect((await mock.admin(method, path)).status).toBeLessThan(300);
    const { violations } = (await mock.admin("GET", "/violations?scope=all")).body;
    expect(violations).toMatchObject([{ world: "checkout", received: '"[redacted]"' }]);
  });
});
