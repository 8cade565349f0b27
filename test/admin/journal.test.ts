import { describe, expect, it } from "vitest";
import { createTask, openContracts, startAdminEngine } from "../support/admin-engine.ts";
import { tokenFor } from "../support/world-builder.ts";
import { filledJournal, idsOf } from "./filled-journal.ts";

const contracts = await openContracts();
const start = () => startAdminEngine({ contracts });

describe("the list of exchanges", () => {
  it.each([
    ["", ["5", "4", "3", "2", "1"]],
    ["?operation=list-ai-tasks", ["2"]],
    ["?status=404", ["5", "4"]],
    ["?status=2xx", ["3", "2", "1"]],
    ["?outcome=refused", ["4"]],
    ["?status=4xx&outcome=no-match", ["5"]],
    ["?since=3", ["5", "4"]],
    ["?since=99", []],
    ["?since=2026-01-01T00:00:10Z", ["5", "4", "3"]],
    ["?since=2026-01-01T01:00:10%2B01:00", ["5", "4", "3"]],
    ["?since=2026-01-01T01:00:10+01:00", ["5", "4", "3"]],
  ])("%s shows %j, newest first", async (query, ids) => {
    const mock = await filledJournal(contracts);
    const { body } = await mock.admin("GET", `/requests${query}`);
    expect([idsOf(body.requests), body.count]).toEqual([ids, ids.length]);
  });

  it("counts what it does not show, what had to make room, and bodies that had to", async () => {
    const mock = await filledJournal(contracts);
    expect((await mock.admin("GET", "/requests?limit=2")).body).toMatchObject({
      count: 5,
      dropped: 0,
      dropped_bodies: 0,
    });
    await mock.api("GET", "/tasks");
    const large = { input: "x".repeat(65_000) };
    for (let times = 0; times < 2; times++) {
      await mock.api("POST", "/tasks/alice/fix-it/send", { body: large, who: "member" });
    }
    const { body } = await mock.admin("GET", "/requests");
    expect(body).toMatchObject({ count: 5, dropped: 3 });
    expect(body.dropped_bodies).toBeGreaterThan(0);
    const older = await mock.admin("GET", "/requests/4");
    expect(older.body.response.body).toMatchObject({ omitted: "made-room", size: expect.any(Number) });
  });

  it("names the operation that was probably meant", async () => {
    const { body } = await start().admin("GET", "/requests?operation=list-ai-task");
    expect(body.validations).toEqual([
      { field: "query/operation", detail: expect.stringContaining('did you mean "list-ai-tasks"?') },
    ]);
  });

  it("begins anew with the world", async () => {
    const mock = await filledJournal(contracts);
    await mock.admin("POST", "/reset");
    const empty = { requests: [], count: 0, dropped: 0, dropped_bodies: 0 };
    expect((await mock.admin("GET", "/requests")).body).toEqual(empty);
    expect((await mock.admin("GET", "/requests/1")).status).toBe(404);
  });
});

