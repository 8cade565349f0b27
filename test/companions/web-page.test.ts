import { beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { outcomeOf, startTestMock, type TestMock } from "../support/test-mock.ts";

let mock: TestMock;

beforeAll(async () => {
  mock = await startTestMock();
});

beforeEach(() => mock.reset());

const get = (path: string, as = "priya") => mock.ask("GET", `/api/v2${path}`, { as });

describe("what a web page needs to start", () => {
  test.each(["/entitlements", "/experiments", "/appearance", "/regions", "/notifications/inbox"])(
    "%s is for everybody who is signed in, and the same on every start",
    async (path) => {
      const first = await get(path);
      expect([first.status, outcomeOf(first)]).toEqual([200, "handled"]);
      expect((await get(path, "nobody")).status).toBe(401);
      mock.reset();
      expect((await get(path)).text).toBe(first.text);
    },
  );

  it("has the features of a licence by name, switched off but for more than one organization", async () => {
    const { body } = await get("/entitlements");
    expect(body).toMatchObject({ has_license: true, trial: false, warnings: [], errors: [] });
    expect(body.features.multiple_organizations).toEqual({ entitlement: "entitled", enabled: true });
    expect(body.features.audit_log).toEqual({ entitlement: "not_entitled", enabled: false });
  });

  it("has no licence where there is one organization", async () => {
    const small = await startTestMock({ scenario: "unusual-text" });
    const { body } = await small.ask("GET", "/api/v2/entitlements");
    expect(body.has_license).toBe(false);
    expect(body.features.multiple_organizations).toEqual({ entitlement: "not_entitled", enabled: false });
  });

  it("is one region, which is the deployment of the build info", async () => {
    const { body } = await get("/regions");
    expect(body.regions).toHaveLength(1);
    expect(body.regions[0]).toMatchObject({ name: "primary", healthy: true, path_app_url: "" });
    expect(body.regions[0].id).toBe((await get("/buildinfo", "nobody")).body.deployment_id);
  });
});

describe("the deployment's settings", () => {
  test.each([
    ["olga", 200],
    ["tomasz", 200],
    ["priya", 403],
    ["ines", 403],
    ["nobody", 401],
  ])("for %s are a %s", async (as, status) => {
    expect((await get("/deployment/config", as)).status).toBe(status);
  });

  it("say what clients act by", async () => {
    const { body } = await get("/deployment/config", "olga");
    expect(body).toMatchObject({ config: { hide_ai_tasks: false, experiments: [] }, options: [] });
  });
});

describe("the inbox of notifications", () => {
  const id = "7c3f0c5e-1f7a-4b44-9a52-0d1f0f7a6c11";

  test.each(["", "?read_status=unread", `?targets=${id},${id}&templates=${id}`, `?starting_before=${id}`])(
    "is empty%s",
    async (query) => {
      const { status, body } = await get(`/notifications/inbox${query}`);
      expect([status, body]).toEqual([200, { notifications: [], unread_count: 0 }]);
    },
  );

  test.each([
    ["targets=web", "targets"],
    [`templates=${id},x`, "templates"],
    ["read_status=old", "read_status"],
    ["starting_before=yesterday", "starting_before"],
  ])("refuses ?%s", async (query, field) => {
    const relaxed = await startTestMock({ requests: "warn" });
    const { status, body } = await relaxed.ask("GET", `/api/v2/notifications/inbox?${query}`);
    expect([status, body.validations]).toEqual([400, [{ field, detail: expect.any(String) }]]);
  });
});

describe("POST /authcheck", () => {
  const check = (checks: unknown, as = "priya", to = mock) =>
    to.ask("POST", "/api/v2/authcheck", { as, body: { checks } });
  const may = (action: string, object: object) => ({ action, object });

  it("answers each question under its name", async () => {
    const checks = {
      settings: may("read", { resource_type: "deployment_config" }),
      "my workspaces": may("create", { resource_type: "workspace", owner_id: "me" }),
      users: may("read", { resource_type: "user" }),
    };
    const answers = async (as: string) => (await check(checks, as)).body;
    expect(await answers("priya")).toEqual({ settings: false, "my workspaces": true, users: false });
    expect(await answers("tomasz")).toEqual({ settings: true, "my workspaces": true, users: false });
    expect(await answers("olga")).toEqual({ settings: true, "my workspaces": true, users: true });
  });

  it("looks up what is asked about by id, and says no about what is not there", async () => {
    const { workspace } = mock.inside("dark-mode");
    const stranger = mock.user("mateo");
    const template = workspace.templateId;
    const of = (resource_type: string, resource_id: string, action = "read") =>
      // What the client says of the owner does not count.
      may(action, { resource_type, resource_id, owner_id: "me" });
    const checks = {
      workspace: of("workspace", workspace.id),
      stop: of("workspace", workspace.id, "stop"),
      template: of("template", template),
      use: of("template", template, "use"),
      update: of("template", template, "update"),
      user: of("user", stranger.id),
      group: of("group", workspace.id),
      unknown: of("workspace", stranger.id),
      "unknown template": of("template", stranger.id),
      "unknown user": of("user", workspace.id),
    };
    const yes = async (as: string) => {
      const { body } = await check(checks, as);
      return Object.keys(checks).filter((name) => body[name] === true);
    };
    expect(await yes("priya")).toEqual(["template", "use"]);
    expect(await yes("ines")).toEqual(["workspace", "stop", "template", "use", "update", "user"]);
    expect(await yes("olga")).toEqual(["workspace", "stop", "template", "use", "update", "user"]);
    expect(await yes("mateo")).toEqual(["template", "use", "user"]);
  });

  it("shows who may see a shared workspace", async () => {
    const { workspace } = mock.inside("dark-mode");
    const shared = { ...workspace, sharedWith: [mock.user("priya").id] };
    mock.mock.host.world.saveWorkspace(shared);
    const object = { resource_type: "workspace", resource_id: workspace.id };
    const { body } = await check({ see: may("read", object), stop: may("stop", object) });
    expect(body).toEqual({ see: true, stop: false });
  });

  it("has nothing to say to no question", async () => {
    expect((await check({})).body).toEqual({});
    expect((await check(null)).body).toEqual({});
  });

  test.each([
    [{ one: may("read", {}) }, 'The check "one" must say which "resource_type"'],
    [{ one: null }, 'The check "one" must say'],
    [{ one: may("read", { resource_type: "user", resource_id: "olga" }) }, '"olga" cannot be used'],
    [
      {
        one: may("read", {
          resource_type: "license",
          resource_id: "7c3f0c5e-1f7a-4b44-9a52-0d1f0f7a6c11",
        }),
      },
      "cannot be used",
    ],
  ])("refuses %j", async (checks, message) => {
    const answer = await check(checks);
    expect([answer.status, outcomeOf(answer)]).toEqual([400, "refused"]);
    expect(answer.body.message).toContain(message);
  });

  test.each([[[]], ["all"], [{ one: 5 }], [{ one: { object: [] } }], [{ one: may("read", { any_org: 1 }) }]])(
    "cannot read %j, whether the contract is enforced or not",
    async (checks) => {
      expect((await check(checks)).status).toBe(400);
      const relaxed = await startTestMock({ requests: "warn" });
      const answer = await check(checks, "priya", relaxed);
      expect([answer.status, outcomeOf(answer)]).toEqual([400, "refused"]);
      expect(answer.body.detail).toContain("cannot unmarshal");
    },
  );

  it("is for those who are signed in", async () => {
    expect((await check({}, "nobody")).status).toBe(401);
  });
});
