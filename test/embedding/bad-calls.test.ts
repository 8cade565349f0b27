import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MockWorld } from "../../src/client/mock-world.ts";
import { openMockServer } from "../../src/runtime/embedding/open-mock-server.ts";
import type { StartedMockServer } from "../../src/runtime/embedding/started-mock-server.ts";
import { ask, startEmbedded } from "./two-ways.ts";

let mock: StartedMockServer;
let world: MockWorld;
beforeAll(async () => {
  mock = await startEmbedded({ maxWorlds: 1 });
  world = await mock.world({ id: "calls" });
});
afterAll(() => mock.close());

/** What JavaScript, or a value that somebody else made, can hand over. */
function untyped<Value>(text: string): Value {
  return JSON.parse(text);
}

describe("a call that cannot be meant", () => {
  it.each<readonly [string, () => Promise<unknown>, string]>([
    [
      "a world of null",
      () => mock.world(untyped("null")),
      "world(options) takes an object with options, not null.",
    ],
    ["a world of a list", () => mock.world(untyped("[]")), "not a list."],
    [
      "a task without a name",
      () => world.task(untyped("null")).get(),
      "null names no task; expected its id, its name, or owner:name.",
    ],
    ["a request without a number", () => world.requests.get(""), '"" names no request; expected its number.'],
    ["a scenario without a name", () => mock.scenario(""), '"" names no scenario; expected its name.'],
    ["a world without an id", () => mock.openWorld(".."), '".." names no world; expected its id.'],
    [
      "NaN requests",
      () => world.requests.expect({}, { count: Number.NaN }),
      "count is NaN; expected a whole number from 0 on.",
    ],
    ["fewer than no requests", () => world.requests.expect({}, { count: -1 }), "count is -1; expected"],
    ["half a request", () => world.requests.expect({}, { count: 1.5 }), "count is 1.5; expected"],
    [
      "requests by a text",
      () => world.requests.expect({}, { count: untyped('"2"') }),
      'count is "2"; expected',
    ],
  ])("with %s is a bad call", async (_, call, message) => {
    // Some refuse at once, before there is a promise.
    const made = (async () => call())();
    await expect(made).rejects.toMatchObject({ name: "MockError", code: "bad-call" });
    await expect(made).rejects.toThrow(message);
  });

  it("expects any request at all where it gives no match", async () => {
    await ask(world.url, world.token("olga"), { path: "/tasks" });
    expect(await world.requests.expect()).toHaveLength(1);
  });

  it("takes a number for the number of a request", async () => {
    await ask(world.url, world.token("olga"), { path: "/tasks" });
    expect(await world.requests.get(untyped("1"))).toMatchObject({ id: "1" });
  });

  it("does not compile when it waits for nothing of a task", async () => {
    // @ts-expect-error: at least one of status, state and deleted.
    await expect(world.clock.until({ task: "dark-mode" })).rejects.toMatchObject({ code: "bad-request" });
    // @ts-expect-error: a timeout alone is nothing to wait for.
    await expect(world.task("dark-mode").wait({ timeout: "0s" })).rejects.toMatchObject({
      code: "bad-request",
    });
    expect((await world.task("dark-mode").wait({ logs_count: 1, timeout: "0s" })).name).toBe("dark-mode");
  });

  it("with a misspelt member of its query is refused", async () => {
    const misspelt = [
      world.coverage.get(untyped('{"scoop": "all"}')),
      world.requests.list(untyped('{"limitt": 5}')),
      world.events(untyped('{"after": 0}')),
    ];
    for (const refused of await Promise.allSettled(misspelt)) {
      expect(refused).toMatchObject({ status: "rejected", reason: { code: "bad-request" } });
    }
  });

  it("is told where room can be made by option as well as by flag", async () => {
    await expect(mock.world()).rejects.toMatchObject({ code: "no-room" });
    await expect(mock.world()).rejects.toThrow(
      "options of startMockServer by the names worldTtl and maxWorlds",
    );
  });
});

describe("a mock that cannot start", () => {
  it.each<readonly [string, string, string]>([
    ["null", "null", "startMockServer(options) takes an object with options, not null."],
    ["a list", "[]", "not a list."],
    ["a number", "7", "not 7."],
    ["a seed that is an object", '{"seed": {}}', "seed is {}; expected a text or a number."],
    ["a seed that is a switch", '{"seed": true}', "seed is true; expected a text or a number."],
    ["a token that is a number", '{"adminToken": 5}', "adminToken is 5; expected a text."],
    ["a revision that is a number", '{"revision": 2.30}', "revision is 2.3; expected a text."],
    [
      "a switch that is a list",
      '{"failOnViolations": []}',
      "failOnViolations is []; expected true or false.",
    ],
    ["documents that are no texts", '{"extend": [5]}', "extend is [5]; expected a text or a list of texts."],
    ["a null", '{"scenario": null}', "scenario is null; expected a text."],
    [
      "a token of two lines",
      '{"adminToken": "one\\ntwo"}',
      "adminToken cannot go through a header; expected printable ASCII",
    ],
    ["a token of other letters", '{"adminToken": "жетон"}', "adminToken cannot go through a header"],
    ["a token with a blank behind it", '{"adminToken": "secret "}', "adminToken cannot go through a header"],
  ])("with %s says what was expected", async (_, text, message) => {
    const starting = openMockServer(untyped(text));
    await expect(starting).rejects.toMatchObject({ name: "MockError", code: "start" });
    await expect(starting).rejects.toThrow(message);
  });

  it("does not show a token that it refuses", async () => {
    await expect(startEmbedded({ adminToken: "geheim-ä" })).rejects.not.toThrow("geheim");
  });
});
