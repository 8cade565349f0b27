import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startTestMock, type TestMock } from "../support/test-mock.ts";

const groups = join(import.meta.dirname, "groups.swagger.yaml");
const templates = join(import.meta.dirname, "templates.openapi-3.0.yaml");

let mock: TestMock;

beforeAll(async () => {
  mock = await startTestMock({ extend: `${groups},${templates}` });
});

beforeEach(() => mock.reset());

const admin = (method: "GET" | "POST", path: string, body?: object) =>
  mock.ask(method, `/__admin${path}`, { as: "nobody", ...(body === undefined ? {} : { body }) });

describe("the journal of a mock that is extended", () => {
  const match = { operation: "list-groups" };
  const found = [expect.objectContaining({ operation: "list-groups", outcome: "fallback" })];

  test.each([
    ["is filtered", () => admin("GET", "/requests?operation=list-groups"), { requests: found, count: 1 }],
    ["is searched", () => admin("POST", "/requests/find", { match }), { requests: found, count: 1 }],
    ["is counted", () => admin("POST", "/requests/count", { match }), { count: 1 }],
    ["is waited for", () => admin("POST", "/requests/wait", { match, timeout: "0s" }), { requests: found }],
  ])("%s by the operations of the documents", async (_, look, body) => {
    await mock.ask("GET", "/api/v2/groups");
    await mock.ask("GET", "/tasks");
    expect(await look()).toMatchObject({ status: 200, body });
  });

  test.each([
    ["GET", "/requests?operation=list-grups", undefined],
    ["POST", "/requests/find", { match: { operation: "list-grups" } }],
    ["POST", "/requests/count", { match: { operation: "list-grups" } }],
    ["POST", "/requests/wait", { match: { operation: "list-grups" } }],
  ] as const)("%s %s with an operation that nobody has names the nearest", async (method, path, body) => {
    const answer = await admin(method, path, body);
    expect(answer.status).toBe(400);
    expect(answer.body.validations[0].detail).toContain('(did you mean "list-groups"?)');
  });
});

describe("a request to an extended mock that went astray", () => {
  test("came near the operation whose contract it breaks", async () => {
    await mock.ask("GET", "/api/v2/groups?limit=101");
    const { body } = await admin("GET", "/requests/unmatched");
    expect(body.requests[0].near_misses).toEqual([
      {
        operation: "list-groups",
        method: "GET",
        path: "/groups",
        differences: [expect.objectContaining({ place: "query/limit", received: "101" })],
      },
    ]);
  });

  test("came near the look-alikes of all contracts, which the answer names, too", async () => {
    const answer = await mock.ask("GET", "/api/v2/group");
    expect([answer.status, answer.body.detail]).toEqual([
      404,
      expect.stringMatching(/^GET \/api\/v2\/group is no operation .* Nearest: GET \/api\/v2\/groups, /),
    ]);
    const { body } = await admin("GET", "/requests/unmatched");
    expect(body.requests[0].near_misses[0]).toEqual({
      operation: "list-groups",
      method: "GET",
      path: "/groups",
      differences: [{ place: "path segment 3", expected: "groups", received: "group" }],
    });
    expect(body.requests[0].near_misses).toHaveLength(3);
  });

  test("came near the methods of its path, whichever contract has them", async () => {
    const answer = await mock.ask("PUT", "/api/v2/groups");
    expect([answer.status, answer.headers["allow"]]).toEqual([405, "GET, POST"]);
    const { body } = await admin("GET", "/requests/unmatched");
    expect(body.requests[0].near_misses).toMatchObject([
      { operation: "list-groups", differences: [{ place: "method", expected: "GET", received: "PUT" }] },
      { operation: "create-group", differences: [{ place: "method", expected: "POST", received: "PUT" }] },
    ]);
  });

  test("came near the operation that has no such answer as was preferred", async () => {
    await mock.ask("GET", "/tasks", { headers: { Prefer: "code=418" } });
    await mock.ask("GET", "/tasks", { headers: { Prefer: "code=fine" } });
    const { body } = await admin("GET", "/requests/unmatched");
    expect(body.requests.map((one: { readonly near_misses: unknown }) => one.near_misses)).toMatchObject([
      [{ operation: "list-ai-tasks", differences: [{ place: "preference" }] }],
      [{ operation: "list-ai-tasks", differences: [{ place: "preference" }] }],
    ]);
  });
});
