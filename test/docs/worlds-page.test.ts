import { compileFunction } from "node:vm";
import { transformSync } from "esbuild";
import * as vitest from "vitest";
import { afterAll, describe, expect, test } from "vitest";
import { readConfig } from "../../src/runtime/config.ts";
import { type RunningServer, startServer } from "../../src/runtime/server/start-server.ts";
import { openContracts, startAdminEngine } from "../support/admin-engine.ts";
import { assets } from "../support/assets.ts";
import { readPage } from "../support/docs-samples.ts";
import { type Asking, startTestMock, type TestMock } from "../support/test-mock.ts";

const page = readPage("docs/worlds.md");
const server = await startQuietly();

afterAll(() => server.close());

describe("the suite on docs/worlds.md passes as it stands there:", () => {
  const [block = "", ...others] = [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, text]) => text);
  expect(others).toEqual([]);
  const suite = block.replaceAll("http://127.0.0.1:8080", server.url);
  expect(suite).toContain(server.url);
  const { code } = transformSync(suite, { loader: "ts", format: "cjs", target: "node20" });
  // Its tests become tests of this file, against a server of its own.
  compileFunction(code, ["require", "process", "exports"])(vitestOnly, { env: {} }, {});
});

test("the suite on docs/worlds.md leaves no world behind", async () => {
  const answer = await fetch(`${server.url}/__admin/worlds`);
  expect(await answer.json()).toMatchObject({ worlds: [{ id: "default", requests: 0 }] });
});

describe("what docs/worlds.md says of tokens is so:", () => {
  test("they derive from the id of a world alone", async () => {
    const [one, other] = [await startTestMock(), await startTestMock({ seed: "other" })];
    const known = await make(one, { id: "checkout" });
    expect(page).toContain(`"olga": "${known.olga}"`);
    expect(await make(other, { id: "checkout", scenario: "every-status", seed: "third" })).toMatchObject({
      olga: known.olga,
    });
    const others = (await make(one, { id: "payment" })).tokens;
    expect(others.filter((token) => known.tokens.includes(token))).toEqual([]);
  });

  test("they name their world wherever they stand, and so does one that was minted later", async () => {
    const mock = await startTestMock();
    const { olga } = await make(mock, { id: "checkout" });
    const asks = { as: "nobody", body: { user: "olga" } };
    const { body: minted } = await mock.ask("POST", "/w/checkout/__admin/tokens", asks);
    expect(minted.token).not.toBe(olga);
    for (const token of [olga, minted.token]) {
      const here = [200, "checkout"];
      expect(await worldFor(mock, { headers: { Cookie: `coder_session_token=${token}` } })).toEqual(here);
      expect(await worldFor(mock, { headers: { Authorization: `Bearer ${token}` } })).toEqual(here);
      expect(await worldFor(mock, {}, `?coder_session_token=${token}`)).toEqual(here);
    }
  });

  test("one of a scenario names the default world, or none when that does not know it", async () => {
    const mock = await startTestMock();
    const state = (await mock.ask("GET", "/__admin/state", { as: "nobody" })).body;
    const users = state.users.map((user: object) => ({ ...user, tokens: ["spelt-out"] })).slice(0, 1);
    await make(mock, { id: "own", state: { ...state, users, tasks: [] } });
    const inOwn = { headers: { "X-Mock-World": "own" } };
    expect(await worldFor(mock, { token: "API_KEY" })).toEqual([200, "default"]);
    expect(await worldFor(mock, { token: "API_KEY", ...inOwn })).toEqual([400, undefined]);
    expect(await worldFor(mock, { token: "spelt-out", ...inOwn })).toEqual([200, "own"]);
    expect(await worldFor(mock, { token: "spelt-out" })).toEqual([401, "default"]);
  });

  test.each(["strict", "any"])("of a world that is over lead nowhere, under --auth %s", async (auth) => {
    const mock = await startTestMock({ auth });
    const { olga } = await make(mock, { id: "checkout" });
    expect(await worldFor(mock, { token: olga })).toEqual([200, "checkout"]);
    await mock.ask("DELETE", "/__admin/worlds/checkout", { as: "nobody" });
    expect(await worldFor(mock, { token: olga })).toEqual([404, undefined]);
    await make(mock, { id: "checkout" });
    expect(await worldFor(mock, { token: olga })).toEqual([200, "checkout"]);
  });
});

