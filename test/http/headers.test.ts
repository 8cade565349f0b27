import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Answer, Method } from "../support/http-client.ts";
import { outcomeOf, startTestMock, type TestMock } from "../support/test-mock.ts";

let on: TestMock;
beforeAll(async () => {
  on = await startTestMock();
});
beforeEach(() => on.reset());

type Ask = () => Promise<Answer>;
const ask = (method: Method, path: string, body?: object, as = "olga"): Promise<Answer> =>
  on.ask(method, path, { as, ...(body === undefined ? {} : { body }) });

/** One answer of each kind that has a body. */
const withBody: readonly (readonly [kind: string, ask: Ask, status: number, outcome: string])[] = [
  ["a list", () => ask("GET", "/tasks"), 200, "handled"],
  ["a task", () => ask("GET", "/tasks/me/dark-mode"), 200, "handled"],
  ["logs", () => ask("GET", "/tasks/me/dark-mode/logs"), 200, "handled"],
  [
    "a new task",
    () => ask("POST", "/tasks/me", { template_version_id: on.version("web-agent").id }),
    201,
    "handled",
  ],
  ["a build", () => ask("POST", `/tasks/me/${on.id("dark-mode")}/pause`), 202, "handled"],
  ["a bad query", () => ask("GET", "/tasks?q=:"), 400, "refused"],
  ["a broken contract", () => ask("POST", "/tasks/me", {}), 400, "contract-request"],
  ["no token", () => ask("GET", "/tasks", undefined, "nobody"), 401, "refused"],
  [
    "no permission",
    () => ask("POST", `/tasks/me/${on.id("csv-import")}/pause`, undefined, "priya"),
    403,
    "refused",
  ],
  ["no task", () => ask("GET", "/tasks/me/none"), 404, "refused"],
  ["no route", () => ask("GET", "/api/v2/nothing/like/it"), 404, "no-match"],
  ["a bad path", () => ask("GET", "/tasks/me/%"), 400, "no-match"],
  ["a conflict", () => ask("POST", "/tasks/me/cache-headers/send", { input: "a" }), 409, "refused"],
  ["a failing search", () => ask("GET", "/tasks?q=status:running"), 500, "refused"],
  ["an app out of reach", () => unreachable(() => ask("GET", "/tasks/me/dark-mode/logs")), 502, "refused"],
  ["a greeting", () => ask("GET", "/"), 200, "handled"],
  ["the contract itself", () => ask("GET", "/openapi.json"), 200, "handled"],
];

const withoutBody: readonly (readonly [kind: string, ask: Ask, status: number, outcome: string])[] = [
  ["a deletion", () => ask("DELETE", "/tasks/me/dark-mode"), 202, "handled"],
  ["a new prompt", () => ask("PATCH", "/tasks/me/cache-headers/input", { input: "a" }), 204, "handled"],
  ["a message", () => ask("POST", "/tasks/me/fix-login-tests/send", { input: "a" }), 204, "handled"],
  ["a wrong method", () => ask("PUT", "/tasks/me/dark-mode"), 405, "no-match"],
];

function unreachable(then: Ask): Promise<Answer> {
  on.changeApp("dark-mode", { reachable: false });
  return then();
}

function expectOwnHeaders(answer: Answer, outcome: string): void {
  expect(answer.headers).toMatchObject({
    "x-content-type-options": "nosniff",
    "x-coder-build-version": expect.stringMatching(/^v2\.34\.\d+$/),
    "x-mock-outcome": outcome,
    "x-mock-request-id": "1",
    "x-mock-world": "default",
  });
  for (const name of ["etag", "location", "x-powered-by", "last-modified", "transfer-encoding"]) {
    expect(answer.headers).not.toHaveProperty(name);
  }
}

