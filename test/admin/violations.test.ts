import { describe, expect, it } from "vitest";
import { describe as explained } from "../../src/engine/problems.ts";
import { type AdminEngine, openContracts, startAdminEngine } from "../support/admin-engine.ts";

const contracts = await openContracts();

const version = "00000000-0000-4000-8000-000000000400";

/** Requests that break the contract, each in its own way, and one that does not. */
async function breakIt({ api }: AdminEngine, prefix = ""): Promise<void> {
  await api("GET", `${prefix}/tasks?q=owner:me&q=name:x`);
  await api("POST", `${prefix}/tasks/alice`, {
    body: { template_version_id: version, input: 5, name: true },
  });
  await api("GET", `${prefix}/tasks`);
  await api("GET", `${prefix}/tasks?limit=5`);
}

interface Listed {
  readonly request: string;
  readonly rule: string;
  readonly world: string;
}

async function rulesOf(mock: AdminEngine, query = ""): Promise<readonly string[]> {
  const { status, body } = await mock.admin("GET", `/violations${query}`);
  expect(status).toBe(200);
  return body.violations.map(({ request, rule }: Listed) => `${request} ${rule}`);
}

const all = ["4 undocumented-parameter", "2 type", "2 type", "1 parameter-syntax"];

describe("GET /violations", () => {
  it("explains each with its exchange, newest first", async () => {
    const mock = startAdminEngine({ contracts });
    await breakIt(mock);
    const { body } = await mock.admin("GET", "/violations");
    expect(await rulesOf(mock)).toEqual(all);
    const [newest] = body.violations;
    expect(newest).toEqual({
      world: "default",
      request: "4",
      at: "2026-01-01T00:00:00Z",
      method: "GET",
      path: "/api/v2/tasks",
      operation: "list-ai-tasks",
      status: 200,
      direction: "request",
      severity: "warning",
      place: "query",
      pointer: "/limit",
      rule: "undocumented-parameter",
      received: '"5"',
      expected: 'no query parameters but "q"',
      spec: "#/paths/~1tasks/get",
      explanation: explained(newest),
      page: "docs/rules/undocumented-parameter.md",
      fault: false,
    });
  });

  it.each([
    ["?direction=request", all],
    ["?direction=response", []],
    ["?severity=warning", [all[0]]],
    ["?severity=error", all.slice(1)],
    ["?rule=type", ["2 type", "2 type"]],
    ["?rule=enum", []],
    ["?operation=create-a-new-ai-task", ["2 type", "2 type"]],
    ["?operation=pause-task", []],
    ["?operation=list-ai-tasks&severity=error", ["1 parameter-syntax"]],
    ["?limit=2", all.slice(0, 2)],
    ["?since=1", all.slice(0, 3)],
    ["?since=4", []],
    ["?since=2026-01-01T00:00:00Z", all],
    ["?since=2026-01-01T02:00:00%2B02:00", all],
    ["?since=2026-01-01T02:00:00+02:00", all],
    ["?since=2026-01-01T00:00:00.001Z", []],
    ["?scope=all", all],
  ])("%s picks out what was asked for; total and counts stay", async (query, rules) => {
    const mock = startAdminEngine({ contracts });
    await breakIt(mock);
    expect(await rulesOf(mock, query)).toEqual(rules);
    expect((await mock.admin("GET", `/violations${query}`)).body).toMatchObject({
      total: 4,
      dropped: 0,
      counts: [
        { direction: "request", rule: "parameter-syntax", errors: 1, warnings: 0, faults: 0 },
        { direction: "request", rule: "type", errors: 2, warnings: 0, faults: 0 },
        { direction: "request", rule: "undocumented-parameter", errors: 0, warnings: 1, faults: 0 },
      ],
    });
  });

  it.each([
    ["?direction=both", "query/direction"],
    ["?severity=fatal", "query/severity"],
    ["?rule=typo", "query/rule"],
    ["?operation=create-a-new-task", "query/operation"],
    ["?operation=", "query/operation"],
    ["?scope=some", "query/scope"],
    ["?since=", "query/since"],
    ["?since=yesterday", "query/since"],
    ["?since=-1", "query/since"],
    ["?since=2026-02-30T00:00:00Z", "query/since"],
    ["?since=4&scope=all", "query/since"],
    ["?limit=0", "query/limit"],
    ["?limit=1001", "query/limit"],
    ["?rule=type&rule=enum", "query/rule"],
  ])("%s is a 400 that names %s and changes nothing", async (query, field) => {
    const mock = startAdminEngine({ contracts });
    await breakIt(mock);
    const before = await mock.admin("GET", "/violations");
    const { status, body } = await mock.admin("GET", `/violations${query}`);
    expect([status, body.message]).toEqual([400, expect.stringMatching(/^.+\.$/)]);
    expect(body.validations.map((one: { readonly field: string }) => one.field)).toContain(field);
    expect(await mock.admin("GET", "/violations")).toEqual(before);
  });

  it("tells of a misspelt operation which was probably meant", async () => {
    const { body } = await startAdminEngine({ contracts }).admin("GET", "/violations?operation=pause-taks");
    expect(body.validations[0].detail).toContain('did you mean "pause-task"?');
  });

  it("needs a world under --strict-worlds, but not for all of them", async () => {
    const mock = startAdminEngine({ contracts, strict: true });
    const statuses = ["/violations", "/violations?world=default", "/violations?scope=all"];
    expect(await Promise.all(statuses.map(async (path) => (await mock.admin("GET", path)).status))).toEqual([
      400, 200, 200,
    ]);
  });

  it("does not list what admin calls break", async () => {
    const mock = startAdminEngine({ contracts });
    expect((await mock.admin("PUT", "/clock", { mode: "fast" })).status).toBe(400);
    expect((await mock.admin("GET", "/violations?scope=all")).body.total).toBe(0);
  });
});

