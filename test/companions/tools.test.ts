import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { mockOf } from "../http/own-scenario.ts";
import { outcomeOf, startTestMock, type TestMock } from "../support/test-mock.ts";

let mock: TestMock;

beforeAll(async () => {
  mock = await startTestMock({ profile: "wire" });
});

beforeEach(() => mock.reset());

const admin = (method: "GET" | "POST" | "DELETE", path: string, body?: object) =>
  mock.ask(method, `/__admin${path}`, { as: "nobody", ...(body === undefined ? {} : { body }) });
const regions = () => mock.ask("GET", "/api/v2/regions");

describe("the journal of companions", () => {
  const match = { operation: "list-regions" };
  const found = [expect.objectContaining({ operation: "list-regions", outcome: "handled" })];

  test.each([
    ["is filtered", () => admin("GET", "/requests?operation=list-regions"), { requests: found, count: 1 }],
    ["is searched", () => admin("POST", "/requests/find", { match }), { requests: found, count: 1 }],
    ["is counted", () => admin("POST", "/requests/count", { match }), { count: 1 }],
    ["is waited for", () => admin("POST", "/requests/wait", { match, timeout: "0s" }), { requests: found }],
  ])("%s by operation", async (_, look, body) => {
    await regions();
    await mock.ask("GET", "/tasks");
    expect(await look()).toMatchObject({ status: 200, body });
  });

  test.each([
    ["GET", "/requests?operation=list-region", undefined],
    ["GET", "/violations?operation=list-region", undefined],
    ["POST", "/requests/find", { match: { operation: "list-region" } }],
    ["POST", "/requests/wait", { match: { operation: "list-region" } }],
    ["POST", "/faults", { match: { operation: "list-region" }, fault: { kind: "empty" } }],
    ["POST", "/explore", { operations: ["list-region"] }],
  ] as const)("%s %s with an operation that is none names the nearest", async (method, path, body) => {
    const answer = await admin(method, path, body);
    expect(answer.status).toBe(400);
    expect(answer.body.validations[0].detail).toContain('(did you mean "list-regions"?)');
  });

  it("tells of an exchange with its stages, as HAR and as a curl line", async () => {
    const answer = await regions();
    const { body } = await admin("GET", "/requests/1");
    expect(body).toMatchObject({ operation: "list-regions", response: { body: { json: answer.body } } });
    const line = await admin("GET", "/requests/1?format=curl");
    expect(line.text).toContain("/api/v2/regions");
    const har = await admin("GET", "/requests?format=har");
    expect(har.body.log.entries[0].comment).toContain("list-regions");
  });
});

describe("a request that went astray", () => {
  it("came near a companion, which the answer names, too", async () => {
    const answer = await mock.ask("GET", "/api/v2/region");
    expect([answer.status, answer.body.detail]).toEqual([
      404,
      expect.stringMatching(/^GET \/api\/v2\/region is no operation .* Nearest: GET \/api\/v2\/regions/),
    ]);
    const { body } = await admin("GET", "/requests/unmatched");
    expect(body.requests[0].near_misses[0]).toEqual({
      operation: "list-regions",
      method: "GET",
      path: "/regions",
      differences: [{ place: "path segment 3", expected: "regions", received: "region" }],
    });
  });

  it("came near the method that the path has", async () => {
    const answer = await mock.ask("GET", "/api/v2/authcheck");
    expect([answer.status, answer.headers["allow"]]).toEqual([405, "POST"]);
    const { body } = await admin("GET", "/requests/unmatched");
    expect(body.requests[0].near_misses).toMatchObject([
      { operation: "check-authorization", differences: [{ place: "method", expected: "POST" }] },
    ]);
  });

  it("came near the companion whose contract it breaks", async () => {
    await mock.ask("POST", "/api/v2/authcheck", { body: { checks: 5 } });
    const { body } = await admin("GET", "/requests/unmatched");
    expect(body.requests[0].near_misses).toMatchObject([
      { operation: "check-authorization", differences: [{ place: "body/checks", received: "5" }] },
    ]);
  });
});

