import { beforeAll, describe, expect, it } from "vitest";
import { outcomeOf, startTestMock, type TestMock } from "../support/test-mock.ts";

/** A world as `POST /worlds` tells of it. */
interface Made {
  readonly id: string;
  readonly base_url: string;
  readonly tokens: Readonly<Record<string, string>>;
}

async function make(mock: TestMock, body: object = {}): Promise<Made> {
  const answer = await mock.ask("POST", "/__admin/worlds", { as: "nobody", body });
  expect(answer.status, answer.text).toBe(201);
  return answer.body;
}

function tokenOf(world: Made, username = "olga"): string {
  const token = world.tokens[username];
  if (token === undefined) throw new Error(`World ${world.id} has no token of ${username}.`);
  return token;
}

const inWorld = (id: string) => ({ headers: { "X-Mock-World": id } });

describe("which world a request belongs to", () => {
  let mock: TestMock;
  let a: Made;
  let b: Made;
  beforeAll(async () => {
    mock = await startTestMock();
    a = await make(mock, { id: "a" });
    b = await make(mock, { id: "b" });
  });

  type Naming = "path" | "header" | "token";
  const cases: readonly (readonly [
    named: Partial<Record<Naming, string>>,
    status: number,
    world?: string,
  ])[] = [
    [{}, 401, "default"],
    [{ token: "default" }, 200, "default"],
    [{ token: "a" }, 200, "a"],
    [{ header: "a", token: "a" }, 200, "a"],
    [{ path: "a", token: "a" }, 200, "a"],
    [{ path: "a", header: "a", token: "a" }, 200, "a"],
    [{ path: "a" }, 401, "a"],
    [{ header: "a" }, 401, "a"],
    [{ header: "default", token: "default" }, 200, "default"],
    [{ path: "default", token: "default" }, 200, "default"],
    [{ header: "a", token: "unknown" }, 401, "a"],
    [{ token: "unknown" }, 401, "default"],
    [{ path: "a", header: "b", token: "a" }, 400],
    [{ path: "a", header: "b", token: "b" }, 400],
    [{ path: "a", token: "b" }, 400],
    [{ header: "a", token: "b" }, 400],
    [{ header: "a", token: "default" }, 400],
    [{ path: "default", token: "b" }, 400],
    [{ path: "nowhere", token: "a" }, 404],
    [{ header: "nowhere", token: "a" }, 404],
    [{ header: "nowhere" }, 404],
    [{ path: "a", header: "nowhere" }, 404],
    [{ header: "A" }, 404],
    [{ path: "%ff" }, 404],
    [{ path: "" }, 404],
  ];
  const rows = cases.map(([named, status, world]) => ({ named, status, world }));
  it.each(rows)("$named is a $status", async ({ named, status, world }) => {
    const made: Readonly<Record<string, string>> = {
      a: tokenOf(a),
      b: tokenOf(b),
      default: "API_KEY",
      unknown: "abcdefghij-abcdefghijklmnopqrstuv",
    };
    const token = named.token === undefined ? undefined : made[named.token];
    const answer = await mock.ask(
      "GET",
      `${named.path === undefined ? "" : `/w/${named.path}`}/api/v2/tasks`,
      {
        as: "nobody",
        ...(token === undefined ? {} : { token }),
        ...(named.header === undefined ? {} : inWorld(named.header)),
      },
    );
    expect(answer.status, answer.text).toBe(status);
    expect(answer.headers["x-mock-world"]).toBe(world);
    if (world !== undefined) return;
    expect(outcomeOf(answer)).toBe("no-match");
    expect(Object.keys(answer.body)).toEqual(["message", "detail"]);
  });

  it("is the one that made the token, also when a reset has taken the token away", async () => {
    const loose = await startTestMock({ auth: "any" });
    await make(loose, { id: "a" });
    const as = { as: "nobody", ...inWorld("a") } as const;
    const { token } = (await loose.ask("POST", "/__admin/tokens", { ...as, body: { user: "olga" } })).body;
    await loose.ask("POST", "/__admin/reset", as);
    const answer = await loose.ask("GET", "/tasks", { token });
    expect([answer.status, answer.headers["x-mock-world"]]).toEqual([200, "a"]);
    expect((await loose.ask("GET", "/tasks", { token, ...inWorld("default") })).status).toBe(400);
  });

  it("reads one token only, the provider's first, so that two of two worlds name one world", async () => {
    const headers = { Cookie: `coder_session_token=${tokenOf(b)}`, "Coder-Session-Token": tokenOf(a) };
    const answer = await mock.ask("GET", "/api/v2/tasks", { as: "nobody", headers });
    expect([answer.status, answer.headers["x-mock-world"]]).toEqual([200, "b"]);
  });

  it("tells which two places disagree", async () => {
    const answer = await mock.ask("GET", "/w/a/api/v2/tasks", { token: tokenOf(b) });
    expect(answer.body.detail).toContain('The path means world "a", the token means world "b".');
    expect(answer.body.detail).toContain("tokens of its own");
    const tokenless = await mock.ask("GET", "/w/a/__admin/clock?world=b", { as: "nobody" });
    expect(tokenless.body.detail).toBe(
      'The path means world "a", query parameter world means world "b". Name one of them, or the same in both places.',
    );
  });

  it("is told on its own page, which leads to what is its own", async () => {
    const detailAt = async (path: string) => (await mock.ask("GET", path, { as: "nobody" })).body.detail;
    expect(await detailAt("/w/a/")).toContain(
      "The contract is at /w/a/openapi.json, the state at /w/a/__admin/state.",
    );
    expect(await detailAt("/")).toContain("The contract is at /openapi.json, the state at /__admin/state.");
  });

  it("knows the worlds of agents' tokens", async () => {
    const agentOf = async (id: string) => {
      const { body } = await mock.ask("GET", "/__admin/tasks/dark-mode", { as: "nobody", ...inWorld(id) });
      return { token: body.agent.token, task: body.id };
    };
    const [one, other, home] = [await agentOf("a"), await agentOf("b"), await agentOf("default")];
    expect(new Set([one.token, other.token, home.token]).size).toBe(3);
    const upload = (token: string, headers = {}) =>
      mock.ask("POST", `/api/v2/workspaceagents/me/tasks/${one.task}/log-snapshot?format=agentapi`, {
        token,
        headers,
        body: { messages: [] },
      });
    expect((await upload(one.token)).headers["x-mock-world"]).toBe("a");
    expect((await upload(one.token)).status).toBe(204);
    expect((await upload(other.token)).headers["x-mock-world"]).toBe("b");
    expect((await upload(home.token)).headers["x-mock-world"]).toBe("default");
    expect((await upload(one.token, { "X-Mock-World": "b" })).status).toBe(400);
    expect((await upload(one.token.toUpperCase())).headers["x-mock-world"]).toBe("a");
  });

  it("gives the admin API the world of path, header or query", async () => {
    await mock.ask("PUT", "/__admin/clock", {
      as: "nobody",
      ...inWorld("a"),
      body: { mode: "manual", now: "2031-01-01T00:00:00Z" },
    });
    const now = async (path: string, headers = {}) =>
      (await mock.ask("GET", path, { as: "nobody", headers })).body.now;
    expect(await now("/w/a/__admin/clock")).toBe("2031-01-01T00:00:00Z");
    expect(await now("/__admin/clock?world=a")).toBe("2031-01-01T00:00:00Z");
    expect(await now("/__admin/clock", { "X-Mock-World": "a" })).toBe("2031-01-01T00:00:00Z");
    expect(await now("/__admin/clock?world=b")).toBe("2026-02-02T09:00:00Z");
    expect(await now("/__admin/clock")).toBe("2026-02-02T09:00:00Z");
    // A user's token says nothing here: it is no secret of the admin API's.
    expect(await now("/__admin/clock", { "Coder-Session-Token": tokenOf(a) })).toBe("2026-02-02T09:00:00Z");
    const clash = await mock.ask("GET", "/w/a/__admin/clock?world=b", { as: "nobody" });
    expect(clash.status).toBe(400);
    expect((await mock.ask("GET", "/__admin/clock?world=nowhere", { as: "nobody" })).status).toBe(404);
  });
});

