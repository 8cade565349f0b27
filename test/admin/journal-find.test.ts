import { describe, expect, it } from "vitest";
import { openContracts, startAdminEngine } from "../support/admin-engine.ts";
import { startTestMock } from "../support/test-mock.ts";
import { tokenFor } from "../support/world-builder.ts";
import { filledJournal, idsOf } from "./filled-journal.ts";

const contracts = await openContracts();

describe("finding and counting", () => {
  it.each<[match: object, ids: readonly string[]]>([
    [{}, ["5", "4", "3", "2", "1"]],
    [{ operation: "send-input-to-ai-task" }, ["3"]],
    [{ method: "post" }, ["3", "1"]],
    [{ path: "/api/v2/tasks" }, ["2"]],
    [{ path_pattern: "/api/v2/tasks/*/fix-it/send" }, ["3"]],
    [{ path_pattern: "/api/v2/tasks/{user}/{task}" }, ["4"]],
    [{ path_pattern: "/api/v2/tasks/**" }, ["4", "3", "2", "1"]],
    [{ path_pattern: "/api/v2/*" }, ["5", "2"]],
    [{ status: 204 }, ["3"]],
    [{ status: "4xx" }, ["5", "4"]],
    [{ outcome: "no-match" }, ["5"]],
    [{ user: "alice" }, ["3", "1"]],
    [{ user: "ALICE" }, ["3", "1"]],
    [{ user: "00000000-0000-4000-8000-000000000203" }, ["5", "4", "2"]],
    [{ user: "00000000000040008000000000000203" }, ["5", "4", "2"]],
    [{ user: "nobody" }, []],
    [{ header: { "Content-Type": "application/json" } }, ["3", "1"]],
    [{ header: { "Content-Type": "text/plain" } }, []],
    [{ header: { "Coder-Session-Token": tokenFor("member") } }, ["3", "1"]],
    [{ query: { q: "owner:me", q2: "x" } }, ["2"]],
    [{ query: { q: "" } }, []],
    [{ body: { input: "Go on" } }, ["3"]],
    [{ body: { name: "fix-it" } }, ["1"]],
    [{ body: {} }, ["3", "1"]],
    [{ body: { input: "Go" } }, []],
    [{ body: [] }, []],
    [{ body: null }, []],
    [{ method: "POST", status: 204, user: "alice", body: { input: "Go on" } }, ["3"]],
    [{ method: "POST", status: 404 }, []],
  ])("%j fits %j", async (match, ids) => {
    const mock = await filledJournal(contracts);
    const found = (await mock.admin("POST", "/requests/find", { match })).body;
    expect([idsOf(found.requests), found.count]).toEqual([ids, ids.length]);
    expect((await mock.admin("POST", "/requests/count", { match })).body).toEqual({
      count: ids.length,
      dropped: 0,
    });
  });

  it("knows by any token the default user under --auth any", async () => {
    const mock = await startTestMock({ auth: "any" });
    await mock.ask("GET", "/tasks", { token: "whatever" });
    await mock.ask("GET", "/tasks", { as: "nobody" });
    const count = async (user: string) =>
      (await mock.ask("POST", "/__admin/requests/count", { as: "nobody", body: { match: { user } } })).body;
    expect(await count("olga")).toEqual({ count: 1, dropped: 0 });
    expect(await count("mateo")).toEqual({ count: 0, dropped: 0 });
  });

  it("compares headers as their sender wrote them, and only those that came", async () => {
    const mock = startAdminEngine({ contracts });
    const headers = { "x-note": Buffer.from("grün").toString("latin1"), "x-old": "gr\u00fcn" };
    await mock.ask({ method: "GET", path: "/api/v2/tasks", headers });
    const count = async (header: object) =>
      (await mock.admin("POST", "/requests/count", { match: { header } })).body.count;
    expect(await count({ "X-Note": "grün", "X-Old": "grün" })).toBe(1);
    expect(await count({ "X-Note": headers["x-note"] })).toBe(1);
    const wait = { match: { method: "GET", header: { constructor: "x" } }, timeout: "0s" };
    const late = await mock.admin("POST", "/requests/wait", wait);
    expect(late.body.detail).toContain(": no header constructor.");
  });

  it("needs no match, and shows as many as it is told", async () => {
    const mock = await filledJournal(contracts);
    const found = (await mock.admin("POST", "/requests/find", { limit: 2 })).body;
    expect([idsOf(found.requests), found.count]).toEqual([["5", "4"], 5]);
    expect((await mock.admin("POST", "/requests/count", {})).body.count).toBe(5);
  });
});