describe("what breaks the contract of a companion", () => {
  const wrong = () => mock.ask("GET", "/api/v2/notifications/inbox?read_status=old");

  it("is refused with its place, and listed by operation", async () => {
    const answer = await wrong();
    expect([answer.status, outcomeOf(answer)]).toEqual([400, "contract-request"]);
    const { body } = await admin("GET", "/violations?operation=list-inbox-notifications");
    expect(body.violations).toMatchObject([{ rule: "enum", place: "query", pointer: "/read_status" }]);
  });

  it("reaches the operation under --requests warn, and is counted", async () => {
    const relaxed = await startTestMock({ requests: "warn" });
    const answer = await relaxed.ask("GET", "/api/v2/notifications/inbox?read_status=old");
    expect([answer.status, outcomeOf(answer), answer.headers["x-mock-violations"]]).toEqual([
      400,
      "refused",
      "1",
    ]);
  });
});

describe("faults", () => {
  it("hit a companion by its operation", async () => {
    const fault = { match: { operation: "list-regions" }, fault: { kind: "status", status: 503 } };
    expect((await admin("POST", "/faults", fault)).status).toBe(201);
    const answer = await regions();
    expect([answer.status, outcomeOf(answer)]).toEqual([503, "fault"]);
    expect((await mock.ask("GET", "/api/v2/appearance")).status).toBe(200);
  });

  it("of a scenario hit companions, too", async () => {
    const own = await mockOf("faults:\n  - match: { operation: list-regions }\n    fault: { kind: empty }\n");
    const { body } = await own.ask("GET", "/__admin/faults", { as: "nobody" });
    expect(body.faults).toMatchObject([{ match: { operation: "list-regions" } }]);
    const wrong = mockOf("faults:\n  - match: { operation: list-region }\n    fault: { kind: empty }\n");
    await expect(wrong).rejects.toThrow(
      /"list-region" is no operation of the mock\. .*did you mean "list-regions"/,
    );
  });

  it("break the contract of a companion's answer", async () => {
    const fault = { match: { operation: "list-regions" }, fault: { kind: "break-contract" } };
    expect((await admin("POST", "/faults", fault)).status).toBe(201);
    const answer = await regions();
    expect([answer.status, outcomeOf(answer)]).toEqual([200, "fault"]);
    expect(answer.headers["x-mock-fault-place"]).toBeDefined();
  });
});

describe("coverage", () => {
  it("lists the companions that were called, and no others", async () => {
    const ids = async (): Promise<readonly string[]> => {
      const { body } = await admin("GET", "/coverage");
      return body.operations.map(({ id }: { readonly id: string }) => id);
    };
    expect(await ids()).not.toContain("list-regions");
    await regions();
    expect(await ids()).toContain("list-regions");
    expect(await ids()).not.toContain("get-appearance");
  });
});

describe("answers on request", () => {
  it("come from the contract of a companion, whatever the state is", async () => {
    const made = await mock.ask("GET", "/api/v2/deployment/config", { headers: { Prefer: "code=403" } });
    expect([made.status, outcomeOf(made)]).toEqual([403, "fallback"]);
    const dynamic = await mock.ask("GET", "/api/v2/regions?__dynamic=true");
    expect([dynamic.status, outcomeOf(dynamic)]).toEqual([200, "fallback"]);
    const none = await mock.ask("GET", "/api/v2/regions", { headers: { Prefer: "code=418" } });
    expect([none.status, outcomeOf(none)]).toEqual([404, "no-match"]);
  });
});

describe("exploring", () => {
  it("varies the answers of companions, lists among them, and keeps to their contract", async () => {
    const order = { rate: 1, operations: ["get-workspace", "list-workspace-builds"], kinds: ["format"] };
    expect(await admin("POST", "/explore", order)).toMatchObject({ status: 200, body: { exploring: true } });
    const { id } = mock.inside("dark-mode").workspace;
    for (const path of [`/api/v2/workspaces/${id}`, `/api/v2/workspaces/${id}/builds`]) {
      const answer = await mock.ask("GET", path);
      expect([answer.status, outcomeOf(answer)]).toEqual([200, "handled"]);
      expect(Number(answer.headers["x-mock-varied"])).toBeGreaterThan(0);
    }
  });

  it("varies everything that is answered with a body when nothing is said", async () => {
    const { body } = await admin("POST", "/explore", {});
    expect(body.operations).toEqual(expect.arrayContaining(["list-ai-tasks", "get-user", "list-regions"]));
  });
});

describe("documents that extend the mock", () => {
  const templates = join(import.meta.dirname, "../extend/templates.openapi-3.0.yaml");

  it("answer what is none of the companions", async () => {
    const extended = await startTestMock({ extend: templates });
    expect(outcomeOf(await extended.ask("GET", "/api/v2/blueprints"))).toBe("fallback");
    expect(outcomeOf(await extended.ask("GET", "/api/v2/templates"))).toBe("handled");
  });
});