describe("worlds", () => {
  it("never show each other's data", async () => {
    const mock = await startTestMock();
    const [a, b] = [await make(mock), await make(mock)];
    const create = (token: string, name: string) =>
      mock.ask("POST", "/tasks/me", {
        token,
        body: { input: "Mend it", name, template_version_id: mock.version("web-agent").id },
      });
    expect((await create(tokenOf(a), "mine")).status).toBe(201);
    expect((await mock.ask("GET", "/tasks/me/mine", { token: tokenOf(a) })).status).toBe(200);
    expect((await mock.ask("GET", "/tasks/me/mine", { token: tokenOf(b) })).status).toBe(404);
    expect((await mock.ask("GET", "/tasks/me/mine", { token: "API_KEY" })).status).toBe(404);
    const requests = async (id: string) =>
      (await mock.ask("GET", "/__admin/requests", { as: "nobody", ...inWorld(id) })).body.requests.length;
    expect([await requests(a.id), await requests(b.id), await requests("default")]).toEqual([2, 1, 1]);
  });

  it("have a revision, profile, seed, clock and scenario of their own", async () => {
    const mock = await startTestMock();
    const old = await make(mock, { revision: "2.30", profile: "wire", seed: 7, scenario: "every-status" });
    const list = await mock.ask("GET", `/w/${old.id}/api/v2/tasks`, { token: tokenOf(old) });
    expect(list.headers["x-coder-build-version"]).toBe("v2.30.0");
    const summary = await mock.ask("GET", `/__admin/worlds/${old.id}`, { as: "nobody" });
    expect(summary.body).toMatchObject({
      revision: "2.30",
      profile: "wire",
      seed: "7",
      scenario: "every-status",
      clock: { mode: "manual" },
    });
    const late = await make(mock, { clock: { mode: "manual", now: "2040-05-05T05:05:05Z" } });
    const tasks = await mock.ask("GET", "/tasks", { token: tokenOf(late) });
    expect(tasks.body.tasks[0].created_at.slice(0, 4)).toBe("2040");
  });

  it("keep their tokens, clock and origin through a reset", async () => {
    const mock = await startTestMock();
    const world = await make(mock, { clock: { now: "2040-05-05T05:05:05Z" }, seed: "other" });
    const show = () => mock.ask("GET", "/tasks", { token: tokenOf(world) });
    const before = await show();
    await mock.ask("POST", "/__admin/reset", { as: "nobody", ...inWorld(world.id) });
    expect((await show()).text).toBe(before.text);
    await mock.ask("POST", "/__admin/reset", { as: "nobody", ...inWorld(world.id), body: { seed: "third" } });
    expect((await show()).status).toBe(200);
    expect((await show()).text).not.toBe(before.text);
  });

  it("begin from a document, and go back to it", async () => {
    const mock = await startTestMock();
    const state = (await mock.ask("GET", "/__admin/state", { as: "nobody" })).body;
    const world = await make(mock, { state: { ...state, tasks: state.tasks.slice(0, 1) } });
    const names = async () =>
      (await mock.ask("GET", "/__admin/tasks", { as: "nobody", ...inWorld(world.id) })).body.tasks.length;
    expect(await names()).toBe(1);
    const task = (await mock.ask("GET", "/__admin/tasks", { as: "nobody", ...inWorld(world.id) })).body
      .tasks[0];
    await mock.ask("DELETE", `/tasks/me/${task.id}`, { token: tokenOf(world) });
    await mock.ask("POST", "/__admin/clock/advance", {
      as: "nobody",
      ...inWorld(world.id),
      body: { by: "1h" },
    });
    expect(await names()).toBe(0);
    await mock.ask("POST", "/__admin/reset", { as: "nobody", ...inWorld(world.id) });
    expect(await names()).toBe(1);
  });

  it("are listed, shown and deleted", async () => {
    const mock = await startTestMock();
    const world = await make(mock, { id: "short", ttl: "never" });
    const list = await mock.ask("GET", "/__admin/worlds", { as: "nobody" });
    expect(list.body.worlds.map(({ id }: Made) => id)).toEqual(["default", "short"]);
    expect(list.body.worlds[1]).not.toHaveProperty("expires_at");
    expect(world.base_url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/w\/short$/);
    expect((await mock.ask("DELETE", "/__admin/worlds/short", { as: "nobody" })).status).toBe(204);
    expect((await mock.ask("GET", "/tasks", { token: tokenOf(world) })).status).toBe(404);
    expect((await mock.ask("GET", "/__admin/worlds/short", { as: "nobody" })).status).toBe(404);
    expect((await mock.ask("DELETE", "/__admin/worlds/default", { as: "nobody" })).status).toBe(409);
    const next = [await make(mock), await make(mock)];
    expect(next.map(({ id }) => id)).toEqual(["world-1", "world-2"]);
    await mock.ask("DELETE", "/__admin/worlds/world-2", { as: "nobody" });
    expect((await make(mock)).id).toBe("world-3");
    await make(mock, { id: "world-7" });
    await mock.ask("DELETE", "/__admin/worlds/world-7", { as: "nobody" });
    expect((await make(mock)).id).toBe("world-8");
  });

  const bad: readonly (readonly [body: object, status: number, text: string])[] = [
    [{ id: "" }, 400, "id"],
    [{ id: "with space" }, 400, "id"],
    [{ id: "-x" }, 400, "id"],
    [{ id: "x".repeat(65) }, 400, "id"],
    [{ id: "taken" }, 409, "already"],
    [{ id: "default" }, 409, "already"],
    [{ scenario: "nothing" }, 404, "Known:"],
    [{ scenario: "default", state: {} }, 400, "both"],
    [{ state: { tasks: [{}] } }, 400, "mend it"],
    [{ state: [] }, 400, "state"],
    [{ revision: "2.29" }, 400, "revision"],
    [{ profile: "loose" }, 400, "profile"],
    [{ clock: { mode: "fast" } }, 400, "mode"],
    [{ clock: { speed: 0 } }, 400, "speed"],
    [{ clock: { now: "yesterday" } }, 400, "now"],
    [{ clock: { now: "1960-01-01T00:00:00Z" } }, 400, "1970"],
    [{ ttl: "soon" }, 400, "ttl"],
    [{ ttl: "0s" }, 400, "ttl"],
    [{ ttl: "36526d" }, 400, "up to 100 years"],
    [{ colour: "red" }, 400, "colour"],
  ];
  it.each(bad)("are not made from %o", async (body, status, text) => {
    const mock = await startTestMock();
    await make(mock, { id: "taken" });
    const answer = await mock.ask("POST", "/__admin/worlds", { as: "nobody", body });
    expect(answer.status, answer.text).toBe(status);
    expect(answer.text).toContain(text);
    expect(mock.mock.worlds.list().map(({ id }) => id)).toEqual(["default", "taken"]);
    // No number is lost with a refusal, so ids and tokens do not tell of it.
    expect((await make(mock)).id).toBe("world-1");
  });

  it("never have tokens that begin alike", async () => {
    const mock = await startTestMock();
    // Hashed, these two ids have the same six digits.
    await make(mock, { id: "t3926" });
    const answer = await mock.ask("POST", "/__admin/worlds", { as: "nobody", body: { id: "t6623" } });
    expect(answer.status).toBe(409);
    expect(answer.body.detail).toContain("another id");
    await mock.ask("DELETE", "/__admin/worlds/t3926", { as: "nobody" });
    await make(mock, { id: "t6623" });
  });

  it("are bounded, and the answer says how to make room", async () => {
    const mock = await startTestMock({ "max-worlds": "1" });
    await make(mock);
    const answer = await mock.ask("POST", "/__admin/worlds", { as: "nobody" });
    expect(answer.status).toBe(429);
    expect(answer.body.message).toContain("The mock has 1 world beside the default one");
    expect(answer.body.detail).toContain("--max-worlds");
    await mock.ask("DELETE", "/__admin/worlds/world-1", { as: "nobody" });
    await make(mock);
  });
});

