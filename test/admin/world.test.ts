import { describe, expect, it } from "vitest";
import { type AdminEngine, createTask, openContracts, startAdminEngine } from "../support/admin-engine.ts";

const contracts = await openContracts();
const start = () => startAdminEngine({ contracts });

async function view({ admin, api }: AdminEngine) {
  const paths = ["/tasks", "/users", "/templates", "/clock", "/requests"];
  const inside = await Promise.all(paths.map(async (path) => (await admin("GET", path)).body));
  return { inside, outside: (await api("GET", "/tasks")).body };
}

describe("health and version", () => {
  it.each([
    ["ready", 200],
    ["starting", 503],
    ["stopping", 503],
  ] as const)("%s is a %i", async (state, status) => {
    const answer = await startAdminEngine({ contracts, state }).admin("GET", "/health");
    expect(answer).toMatchObject({
      status,
      body: {
        status: state,
        version: "0.0.0-test",
        revision: "2.34",
        profile: "wire",
        scenario: "test",
        uptime_ms: 5,
      },
    });
  });

  it("the version lists revisions, profiles and digests of the documents", async () => {
    expect((await start().admin("GET", "/version")).body).toEqual({
      name: "coder-tasks-mock",
      version: "0.0.0-test",
      revisions: ["2.30", "2.31", "2.34"],
      profiles: ["documented", "wire"],
      specs: [{ name: "admin", digest: "abc" }],
    });
  });

  it("the admin API serves its own document", async () => {
    expect((await start().admin("GET", "/openapi.json")).body).toEqual(contracts.admin.document);
  });
});

describe("reset", () => {
  it("equals a restart: state, clock, ids and journal", async () => {
    const fresh = start();
    const mock = start();
    await createTask(mock);
    await mock.admin("POST", "/clock/advance", { by: "1h" });
    await mock.admin("POST", "/users", { username: "late" });
    await mock.admin("PUT", "/clock", { mode: "real", speed: 3 });
    const reset = await mock.admin("POST", "/reset");
    expect(reset.body).toEqual({
      scenario: "test",
      seed: "1",
      revision: "2.34",
      profile: "wire",
      now: "2026-01-01T00:00:00Z",
      epoch: 2,
    });
    expect(await view(mock)).toEqual(await view(fresh));
    expect(await createTask(mock)).toBe(await createTask(fresh));
    expect(await view(mock)).toEqual(await view(fresh));
  });

  it("takes another scenario, seed, revision and profile for once", async () => {
    const mock = start();
    const order = { scenario: "other", seed: 7, revision: "v2.32.1", profile: "documented" };
    const asked = await mock.admin("POST", "/reset", order);
    expect(asked.body).toMatchObject({
      scenario: "other",
      seed: "7",
      revision: "2.31",
      profile: "documented",
    });
    expect((await mock.admin("GET", "/health")).body).toMatchObject({ scenario: "other", revision: "2.31" });
    expect((await mock.api("GET", "/tasks")).headers["X-Coder-Build-Version"]).toBe("v2.31.0");
    expect((await mock.admin("POST", "/reset", {})).body).toMatchObject({
      scenario: "test",
      seed: "1",
      revision: "2.34",
      profile: "wire",
    });
  });
});

describe("scenarios and state", () => {
  it("lists what there is and shows each", async () => {
    const mock = start();
    expect((await mock.admin("GET", "/scenarios")).body.scenarios).toEqual([
      { name: "other", description: "The other one.", file: "other.yaml", current: false },
      { name: "test", description: "The test one.", file: "test.yaml", current: true },
    ]);
    expect((await mock.admin("GET", "/scenarios/other")).body.document).toEqual({
      description: "The other one.",
    });
  });

  it("saves the world as a document", async () => {
    expect((await start().admin("GET", "/state")).body).toEqual({ exported: true, seed: "1" });
  });

  it("loads a document and keeps revision, seed and the way the clock runs", async () => {
    const mock = start();
    await createTask(mock);
    await mock.admin("POST", "/reset", { revision: "2.31", seed: "9" });
    await mock.admin("PUT", "/clock", { mode: "real", speed: 2 });
    const loaded = await mock.admin("PUT", "/state", { tasks: [] });
    expect(loaded).toMatchObject({ status: 200, body: { revision: "2.31", seed: "9", epoch: 3 } });
    expect((await mock.admin("GET", "/clock")).body).toMatchObject({ mode: "real", speed: 2 });
    expect((await mock.admin("GET", "/tasks")).body.count).toBe(0);
  });

  it("names everything that is wrong with a document", async () => {
    const { status, body } = await start().admin("PUT", "/state", {});
    expect(status).toBe(400);
    expect(body.validations).toEqual([
      { field: "body", detail: "nobody is in it. Expected somebody." },
      { field: "/users/0/username", detail: "nobody is in it. Expected somebody." },
    ]);
  });
});

