import { describe, expect, it } from "vitest";
import { createTask } from "../support/admin-engine.ts";
import { type Act, soFar, type WaitBench, waitBench, waitForRequests } from "../support/wait-bench.ts";

describe("a wait for requests", () => {
  const list = (mock: WaitBench, query = "") => mock.api("GET", `/tasks${query}`);

  it.each<[match: object, act: Act]>([
    [{ operation: "list-ai-tasks" }, (mock) => list(mock)],
    [{ method: "get" }, (mock) => list(mock)],
    [{ path: "/api/v2/tasks" }, (mock) => list(mock, "?q=owner:me")],
    [{ status: 404 }, ({ api }) => api("GET", "/nothing")],
    [{ outcome: "refused" }, ({ api }) => api("GET", "/tasks/me/nothing")],
    [{ status: "4xx" }, ({ api }) => api("GET", "/nothing")],
    [{ query: { q: "owner:me" } }, (mock) => list(mock, "?q=owner:me")],
    [
      { path_pattern: "/api/*/tasks/**", user: "alice", body: { name: "third" } },
      (mock) => createTask(mock, "third"),
    ],
    [
      { operation: "get-ai-task-by-id-or-name", status: 404, outcome: "refused" },
      ({ api }) => api("GET", "/tasks/me/nothing"),
    ],
  ])("%j is over with it", async (match, act) => {
    const mock = await waitBench();
    const waiting = waitForRequests(mock, { match });
    await createTask(mock, "another");
    expect(await soFar(waiting)).toBe("held");
    await act(mock);
    const { status, body } = await waiting;
    const newest = (await mock.admin("GET", "/requests?limit=1")).body.requests;
    expect([status, body]).toEqual([200, { requests: newest }]);
    expect([mock.host.holds.size, mock.time.timers]).toEqual([0, 0]);
  });

  it("counts those that came before it, and shows all that fit, the newest first", async () => {
    const mock = await waitBench();
    for (const query of ["", "?q=owner:me", "?q=status:active"]) await list(mock, query);
    const match = { operation: "list-ai-tasks" };
    expect(
      (await waitForRequests(mock, { match, count: 2 })).body.requests.map(
        ({ id }: { readonly id: string }) => id,
      ),
    ).toEqual(["4", "3", "2"]);
    const more = waitForRequests(mock, { match, count: 4 });
    expect(await soFar(more)).toBe("held");
    await list(mock);
    expect((await more).body.requests).toHaveLength(4);
  });

  it("looks only at what came since the journal began", async () => {
    const mock = await waitBench();
    await list(mock);
    await mock.admin("DELETE", "/requests");
    const { status, body } = await waitForRequests(mock, { match: { status: 200 }, timeout: "0s" });
    expect([status, body.message, body.detail]).toEqual([
      408,
      "The wait for a request with status 200 ended after 0s: none came.",
      "No request at all has come to this world since it began or its journal was cleared.",
    ]);
  });

  it("says how many came and what came closest", async () => {
    const mock = await waitBench();
    await mock.api("GET", "/tasks/me/nothing");
    await list(mock);
    const match = { operation: "get-ai-task-by-id-or-name", method: "GET", status: 200 };
    const waiting = waitForRequests(mock, { match, count: 2, timeout: "90s" });
    mock.time.pass(90_000);
    expect(await waiting).toMatchObject({
      status: 408,
      body: {
        message:
          "The wait for 2 requests with operation get-ai-task-by-id-or-name, method GET, status 200 ended after 90s: none came.",
        detail:
          "Nearest is request 3, GET /api/v2/tasks, answered with 200 (handled): operation list-ai-tasks instead of get-ai-task-by-id-or-name.",
      },
    });
  });

  it("says of headers, query and body that they differ, never what came", async () => {
    const mock = await waitBench();
    await mock.api("GET", "/tasks?q=owner:me");
    const header = { "Coder-Session-Token": "another" };
    const match = { method: "GET", header, query: { q: "status:active" }, body: { input: "x" } };
    const { body } = await waitForRequests(mock, { match, timeout: "0s" });
    expect(body.detail).toBe(
      "Nearest is request 2, GET /api/v2/tasks, answered with 200 (handled): another Coder-Session-Token, another query parameter q, no body.",
    );
  });

  it("says what there is when nothing came close", async () => {
    const mock = await waitBench();
    const { body } = await waitForRequests(mock, { match: { status: 500 }, timeout: "0s" });
    expect(body.detail).toBe(
      "The journal keeps 1; the newest is POST /api/v2/tasks/alice, answered with 201 (handled).",
    );
  });

  it.each<[body: object, field: string, detail: RegExp]>([
    [{ match: {} }, "body/match", /at least one of "operation"/],
    [{ match: { operation: "list-ai-task" } }, "body/match/operation", /did you mean "list-ai-tasks"\?/],
    [{ match: { status: 200 }, count: 6 }, "body/count", /at most 5, .* received 6/],
    [{ match: { status: 200 }, timeout: "11m" }, "body/timeout", /up to 10m.* received "11m"/],
    [{ match: { status: 200 }, timeout: "soon" }, "body/timeout", /received "soon"/],
  ])("%j is refused with what would do", async (body, field, detail) => {
    const mock = await waitBench();
    const answer = await waitForRequests(mock, body);
    expect(answer.status).toBe(400);
    expect(answer.body.validations).toEqual([{ field, detail: expect.stringMatching(detail) }]);
  });
});