describe("an answer with a body", () => {
  it.each(withBody)("%s is JSON that ends with one newline", async (_, asking, status, outcome) => {
    const answer = await asking();
    expect([answer.status, outcomeOf(answer)]).toEqual([status, outcome]);
    expectOwnHeaders(answer, outcome);
    expect(answer.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(answer.headers["content-length"]).toBe(String(Buffer.byteLength(answer.text)));
    expect(answer.text).toMatch(/[^\n]\n$/);
    expect(() => JSON.parse(answer.text)).not.toThrow();
  });
});

describe("an answer without a body", () => {
  it.each(withoutBody)(
    "%s has neither a content type nor anything else of a body",
    async (_, asking, status, outcome) => {
      const answer = await asking();
      expect([answer.status, outcomeOf(answer), answer.text]).toEqual([status, outcome, ""]);
      expectOwnHeaders(answer, outcome);
      expect(answer.headers).not.toHaveProperty("content-type");
      expect(answer.headers["content-length"]).toBe(status === 204 ? undefined : "0");
    },
  );
});

describe("text that browsers and scripts stumble over", () => {
  it("is escaped, as Go writes it, and survives", async () => {
    const input = `<script>alert("a & b")</script>\u2028\u2029\u0000\u007f\\/ 😀 שלום`;
    const body = { template_version_id: on.version("web-agent").id, input, name: "odd" };
    expect((await on.ask("POST", "/tasks/me", { body })).status).toBe(201);
    const { text, body: task } = await on.ask("GET", "/tasks/me/odd");
    expect(task.initial_prompt).toBe(input);
    expect(text).not.toMatch(/[<>&\u2028\u2029]/);
    expect(text).toContain(
      String.raw`\u003cscript\u003ealert(\"a \u0026 b\")\u003c/script\u003e\u2028\u2029\u0000`,
    );
    expect(text).toContain("😀 שלום");
  });

  it("is escaped where an error repeats it, in body and header", async () => {
    const answer = await on.ask("GET", "/tasks/%3Cimg%20src=x%3E%0D%0AX-Evil:%201/x");
    expect([answer.status, answer.headers["x-evil"]]).toEqual([400, undefined]);
    expect(answer.text).not.toMatch(/[<>]/);
    const bad = await on.ask("GET", "/tasks", { token: `a"\u00e9-b-c` });
    expect(bad.status).toBe(401);
  });
});

describe("paths", () => {
  it.each([
    ["//api//v2///tasks", 200],
    ["/api/v2/tasks//me//dark-mode", 200],
    ["/api/experimental//tasks/", 404],
    ["/api/v2/tasks/", 404],
    ["/API/v2/tasks", 404],
    ["/api/v2/tasks/me/dark%2Dmode", 200],
    ["/api/v2/tasks/me%2Fdark-mode", 405],
    ["/api/v2/tasks/me/dark-mode%2Flogs", 404],
  ])("%s gives %i", async (path, status) => {
    expect((await on.ask("GET", path)).status).toBe(status);
  });

  it.each<[Method, string, string]>([
    ["GET", "/api/v2/task", "GET /api/v2/tasks"],
    ["GET", "/tasks", "GET /api/v2/tasks"],
    ["POST", "/api/v2/tasks/me/dark-mode/stop", "POST /api/v2/tasks/{user}/{task}/"],
    ["GET", "/api/v2/tasks/me/dark-mode/log", "GET /api/v2/tasks/{user}/{task}/logs"],
    ["GET", "/api/v1/tasks", "GET /api/v2/tasks"],
    [
      "POST",
      "/api/experimental/workspaceagents/me/tasks/x/log-snapshot",
      "POST /api/v2/workspaceagents/me/tasks/{task}/log-snapshot",
    ],
  ])("%s %s is explained with its nearest neighbours", async (method, path, nearest) => {
    const answer = await on.send(method, path);
    expect([answer.status, outcomeOf(answer)]).toEqual([404, "no-match"]);
    expect(answer.body.message).toMatch(/route not found/i);
    expect(answer.body.detail).toContain(`${method} ${path} is no operation`);
    expect(answer.body.detail).toContain(nearest);
  });

  it.each<[Method, string, string]>([
    ["HEAD", "/tasks", "GET"],
    ["OPTIONS", "/tasks", "GET"],
    ["DELETE", "/tasks", "GET"],
    ["GET", "/tasks/me", "POST"],
    ["PUT", "/tasks/me/dark-mode", "DELETE, GET"],
    ["GET", "/tasks/me/dark-mode/input", "PATCH"],
    ["GET", "/tasks/me/dark-mode/pause", "POST"],
    ["GET", "/api/v2/workspaceagents/me/tasks/x/log-snapshot", "POST"],
  ])("%s %s is not allowed, even without a token", async (method, path, allow) => {
    const answer = await on.ask(method, path, { as: "nobody" });
    expect([answer.status, answer.headers["allow"], answer.text ?? ""]).toEqual([405, allow, ""]);
  });
});

describe("a request that breaks the contract without being refused", () => {
  it("is pointed at in the headers", async () => {
    const answer = await on.ask("GET", "/tasks?limit=5&offset=2");
    expect(answer.status).toBe(200);
    expect(answer.body.count).toBe(13);
    expect(answer.headers["x-mock-violations"]).toBe("2");
    expect(answer.headers["link"]).toBe('</__admin/requests/1>; rel="describedby"');
  });

  it("is pointed at nowhere without the admin API", async () => {
    const closed = await startTestMock({ "no-admin": true });
    const { headers } = await closed.ask("GET", "/tasks?limit=5");
    expect([headers["x-mock-violations"], headers["link"]]).toEqual(["1", undefined]);
  });
});

describe("pages of other origins", () => {
  const own = "http://localhost:5173";
  const foreign = "https://example.com";
  const preflight = (from: TestMock, path: string, origin: string) =>
    from.ask("OPTIONS", path, {
      as: "nobody",
      headers: {
        Origin: origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "coder-session-token, content-type",
      },
    });
  const get = (from: TestMock, path: string, origin: string) =>
    from.ask("GET", path, { headers: { Origin: origin } });
  const allowed = "access-control-allow-origin";

  it("are none when no page asks", async () => {
    const answer = await on.ask("GET", "/tasks");
    expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
  });

  it("may ask before, if they are of this machine", async () => {
    const answer = await preflight(on, "/api/v2/tasks/me", own);
    expect([answer.status, answer.text]).toEqual([204, ""]);
    expect(answer.headers).toMatchObject({
      [allowed]: own,
      "access-control-allow-credentials": "true",
      "access-control-allow-headers": "coder-session-token, content-type",
      "access-control-allow-methods": expect.stringMatching(/GET.*POST.*PATCH.*DELETE/),
      vary: expect.stringMatching(/origin/i),
    });
    expect(answer.headers).not.toHaveProperty("content-type");
  });

  it("may read answers of every kind", async () => {
    for (const [path, status] of [
      ["/tasks", 200],
      ["/tasks/me/none", 404],
      ["/api/nothing", 404],
      ["/tasks/me", 405],
    ] as const) {
      const answer = await get(on, path, own);
      expect([path, answer.status, answer.headers[allowed]]).toEqual([path, status, own]);
      expect(answer.headers["access-control-expose-headers"]).toMatch(/X-Mock-Outcome/);
    }
  });

  it.each([
    ["off", [], [own, foreign, "null"]],
    [
      "loopback",
      ["http://localhost", own, "http://127.0.0.1:3000", "https://[::1]:8443", "http://app.localhost:1"],
      [
        foreign,
        "null",
        "http://localhost.example.com",
        "http://127.0.0.1.example.com",
        "http://localhost@example.com",
        "file://",
      ],
    ],
    ["any", [own, foreign, "null"], []],
    [
      `${foreign},http://two.example:81`,
      [foreign, "http://two.example:81"],
      [own, "http://example.com", "https://example.com:444"],
    ],
  ])("with --cors %s are let in or not", async (cors, let_in, kept_out) => {
    const from = cors === "loopback" ? on : await startTestMock({ cors });
    for (const origin of let_in) {
      expect([origin, (await get(from, "/tasks", origin)).headers[allowed]]).toEqual([origin, origin]);
      expect([origin, (await preflight(from, "/api/v2/tasks", origin)).status]).toEqual([origin, 204]);
    }
    for (const origin of kept_out) {
      expect([origin, (await get(from, "/tasks", origin)).headers[allowed]]).toEqual([origin, undefined]);
      const asked = await preflight(from, "/api/v2/tasks", origin);
      expect([origin, asked.status, asked.headers[allowed]]).toEqual([origin, 405, undefined]);
    }
    for (const origin of [own, foreign]) {
      for (const answer of [
        await preflight(from, "/__admin/reset", origin),
        await get(from, "/__admin/health", origin),
      ]) {
        expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
      }
    }
  });
});