describe("one exchange", () => {
  it("shows what came and what went out, the path's parameters and the query decoded", async () => {
    const mock = await filledJournal(contracts);
    expect((await mock.admin("GET", "/requests/3")).body).toEqual({
      id: "3",
      at: "2026-01-01T00:00:10Z",
      method: "POST",
      path: "/api/v2/tasks/alice/fix-it/send",
      operation: "send-input-to-ai-task",
      status: 204,
      outcome: "handled",
      violations: [],
      parameters: { path: { user: "alice", task: "fix-it" }, query: [] },
      request: {
        headers: {
          host: "localhost:8080",
          "content-type": "application/json",
          "coder-session-token": "[redacted]",
        },
        body: { size: 17, media_type: "application/json", json: { input: "Go on" } },
      },
      response: { headers: expect.objectContaining({ "X-Mock-Request-Id": "3" }) },
      timing_ms: {
        route: expect.any(Number),
        authenticate: expect.any(Number),
        resolve: expect.any(Number),
        check_request: expect.any(Number),
        work: expect.any(Number),
        check_response: expect.any(Number),
        total: expect.any(Number),
      },
      events: [expect.objectContaining({ kind: "report", at: "2026-01-01T00:00:10Z" })],
      faults: [],
      varied: [],
    });
    const listed = (await mock.admin("GET", "/requests/2")).body;
    expect(listed.parameters.query).toEqual([
      { name: "q", value: "owner:me" },
      { name: "q2", value: "x" },
    ]);
    expect(listed.response.body.json).toEqual({ tasks: [], count: 0 });
  });

  it("shows the steps that happened while it was served", async () => {
    let now = 0;
    const mock = startAdminEngine({ contracts, hostTime: () => now });
    await createTask(mock);
    await mock.admin("PUT", "/clock", { mode: "real" });
    now = 600;
    await mock.api("GET", "/tasks");
    const { events } = (await mock.admin("GET", "/requests/2")).body;
    expect(events).toMatchObject([
      { kind: "job-running", task: { name: "fix-it" }, after: { status: "initializing" } },
    ]);
  });

  it("keeps a thousand of these steps and counts the rest, however long a fault holds it up", async () => {
    let now = 0;
    const mock = startAdminEngine({ contracts, hostTime: () => now });
    await createTask(mock);
    await mock.admin("PUT", "/clock", { mode: "real" });
    now = 600;
    await mock.api("GET", "/tasks");
    const trace = mock.host.journal.get("2")?.trace;
    const [step] = trace?.fired ?? [];
    if (step === undefined) throw new Error("Nothing has happened.");
    for (let times = 1; times < 1_000; times++) trace?.happened(step);
    const detail = async () => (await mock.admin("GET", "/requests/2")).body;
    expect([(await detail()).events.length, (await detail()).omitted_events]).toEqual([1_000, undefined]);
    trace?.happened(step);
    expect([(await detail()).events.length, (await detail()).omitted_events]).toEqual([1_000, 1]);
  });

  it.each<[what: string, body: string | Uint8Array, type: string | undefined, shown: object]>([
    ["JSON", '{"input": "x"}', "application/json", { json: { input: "x" } }],
    ["JSON that nobody calls so", "[1, 2]", undefined, { json: [1, 2] }],
    ["broken JSON", '{"input": ', "application/json", { text: '{"input": ' }],
    ["text", "5 days", "text/plain", { text: "5 days" }],
    ["bytes", Uint8Array.of(255, 0, 128), "application/octet-stream", { base64: "/wCA" }],
    [
      "members with odd names",
      '{"__proto__": {"a": 1}}',
      "application/json",
      { json: JSON.parse('{"__proto__": {"a": 1}}') },
    ],
    [
      "deep nesting",
      "[".repeat(20_000) + "]".repeat(20_000),
      "application/json",
      { text: expect.stringMatching(/^\[{9}/) },
    ],
    ["more than is kept", "é".repeat(40_000), "text/plain", { cut: true, text: "é".repeat(32_768) }],
    [
      "a character that was cut",
      `x${"é".repeat(40_000)}`,
      "text/plain",
      { cut: true, text: `x${"é".repeat(32_767)}` },
    ],
  ])("shows %s as what it is", async (_, body, type, shown) => {
    const mock = start();
    const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
    await mock.engine.handle({
      method: "POST",
      path: "/api/v2/tasks/me",
      search: "",
      headers: {
        "coder-session-token": tokenFor("member"),
        ...(type === undefined ? {} : { "content-type": type }),
      },
      body: { kind: "bytes", bytes },
    });
    const { request } = (await mock.admin("GET", "/requests/1")).body;
    expect(request.body).toEqual({
      size: bytes.length,
      ...(type === undefined ? {} : { media_type: type }),
      ...shown,
    });
  });

  it("says that a body was too large to be read", async () => {
    const mock = start();
    await mock.engine.handle({
      method: "POST",
      path: "/api/v2/tasks/me",
      search: "",
      headers: { "coder-session-token": tokenFor("member"), "content-type": "application/json" },
      body: { kind: "too-large", limit: 1_048_576 },
    });
    const { request } = (await mock.admin("GET", "/requests/1")).body;
    expect(request.body).toEqual({ media_type: "application/json", omitted: "too-large" });
  });
});