describe("with --strict-worlds", () => {
  const cases: readonly (readonly [
    method: "GET" | "POST",
    path: string,
    token: string | undefined,
    status: number,
  ])[] = [
    ["GET", "/api/v2/tasks", undefined, 400],
    ["GET", "/api/v2/tasks", "abcdefghij-abcdefghijklmnopqrstuv", 400],
    ["GET", "/api/v2/tasks", "API_KEY", 200],
    ["GET", "/w/default/api/v2/tasks", undefined, 401],
    ["GET", "/", undefined, 200],
    ["GET", "/__admin/health", undefined, 200],
    ["GET", "/__admin/version", undefined, 200],
    ["GET", "/__admin/worlds", undefined, 200],
    ["POST", "/__admin/worlds", undefined, 201],
    ["GET", "/__admin/clock", undefined, 400],
    ["POST", "/__admin/reset", undefined, 400],
    ["GET", "/__admin/tasks/dark-mode", undefined, 400],
    ["GET", "/__admin/clock?world=default", undefined, 200],
  ];
  it.each(cases)("%s %s with token %s is a %d", async (method, path, token, status) => {
    const mock = await startTestMock({ "strict-worlds": true });
    const answer = await mock.ask(method, path, { as: "nobody", ...(token === undefined ? {} : { token }) });
    expect(answer.status, answer.text).toBe(status);
    if (status === 400) expect(answer.body.detail).toContain("--strict-worlds");
  });
});
