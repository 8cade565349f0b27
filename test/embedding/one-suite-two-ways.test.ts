import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MockWorld } from "../../src/client/mock-world.ts";
import { ask, type Embedded, ways } from "./two-ways.ts";

describe.each(ways)("a mock that was %s", (_, open) => {
  let embedded: Embedded;
  beforeAll(async () => {
    embedded = await open();
  });
  afterAll(() => embedded[Symbol.asyncDispose]());

  const inWorld = async (run: (world: MockWorld) => Promise<void>) => {
    await using world = await embedded.mock.world();
    await run(world);
  };

  it("says what it is and what it knows", async () => {
    const { mock } = embedded;
    expect(mock.adminUrl).toBe(`${mock.url}/__admin`);
    expect((await mock.health()).status).toBe("ready");
    expect((await mock.version()).name).toBe("coder-tasks-mock");
    expect(await mock.adminDocument()).toMatchObject({ openapi: "3.1.0" });
    expect((await mock.scenarios()).map(({ name }) => name)).toContain("every-status");
    expect(await mock.scenario("empty")).toMatchObject({ name: "empty", current: false });
  });

  it("gives each world a URL and tokens, and ends it with its scope", async () => {
    const { mock } = embedded;
    const seen: string[] = [];
    await inWorld(async (world) => {
      seen.push(world.id);
      expect(world.url).toBe(`${mock.url}/w/${world.id}`);
      const byToken = await ask(mock.url, world.token("mateo"), { path: "/tasks" });
      const byUrl = await ask(world.url, world.token("mateo"), { path: "/tasks" });
      expect(byToken).toEqual(byUrl);
      expect(byToken.status).toBe(200);
      expect((await mock.listWorlds()).worlds.map(({ id }) => id)).toContain(world.id);
      await using again = await mock.openWorld(world.id);
      expect(again.tokens).toEqual(world.tokens);
    });
    expect((await mock.listWorlds()).worlds.map(({ id }) => id)).not.toContain(seen[0]);
  });

  it("makes worlds as they are ordered", async () => {
    const { mock } = embedded;
    await using world = await mock.world({
      id: "ordered",
      scenario: "empty",
      seed: 7,
      revision: "2.32",
      profile: "wire",
      clock: { mode: "manual", now: "2027-01-01T00:00:00Z" },
      ttl: "1h",
    });
    expect(await world.info()).toMatchObject({
      id: "ordered",
      scenario: "empty",
      seed: "7",
      revision: "2.31",
      profile: "wire",
      clock: { mode: "manual", now: "2027-01-01T00:00:00Z" },
    });
    await using running = await mock.world({ clock: "real" });
    expect((await running.clock.get()).mode).toBe("real");
  });

  it("resets its default world, with other people if need be", async () => {
    const { mock } = embedded;
    const before = mock.token("olga");
    await mock.reset({ seed: "another" });
    expect(mock.token("olga")).not.toBe(before);
    expect((await ask(mock.url, mock.token("olga"), { path: "/tasks" })).status).toBe(200);
    await mock.reset();
    expect(mock.token("olga")).toBe(before);
  });

  it("keeps moments, goes back to them and tells what changed", () =>
    inWorld(async (world) => {
      await world.snapshot("before");
      await world.task("dark-mode").app({ health: "unhealthy" });
      await world.snapshot("after");
      await world.snapshot("after", { replace: true });
      expect((await world.snapshots.list()).map(({ name }) => name)).toEqual(["before", "after"]);
      expect((await world.snapshots.get("before")).tasks).toBeGreaterThan(0);
      expect((await world.snapshots.diff("before")).counts.changed).toBe(1);
      expect((await world.snapshots.diff("after", "before")).counts.changed).toBe(1);
      await world.restore("before");
      expect((await world.task("dark-mode").get()).status).toBe("active");
      await world.snapshots.delete("after");
      expect(await world.snapshots.list()).toHaveLength(1);
    }));

  it("reads its state and takes it back", () =>
    inWorld(async (world) => {
      await world.users.add({ username: "nadia" });
      await world.users.mintToken({ user: "nadia" });
      const { tokens } = world;
      expect(Object.keys(tokens)).toContain("nadia");
      const state = await world.state.read();
      expect(await world.state.readYaml()).toContain("nadia");
      await world.reset();
      expect(Object.keys(world.tokens)).not.toContain("nadia");
      await world.state.replace(state);
      expect((await world.users.list()).map(({ username }) => username)).toContain("nadia");
      expect(Object.keys(world.tokens)).toContain("nadia");
    }));

  it("moves its clock", () =>
    inWorld(async (world) => {
      const begin = await world.clock.now();
      const { events } = await world.clock.advance("5s");
      expect(Date.parse(await world.clock.now()) - Date.parse(begin)).toBe(5_000);
      expect(events).toBeInstanceOf(Array);
      await world.task("cache-headers").build({ transition: "start" });
      expect((await world.clock.next()).events.length).toBeGreaterThan(0);
      expect((await world.clock.next(2)).events.length).toBeGreaterThan(1);
      const until = await world.clock.until({ task: "cache-headers", status: "active" }, { limit: "2h" });
      expect(until.reached).toBe(true);
      const set = await world.clock.set({ mode: "real", speed: 2 });
      expect(set).toMatchObject({ mode: "real", speed: 2 });
    }));

  it("has a hand on every part of a task", () =>
    inWorld(async (world) => {
      const task = world.task("olga:dark-mode");
      expect((await world.tasks({ limit: 3 })).tasks).toHaveLength(3);
      expect((await task.report({ state: "working", message: "On it." })).current_state?.state).toBe(
        "working",
      );
      expect((await task.message({ role: "user", content: "Well?" })).conversation.at(-1)?.content).toBe(
        "Well?",
      );
      expect((await task.app({ busy: true })).app?.busy).toBe(true);
      expect((await task.agent({ lifecycle: "shutting_down" })).agent?.lifecycle).toBe("shutting_down");
      expect((await task.build({ transition: "stop" })).builds.at(-1)?.transition).toBe("stop");
      expect((await task.settle()).events.length).toBeGreaterThan(0);
      expect((await task.wait({ status: "paused", timeout: "0s" })).status).toBe("paused");
      expect((await world.templates()).length).toBeGreaterThan(0);
    }));

  it("plans faults and counts them", () =>
    inWorld(async (world) => {
      await world.faults.add({ name: "down", fault: { kind: "status", status: 503 }, when: { first: 1 } });
      const path = "/tasks";
      expect((await ask(world.url, world.token("olga"), { path })).status).toBe(503);
      expect((await ask(world.url, world.token("olga"), { path })).status).toBe(200);
      expect(await world.faults.get("down")).toMatchObject({ seen: 2, hits: 1, remaining: 0 });
      expect(await world.faults.reset()).toMatchObject([{ name: "down", hits: 0 }]);
      await world.faults.delete("down");
      expect(await world.faults.list()).toEqual([]);
      await world.faults.add({ fault: { kind: "delay", time: "1ms" } });
      await world.faults.clear();
      expect(await world.faults.list()).toEqual([]);
    }));

  it("shows what was asked of it", () =>
    inWorld(async (world) => {
      const token = world.token("olga");
      await ask(world.url, token, { path: "/tasks" });
      await ask(world.url, token, {
        method: "POST",
        path: "/tasks/me/dark-mode/send",
        body: { input: "Go." },
      });
      const match = { operation: "send-input-to-ai-task", body: { input: "Go." } };
      const [found] = await world.requests.find(match);
      expect(found).toMatchObject({ id: "2", method: "POST" });
      expect(await world.requests.count()).toBe(2);
      expect(await world.requests.count(match)).toBe(1);
      expect(await world.requests.wait(match)).toHaveLength(1);
      expect(await world.requests.expect(match, { count: 1 })).toHaveLength(1);
      expect(await world.requests.expect({ path: "/api/v2/nowhere" }, { count: 0 })).toEqual([]);
      expect((await world.requests.list({ limit: 1 })).count).toBe(2);
      expect((await world.requests.get("2")).request.body).toMatchObject({ json: { input: "Go." } });
      expect(await world.requests.curl("2")).toContain("curl");
      expect((await world.requests.har()).log.entries).toHaveLength(2);
      expect((await world.requests.journal()).exchanges).toHaveLength(2);
      expect((await world.requests.unmatched()).count).toBe(0);
      expect((await world.compatibility()).judged).toBe(2);
      await world.requests.clear();
      expect(await world.requests.count()).toBe(0);
    }));

  it("tells where the contract was broken, and what of it was seen", () =>
    inWorld(async (world) => {
      await world.violations.expectNone();
      const body = { input: 5 };
      const path = "/tasks/me/dark-mode/send";
      await ask(world.url, world.token("olga"), { method: "POST", path, body });
      expect(await world.violations.list({ rule: "type" })).toMatchObject({ total: 1 });
      await expect(world.violations.expectNone()).rejects.toThrow(
        /^The contract was broken in 1 place in world ".*":\n {2}request 1, POST \/\S+\/send, answered with 400: request body\/input: expected a string, received 5 \(type, \S+\) \(node_modules\/coder-tasks-mock\/docs\/rules\/type\.md\)$/,
      );
      expect((await world.coverage.get()).all.seen).toBeGreaterThan(0);
      expect(await world.coverage.report("text")).toContain("send-input-to-ai-task");
      await world.coverage.clear();
      expect((await world.coverage.get()).all.seen).toBe(0);
    }));

  it("explores what the contract leaves open", () =>
    inWorld(async (world) => {
      await world.exploring.begin({ rate: 0.5 });
      expect(await world.exploring.get()).toMatchObject({ exploring: true });
      await world.exploring.end();
      expect(await world.exploring.get()).toMatchObject({ exploring: false });
    }));

  it("tells what happens as it happens, also what came before", () =>
    inWorld(async (world) => {
      await using events = await world.events();
      await world.task("dark-mode").app({ health: "unhealthy" });
      await ask(world.url, world.token("olga"), { path: "/tasks" });
      const [first] = await world.requests.wait({ method: "GET" });
      const numbers: number[] = [];
      for await (const { event, number } of events) {
        numbers.push(number);
        if (event.type === "exchange") {
          expect(event.id).toBe(first?.id);
          break;
        }
      }
      await using again = await world.events({ last_event_id: 0 });
      for await (const { number } of again) {
        expect(number).toBeLessThanOrEqual(numbers.at(-1) ?? 0);
        break;
      }
    }));

  it("gives up a wait that is called off", () =>
    inWorld(async (world) => {
      const wait = new AbortController();
      const early = world.requests.wait({ path: "/api/v2/tasks" }, { signal: wait.signal });
      wait.abort(new Error("Enough."));
      await expect(early).rejects.toThrow("Enough.");
      await expect(world.events({}, { signal: wait.signal })).rejects.toThrow("Enough.");
      const later = new AbortController();
      // To end what was called off is no failure.
      await using events = await world.events({}, { signal: later.signal });
      const held = world.task("dark-mode").wait({ deleted: true }, { signal: later.signal });
      await world.clock.advance("1s");
      later.abort(new Error("Too late."));
      await expect(held).rejects.toThrow("Too late.");
      await expect(events[Symbol.asyncIterator]().next()).rejects.toThrow("Too late.");
    }));
});