describe("what docs/worlds.md says besides is so:", () => {
  test("two worlds of one scenario and seed hold the same ids and answer with the same bytes", async () => {
    const mock = await startTestMock();
    const shown = async (id: string) => {
      const { olga } = await make(mock, { id, scenario: "every-status" });
      return (await mock.ask("GET", "/tasks", { token: olga })).text;
    };
    expect(await shown("checkout")).toBe(await shown("payment"));
  });

  test("what names two worlds or an unknown one is in no journal", async () => {
    const mock = await startTestMock();
    const { olga } = await make(mock, { id: "checkout" });
    expect(await worldFor(mock, { token: olga, headers: { "X-Mock-World": "default" } })).toEqual([
      400,
      undefined,
    ]);
    expect(await worldFor(mock, { headers: { "X-Mock-World": "chekout" } })).toEqual([404, undefined]);
    const { body } = await mock.ask("GET", "/__admin/worlds", { as: "nobody" });
    expect(body.worlds).toMatchObject([{ requests: 0 }, { requests: 0 }]);
    for (const { id } of body.worlds) {
      const journal = await mock.ask("GET", `/w/${id}/__admin/requests`, { as: "nobody" });
      expect(journal.body.requests).toEqual([]);
    }
  });

  test("to look at a world is no use of it", async () => {
    let time = 0;
    const mock = startAdminEngine({ contracts: await openContracts(), hostTime: () => time });
    const made = await mock.admin("POST", "/worlds", { id: "checkout", ttl: "1m" });
    time = 30_000;
    expect((await mock.admin("GET", "/worlds/checkout")).body.expires_at).toBe(made.body.expires_at);
    time = 60_000;
    expect((await mock.admin("GET", "/worlds/checkout")).status).toBe(404);
  });

  test.each([
    ["max-worlds", "100000", true],
    ["max-worlds", "0", true],
    ["max-worlds", "100001", false],
    ["max-worlds", "many", false],
    ["world-ttl", "90s", true],
    ["world-ttl", "never", true],
    ["world-ttl", "0s", false],
    ["world-ttl", "soon", false],
  ])("--%s %s can be told: %s", (flag, value, isFine) => {
    const read = readConfig({ flags: { [flag]: value }, environment: {} });
    expect(read.ok ? [] : read.complaints).toEqual(isFine ? [] : [expect.stringContaining(`--${flag} is`)]);
  });
});

/** Makes a world and tells its tokens. */
async function make(mock: TestMock, body: object) {
  const { body: world } = await mock.ask("POST", "/__admin/worlds", { as: "nobody", body });
  const olga: string = world.tokens.olga;
  return { olga, tokens: Object.values<string>(world.tokens) };
}

/** Status and world of a list of tasks. */
async function worldFor(mock: TestMock, asking: Asking, search = "") {
  const answer = await mock.ask("GET", `/tasks${search}`, { as: "nobody", ...asking });
  return [answer.status, answer.headers["x-mock-world"]];
}

async function startQuietly(): Promise<RunningServer> {
  const read = readConfig({ flags: { port: "0", "log-level": "silent" }, environment: {} });
  if (!read.ok) throw new Error(read.complaints.join("\n"));
  return await startServer(read.config, { assets });
}

function vitestOnly(name: string): typeof vitest {
  if (name === "vitest") return vitest;
  throw new Error(`The suite on docs/worlds.md imports ${name}; it should need nothing but vitest.`);
}
