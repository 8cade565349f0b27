import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import request from "supertest";
import { afterEach, describe, expect, it, vi } from "vitest";
import { connectMockServer } from "../../src/client/connect-mock-server.ts";
import type { MockServerOptions } from "../../src/runtime/embedding/mock-server-options.ts";
import { serveFlags } from "../../src/runtime/flags.ts";
import { ask, startEmbedded } from "./two-ways.ts";

/** An option for each flag; one that is missing or too many does not compile. */
const everyOption: Required<MockServerOptions> = {
  port: 0,
  host: "localhost",
  scenario: "empty",
  seed: 3,
  revision: "2.31",
  profile: "wire",
  clock: "manual",
  speed: 2,
  auth: "any",
  requests: "warn",
  responses: "warn",
  minCoverage: 0,
  extend: [],
  extendDynamic: false,
  failOnViolations: false,
  maxWorlds: 5,
  worldTtl: "1h",
  strictWorlds: false,
  adminToken: "secret",
  noAdmin: false,
  reportDir: "",
  cors: ["http://localhost:5173"],
  logLevel: "error",
  logFormat: "json",
};

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe("a mock that a test starts", () => {
  it("takes an option for every flag", async () => {
    const camelCase = (name: string) => name.replaceAll(/-(\w)/g, (_, letter) => letter.toUpperCase());
    expect(Object.keys(everyOption).sort()).toEqual(serveFlags.map(({ name }) => camelCase(name)).sort());
    await using mock = await startEmbedded(everyOption);
    expect(mock.adminToken).toBe("secret");
    expect(await mock.info()).toMatchObject({
      scenario: "empty",
      seed: "3",
      revision: "2.31",
      profile: "wire",
      clock: { mode: "manual", speed: 2 },
    });
    expect((await mock.listWorlds()).limit).toBe(5);
  });

  it("listens on a free port, says nothing, heeds no variable and adds no signal handler", async () => {
    vi.stubEnv("CODER_TASKS_MOCK_SCENARIO", "empty");
    vi.stubEnv("PORT", "1");
    const said = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, "write"));
    const handlers = () => ["SIGTERM", "SIGINT"].map((signal) => process.listenerCount(signal));
    const before = handlers();
    await using one = await startEmbedded();
    await using other = await startEmbedded();
    expect(handlers()).toEqual(before);
    expect(one.url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d+$/);
    expect(other.url).not.toBe(one.url);
    expect((await one.info()).scenario).toBe("default");
    expect((await ask(one.url, "wrong", { path: "/tasks" })).status).toBe(401);
    for (const spy of said) expect(spy).not.toHaveBeenCalled();
    vi.unstubAllEnvs();
  });

  it("serves supertest by its application, also when it was asked over its port before", async () => {
    await using mock = await startEmbedded();
    const path = "/api/v2/tasks/me/dark-mode";
    const header = ["Coder-Session-Token", mock.token("olga")] as const;
    await request(mock.app)
      .get(path)
      .set(...header)
      .expect(200);
    await ask(mock.url, mock.token("olga"), { path: "/tasks" });
    await request(mock.app)
      .get(path)
      .set(...header)
      .expect(200);
    expect(await mock.requests.count({ operation: "get-ai-task-by-id-or-name" })).toBe(2);
  });

  it("is steered without the platform's fetch, which a test may have replaced", async () => {
    await using mock = await startEmbedded();
    vi.stubGlobal("fetch", () => Promise.reject(new Error("No network here.")));
    await using world = await mock.world();
    expect((await world.task("dark-mode").get()).status).toBe("active");
  });

  it("is steered where requests have to name their world", async () => {
    await using mock = await startEmbedded({ strictWorlds: true });
    expect((await mock.task("dark-mode").get()).status).toBe("active");
    expect((await mock.reset()).epoch).toBe(2);
  });

  it("gives out tokens when there is no admin API, and says why nothing can be steered", async () => {
    await using mock = await startEmbedded({ noAdmin: true });
    expect((await ask(mock.url, mock.token("olga"), { path: "/tasks" })).status).toBe(200);
    await expect(mock.reset()).rejects.toMatchObject({ code: "not-found" });
    await expect(mock.reset()).rejects.toThrow("POST /__admin/reset");
  });

  it("closes once, with what was held, and takes no calls behind it", async () => {
    const mock = await startEmbedded();
    const held = mock.task("dark-mode").wait({ deleted: true });
    const outcome = expect(held).rejects.toMatchObject({ code: "stopping" });
    await mock.clock.now();
    await Promise.all([mock.close(), mock.close()]);
    await outcome;
    await mock.close();
    await expect(mock.info()).rejects.toMatchObject({ code: "closed" });
    await expect(fetch(mock.url)).rejects.toThrow();
  });

  it("throws at its end when a gate has something against the run", async () => {
    const mock = await startEmbedded({ failOnViolations: true, minCoverage: 100 });
    const path = "/tasks/me/dark-mode/send";
    await ask(mock.url, mock.token("olga"), { method: "POST", path, body: { input: 5 } });
    const closing = mock.close();
    await expect(closing).rejects.toMatchObject({ code: "gate" });
    await expect(closing).rejects.toThrow(
      /^failOnViolations: .*; node_modules\/coder-tasks-mock\/docs\/rules has .*\nminCoverage 100: /,
    );
    await mock.close();
  });

  it("writes its reports when it is closed", async () => {
    const folder = mkdtempSync(join(tmpdir(), "reports-"));
    try {
      const mock = await startEmbedded({ reportDir: folder });
      await mock.close();
      expect(readdirSync(folder).length).toBeGreaterThan(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each<readonly [string, Readonly<Record<string, unknown>>, string]>([
    ["an unknown option", { scenaro: "empty" }, "There is no option scenaro. Known: port, host, scenario, "],
    ["an unknown scenario", { scenario: "nowhere" }, 'There is no scenario "nowhere". Known: '],
    ["a bad value", { profile: "wired" }, 'profile is "wired"; expected one of documented, wire.'],
    ["several bad values", { port: -1, maxWorlds: 0.5 }, 'port is "-1"'],
    ["a host of another machine", { host: "192.0.2.1" }, "another with host."],
  ])("does not start with %s, and says how to mend it", async (_, options, message) => {
    const starting = startEmbedded(options);
    await expect(starting).rejects.toMatchObject({ name: "MockError", code: "start" });
    await expect(starting).rejects.toThrow(message);
  });

  it("does not start on a port that is taken", async () => {
    await using mock = await startEmbedded();
    const port = Number(new URL(mock.url).port);
    await expect(startEmbedded({ port })).rejects.toThrow(`Port ${port} on 127.0.0.1 is in use`);
  });
});

describe("a mock that a test connects to", () => {
  it("goes on when it is let go of, without the worlds that were made for it", async () => {
    await using server = await startEmbedded();
    const mock = await connectMockServer(`${server.url}/`);
    const world = await mock.world({ id: "ours" });
    await server.world({ id: "theirs" });
    const gone = await mock.world();
    await server.deleteWorld(gone.id);
    await mock.close();
    await world.close();
    expect((await server.listWorlds()).worlds.map(({ id }) => id)).toEqual(["default", "theirs"]);
    await expect(mock.health()).rejects.toMatchObject({ code: "closed" });
  });

  it("takes worlds along that are still being made, and waits for those that are being ended", async () => {
    await using server = await startEmbedded();
    const mock = await connectMockServer(server.url);
    const early = await mock.world();
    const late = mock.world();
    const ended = early.close();
    await mock.close();
    expect((await server.listWorlds()).worlds.map(({ id }) => id)).toEqual(["default"]);
    await Promise.all([ended, (await late).close()]);
  });

  it("has a world ended when any of its ends has come", async () => {
    await using server = await startEmbedded();
    const ended: string[] = [];
    await using mock = await connectMockServer(server.url, {
      fetch: async (call) => {
        const answer = await fetch(call);
        if (call.method === "DELETE") ended.push(call.url);
        return answer;
      },
    });
    const world = await mock.world({ id: "ours" });
    const first = world.close();
    await world.close();
    expect(ended).toEqual([`${server.url}/__admin/worlds/ours`]);
    await first;
  });

  it("can be named by the address of its admin API, as exec gives it", async () => {
    await using server = await startEmbedded();
    await using mock = await connectMockServer(server.adminUrl);
    expect(mock.url).toBe(server.url);
  });

  it("can be let go of when it is no more", async () => {
    const server = await startEmbedded();
    const mock = await connectMockServer(server.url);
    await mock.world();
    await server.close();
    await mock.close();
  });

  it("can be reached by a fetch of the test's own", async () => {
    await using server = await startEmbedded();
    const asked: string[] = [];
    await using mock = await connectMockServer(new URL(server.url), {
      fetch: (call) => {
        asked.push(call.url);
        return fetch(call);
      },
    });
    await mock.health();
    expect(asked).toEqual([`${server.url}/__admin/worlds/default`, `${server.url}/__admin/health`]);
  });
});