describe("directory", () => {
  it("lists users with roles, organizations and tokens", async () => {
    const { users } = (await start().admin("GET", "/users")).body;
    expect(users[0]).toMatchObject({
      username: "alice",
      default: true,
      roles: [],
      tokens: [{ token: expect.any(String) }],
    });
    expect(users.find(({ username }: { username: string }) => username === "olga")).toMatchObject({
      organizations: [{ name: "acme", roles: ["organization-admin"] }],
    });
  });

  it("adds a user who can call at once, as admin of an organization too", async () => {
    const mock = start();
    await createTask(mock);
    const added = await mock.admin("POST", "/users", {
      username: "Nina",
      organization: "ACME",
      roles: ["auditor", "organization-admin"],
      github_user_id: 42,
    });
    expect(added).toMatchObject({
      status: 201,
      body: {
        username: "Nina",
        email: "nina@example.com",
        roles: ["auditor"],
        organizations: [{ name: "acme", roles: ["organization-admin"] }],
        github_user_id: 42,
        default: false,
      },
    });
    const headers = { "coder-session-token": added.body.tokens[0].token };
    const listed = await mock.ask({ method: "GET", path: "/api/v2/tasks", headers });
    expect(listed.body.count).toBe(1);
  });

  it("mints tokens that differ, one of which has expired", async () => {
    const mock = start();
    const good = await mock.admin("POST", "/tokens", { user: "ALICE", expires_in: "1h" });
    const bad = await mock.admin("POST", "/tokens", { user: good.body.user.id, expires_in: "0s" });
    expect(good).toMatchObject({
      status: 201,
      body: { expires_at: "2026-01-01T01:00:00Z", user: { username: "alice" } },
    });
    const statusWith = async (token: string) =>
      (await mock.ask({ method: "GET", path: "/api/v2/tasks", headers: { "coder-session-token": token } }))
        .status;
    expect([await statusWith(good.body.token), await statusWith(bad.body.token)]).toEqual([200, 401]);
    await mock.admin("POST", "/clock/advance", { by: "1h" });
    expect(await statusWith(good.body.token)).toBe(401);
  });

  it("lists templates with versions and presets", async () => {
    const { templates } = (await start().admin("GET", "/templates")).body;
    expect(templates[0]).toMatchObject({
      name: "coding",
      organization: { name: "acme" },
      versions: [
        {
          name: "v1",
          has_ai_task: true,
          import_status: "succeeded",
          presets: [{ name: "small", default: true }],
        },
      ],
      durations: { queue: "500ms", build: "1500ms" },
    });
  });
});

describe("tasks", () => {
  it("are found by id in any form, by name in any case, and by owner and name", async () => {
    const mock = start();
    const id = await createTask(mock);
    const forms = [
      id,
      id.toUpperCase(),
      id.replaceAll("-", ""),
      `urn:uuid:${id}`,
      `%7B${id}%7D`,
      "FIX-it",
      "Alice:fix-IT",
    ];
    for (const form of forms) {
      expect([form, (await mock.admin("GET", `/tasks/${form}`)).body.id]).toEqual([form, id]);
    }
  });

  it("are listed newest first, as many as asked for", async () => {
    const mock = start();
    for (const name of ["one", "two", "three"]) await createTask(mock, name);
    const { tasks, count } = (await mock.admin("GET", "/tasks?limit=2")).body;
    expect(tasks.map(({ name }: { name: string }) => name)).toEqual(["three", "two"]);
    expect(count).toBe(3);
  });
});

describe("the journal", () => {
  it("shows exchanges newest first, with violations explained, and forgets the oldest", async () => {
    const mock = start();
    for (let index = 0; index < 6; index++) await mock.api("GET", "/tasks");
    await mock.api("POST", "/tasks/me", { body: { input: 7 } });
    const { requests, dropped } = (await mock.admin("GET", "/requests?limit=2")).body;
    expect(dropped).toBe(2);
    expect(requests.map(({ id }: { id: string }) => id)).toEqual(["7", "6"]);
    const one = (await mock.admin("GET", "/requests/7")).body;
    expect(one).toMatchObject({
      method: "POST",
      path: "/api/v2/tasks/me",
      operation: "create-a-new-ai-task",
      outcome: "contract-request",
    });
    expect(one.violations[0]).toMatchObject({
      pointer: "/input",
      rule: "type",
      explanation: expect.stringContaining("expected"),
    });
    expect((await mock.admin("DELETE", "/requests")).status).toBe(204);
    expect((await mock.admin("GET", "/requests")).body).toMatchObject({ requests: [], dropped: 0 });
  });
});
