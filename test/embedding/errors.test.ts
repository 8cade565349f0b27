import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectMockServer } from "../../src/client/connect-mock-server.ts";
import { MockError } from "../../src/client/mock-error.ts";
import type { MockWorld } from "../../src/client/mock-world.ts";
import type { StartedMockServer } from "../../src/runtime/embedding/started-mock-server.ts";
import { ask, startEmbedded } from "./two-ways.ts";

let mock: StartedMockServer;
let world: MockWorld;
beforeAll(async () => {
  mock = await startEmbedded({ adminToken: "right" });
  world = await mock.world({ id: "errors" });
});
afterAll(() => mock.close());

/** What a call throws. */
async function thrownBy(call: () => Promise<unknown>): Promise<MockError> {
  try {
    await call();
  } catch (error) {
    if (error instanceof MockError) return error;
    throw error;
  }
  throw new Error("Nothing was thrown.");
}

describe("what a call throws", () => {
  it.each<readonly [string, () => Promise<unknown>, object, string]>([
    [
      "that names what there is not",
      () => world.task("dark-mod").get(),
      { code: "not-found", status: 404, call: 'GET /__admin/tasks/dark-mod of world "errors"' },
      'GET /__admin/tasks/dark-mod of world "errors" was refused with 404: ',
    ],
    [
      "whose body is wrong, place by place",
      // @ts-expect-error: such a state does not compile.
      () => world.task("dark-mode").report({ state: "bored" }),
      { code: "bad-request", status: 400 },
      "\n  body/state: ",
    ],
    [
      "that comes at the wrong time",
      () => mock.deleteWorld("default"),
      { code: "conflict", status: 409 },
      "The default world stays.",
    ],
    [
      "that waits in vain",
      () => world.task("dark-mode").wait({ status: "paused", timeout: "0s" }),
      { code: "timeout", status: 408, answer: { message: expect.any(String) } },
      "was not paused within 0s.",
    ],
    [
      "with a name that would mean all there are",
      () => world.faults.delete(""),
      { code: "bad-call", status: undefined },
      '"" names no fault; expected its name.',
    ],
    [
      "that leads upwards",
      () => world.faults.delete(".."),
      { code: "bad-call" },
      '".." names no fault; expected its name.',
    ],
    [
      "that waits for what does not come about in the world's time",
      () => world.clock.until({ task: "dark-mode", status: "error" }, { limit: "1m" }),
      { code: "expectation" },
      'Task dark-mode did not come to {"status":"error"} within 1m of the world\'s time. ',
    ],
  ])("%s says what to do", async (_, call, facts, message) => {
    const error = await thrownBy(call);
    expect(error).toMatchObject(facts);
    expect(error.message).toContain(message);
  });

  it("for an unknown user names those that are known", () => {
    expect(() => world.token("olgaa")).toThrow(
      'No user "olgaa" can sign in to world "errors". Known: olga, mateo, priya, ines, tomasz.',
    );
    expect(() => world.token("toString")).toThrow("No user");
  });

  it("without the admin token says where it goes", async () => {
    const error = await thrownBy(() => connectMockServer(mock.url, { adminToken: "wrong" }));
    expect(error).toMatchObject({ code: "unauthorized", status: 401 });
    expect(error.message).toContain("connectMockServer(url, { adminToken })");
  });

  it.each([
    ["127.0.0.1:8080", 'expected one such as "http://127.0.0.1:8080"'],
    ["nonsense", 'expected one such as "http://127.0.0.1:8080"'],
    ["http://127.0.0.1:1/w/mine/", 'connect to "http://127.0.0.1:1" and call openWorld("mine")'],
    ["http://127.0.0.1:1", "got no answer from http://127.0.0.1:1."],
  ])("at the address %s says what is wrong with it", async (address, message) => {
    const error = await thrownBy(() => connectMockServer(address));
    expect(error.message).toContain(message);
  });

  it.each([
    [200, "<html>"],
    [200, ""],
    [404, "<html>"],
    [404, "{}"],
    [418, '{"message": "Tea only."}'],
  ])("at something else that answers with %i and %j says so", async (status, body) => {
    const other = createServer((_, response) => response.writeHead(status).end(body));
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const address = other.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const error = await thrownBy(() => connectMockServer(`http://127.0.0.1:${port}`));
    expect(error.code).toBe("unexpected-answer");
    other.close();
    other.closeAllConnections();
  });
});

describe("an expectation of requests that fails", () => {
  const send = "/tasks/me/dark-mode/send";

  it("says that nothing came at all", async () => {
    await using fresh = await mock.world({ id: "fresh" });
    const error = await thrownBy(() => fresh.requests.expect({ operation: "pause-task" }));
    expect(error.message).toBe(
      'World "fresh" was to get a request with {"operation":"pause-task"}, and got none.\nNo request at all has come to this world since it began or its journal was cleared.',
    );
  });

  it("says what came instead, what comes nearest, and what went astray", async () => {
    await using one = await mock.world({ id: "one" });
    const token = one.token("olga");
    await ask(one.url, token, { method: "POST", path: send, body: { input: "Go." } });
    await ask(one.url, token, { method: "POST", path: "/tasks/me/dark-mode/sent", body: { input: "Go." } });
    const match = { operation: "send-input-to-ai-task", body: { input: "Stop." } };
    const { code, message } = await thrownBy(() => one.requests.expect(match));
    expect(code).toBe("expectation");
    expect(message.split("\n")).toEqual([
      'World "one" was to get a request with {"operation":"send-input-to-ai-task","body":{"input":"Stop."}}, and got none.',
      expect.stringMatching(/^Nearest is request 1, POST \/\S+\/send, answered with 204 \(handled\): .*body/),
      "The newest of 2 that came:",
      expect.stringMatching(/^ {2}2 {2}POST \/\S+\/sent {2}404 \(no-match\)$/),
      expect.stringMatching(/^ {2}1 {2}POST \/\S+\/send {2}204 \(handled\)$/),
      "Went astray:",
      expect.stringMatching(
        /^ {2}2 {2}POST \S+ {2}404 \(no-match\) {2}perhaps POST \S+; path segment \d: expected send, received sent$/,
      ),
    ]);
  });

  it("lists those that are too many, and tells when they are too few", async () => {
    await using many = await mock.world({ id: "many" });
    for (let sent = 0; sent < 7; sent++) await ask(many.url, many.token("olga"), { path: "/tasks" });
    const match = { method: "GET" };
    const tooMany = await thrownBy(() => many.requests.expect(match, { count: 0 }));
    expect(tooMany.message.split("\n")).toEqual([
      'World "many" was to get exactly 0 requests with {"method":"GET"}, and got 7.',
      "They are:",
      ...Array.from({ length: 5 }, (_, index) => `  ${7 - index}  GET /api/v2/tasks  200 (handled)`),
      "  and 2 more",
    ]);
    const tooFew = await thrownBy(() => many.requests.expect(match, { count: 8 }));
    expect(tooFew.message).toContain("exactly 8 requests");
    const ofAll = await thrownBy(() => many.requests.expect({}, { count: 8 }));
    expect(ofAll.message).toContain("The newest of 7 that came:");
    await expect(many.requests.expect({ operation: "no-such" })).rejects.toMatchObject({
      code: "bad-request",
    });
  });
});