describe("violations outlive", () => {
  it("their exchanges in the journal, also when that is cleared", async () => {
    const mock = startAdminEngine({ contracts });
    await breakIt(mock);
    // This journal keeps five.
    for (let count = 0; count < 6; count++) await mock.api("GET", "/tasks");
    expect(mock.host.journal.get("1")).toBeUndefined();
    await mock.admin("DELETE", "/requests");
    expect(await rulesOf(mock)).toEqual(all);
  });

  it("a reset only for the server", async () => {
    const mock = startAdminEngine({ contracts });
    await breakIt(mock);
    await mock.admin("POST", "/reset");
    expect((await mock.admin("GET", "/violations")).body).toEqual({
      violations: [],
      total: 0,
      dropped: 0,
      counts: [],
    });
    await mock.api("GET", "/tasks?limit=5");
    expect(await rulesOf(mock)).toEqual(["1 undocumented-parameter"]);
    expect(await rulesOf(mock, "?scope=all")).toEqual(["1 undocumented-parameter", ...all]);
  });

  it("their world only for the server", async () => {
    const mock = startAdminEngine({ contracts });
    const made = await mock.admin("POST", "/worlds", { id: "checkout", revision: "2.30" });
    expect(made.status).toBe(201);
    await mock.ask({
      method: "GET",
      path: "/w/checkout/api/v2/tasks?limit=5",
      headers: { "coder-session-token": made.body.tokens.alice },
    });
    expect(await rulesOf(mock)).toEqual([]);
    expect(await rulesOf(mock, "?world=checkout")).toEqual(["1 undocumented-parameter"]);
    await mock.admin("DELETE", "/worlds/checkout");
    const { body } = await mock.admin("GET", "/violations?scope=all&operation=list-ai-tasks");
    expect(body.violations).toMatchObject([{ world: "checkout", rule: "undocumented-parameter" }]);
  });
});

describe("a planned fault", () => {
  it("that breaks the contract is marked, and counted apart from errors", async () => {
    const mock = startAdminEngine({ contracts });
    await mock.admin("POST", "/faults", {
      name: "no-count",
      match: { operation: "list-ai-tasks" },
      fault: { kind: "break-contract", pointer: "/count", change: "wrong-type" },
    });
    const answer = await mock.api("GET", "/tasks?limit=5");
    expect([answer.headers["X-Mock-Outcome"], answer.headers["X-Mock-Violations"]]).toEqual(["fault", "2"]);
    const { body } = await mock.admin("GET", "/violations");
    expect(body.violations).toMatchObject([
      { direction: "response", rule: "type", pointer: "/count", fault: true },
      { direction: "request", rule: "undocumented-parameter", fault: false },
    ]);
    expect(body.counts).toEqual([
      { direction: "request", rule: "undocumented-parameter", errors: 0, warnings: 1, faults: 0 },
      { direction: "response", rule: "type", errors: 0, warnings: 0, faults: 1 },
    ]);
  });
});

describe("under enforce", () => {
  it("a bad request is a 400 with one validation for each error, worded as in the list", async () => {
    const mock = startAdminEngine({ contracts });
    const { status, body, headers } = await mock.api("POST", "/tasks/alice?limit=5", {
      body: { template_version_id: 7, input: 5, name: ["x"], display_name: {}, mood: "good" },
    });
    expect([status, headers["X-Mock-Outcome"], headers["X-Mock-Violations"]]).toEqual([
      400,
      "contract-request",
      "6",
    ]);
    const listed = (await mock.admin("GET", "/violations?severity=error")).body.violations;
    expect(listed).toHaveLength(4);
    const validations = listed.map((one: Record<"place" | "pointer" | "explanation", string>) => ({
      field: `${one.place}${one.pointer}`,
      detail: one.explanation,
    }));
    expect(body.validations).toHaveLength(4);
    expect(body.validations).toEqual(expect.arrayContaining(validations));
    expect((await mock.admin("GET", "/tasks")).body.count).toBe(0);
  });
});
