import { describe, expect, it } from "vitest";
import { createTask } from "../support/admin-engine.ts";
import { compatibility, start } from "../support/compatibility-answer.ts";
import { tokenFor } from "../support/world-builder.ts";

describe("what a client did is judged by every contract", () => {
  it("which all fit a client that only asks for what every revision has", async () => {
    const mock = start();
    await createTask(mock);
    await mock.api("GET", "/tasks");
    await mock.api("GET", "/tasks/alice/fix-it");
    const { body, part, verdicts } = await compatibility(mock);
    expect(body).toMatchObject({ judged: 3, mistakes: { count: 0, reasons: [] } });
    expect(body.not_judged).toEqual({ incomplete: 0, dropped: 0, foreign: 0 });
    expect(verdicts("wire")).toEqual(["fits", "fits", "fits"]);
    expect(part("wire")).toMatchObject({ smallest: "2.30", smallest_for_requests: "2.30" });
  });

  it("where ids look different in the other profile, the answers differ, with the places", async () => {
    const mock = start();
    await createTask(mock);
    const { part, cell, verdicts } = await compatibility(mock);
    expect(verdicts("documented")).toEqual(["differs", "differs", "differs"]);
    expect(part("documented").smallest).toBeUndefined();
    expect(part("documented").smallest_for_requests).toBe("2.30");
    expect(cell("2.34", "documented").reasons).toContainEqual({
      kind: "different",
      operation: "create-a-new-ai-task",
      text: expect.stringMatching(/^body\/workspace_id: expected .* \(type\)$/),
      count: 1,
      exchanges: ["1"],
    });
  });

  it("a pause needs 2.31, whether it was tried there or on 2.30, where it is no operation", async () => {
    for (const revision of ["2.30", "2.34"] as const) {
      const mock = start({ revision });
      await createTask(mock);
      const paused = await mock.api("POST", "/tasks/alice/fix-it/pause");
      expect(paused.status).toBe(revision === "2.30" ? 404 : 409);
      const { body, part, cell } = await compatibility(mock);
      expect(body.judged).toBe(2);
      expect(part("wire").smallest_for_requests).toBe("2.31");
      expect(cell("2.30", "wire")).toMatchObject({ verdict: "fails", missing: 1, fine: 1 });
      expect(cell("2.30", "wire").reasons).toEqual([
        { kind: "missing", operation: "pause-task", text: "no such operation", count: 1, exchanges: ["2"] },
      ]);
    }
  });

  it("a name in place of an id is refused where the pages ask for an id", async () => {
    const mock = start();
    await createTask(mock);
    await mock.api("POST", "/tasks/alice/fix-it/pause");
    const { cell } = await compatibility(mock);
    expect(cell("2.34", "documented")).toMatchObject({ verdict: "fails", refused: 1 });
    expect(cell("2.34", "documented").reasons).toContainEqual(
      expect.objectContaining({
        kind: "refused",
        operation: "pause-task",
        text: expect.stringMatching(/^path\/task: expected /),
      }),
    );
  });

  it("a status that another revision does not document differs there", async () => {
    const mock = start();
    await createTask(mock);
    const sent = await mock.api("POST", "/tasks/alice/fix-it/send", { body: { input: "More" } });
    expect(sent.status).toBe(409);
    const { cell, part } = await compatibility(mock);
    expect(cell("2.30", "wire")).toMatchObject({ verdict: "differs", different: 1, refused: 0 });
    expect(cell("2.30", "wire").reasons[0]?.text).toMatch(
      /^status: expected a documented status: .*undocumented-status/,
    );
    expect(part("wire")).toMatchObject({ smallest: "2.31", smallest_for_requests: "2.30" });
  });

  it("a property that another revision does not have differs there", async () => {
    const mock = start();
    await createTask(mock);
    const logs = await mock.api("GET", "/tasks/alice/fix-it/logs");
    expect(logs.body).toHaveProperty("snapshot");
    const { cell } = await compatibility(mock);
    expect(cell("2.30", "wire").reasons).toContainEqual(
      expect.objectContaining({ kind: "different", text: expect.stringMatching(/^body\/snapshot: /) }),
    );
  });
});

describe("what the mock says by itself is not compared", () => {
  it("such as a planned fault, whose request is judged all the same", async () => {
    const mock = start();
    const plan = { match: { operation: "list-ai-tasks" }, fault: { kind: "status", status: 418 } };
    expect((await mock.admin("POST", "/faults", plan)).status).toBe(201);
    expect((await mock.api("GET", "/tasks")).status).toBe(418);
    const { body, verdicts } = await compatibility(mock);
    expect(body.judged).toBe(1);
    expect(verdicts("documented")).toEqual(["fits", "fits", "fits"]);
  });

  it("such as Prefer and its query twins, which are no parameters, and which ask of the contract in use", async () => {
    const mock = start();
    const asked = [
      { search: "__code=401&__dynamic=true", headers: {} },
      { search: "", headers: { prefer: "code=401" } },
      { search: "__code=418", headers: {} },
    ];
    const statuses = [];
    for (const { search, headers } of asked) {
      const path = `/api/v2/tasks${search === "" ? "" : `?${search}`}`;
      const token = { "coder-session-token": tokenFor("member") };
      statuses.push((await mock.ask({ method: "GET", path, headers: { ...token, ...headers } })).status);
    }
    expect(statuses).toEqual([401, 401, 404]);
    const { body, verdicts } = await compatibility(mock);
    expect([body.judged, body.mistakes.count]).toEqual([3, 0]);
    expect([verdicts("documented"), verdicts("wire")]).toEqual(Array(2).fill(["fits", "fits", "fits"]));
  });
});
