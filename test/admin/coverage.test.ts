import { describe, expect, it } from "vitest";
import type { CoverageView } from "../../src/admin/coverage/coverage-view.ts";
import { type AdminEngine, createTask, openContracts, startAdminEngine } from "../support/admin-engine.ts";
import { tokenFor } from "../support/world-builder.ts";

const contracts = await openContracts();

async function coverage({ admin }: Pick<AdminEngine, "admin">, query = ""): Promise<CoverageView> {
  const answer = await admin("GET", `/coverage${query}`);
  expect(answer.status).toBe(200);
  return answer.body;
}

function countOf(view: CoverageView, operation: string, place: string, variant?: string): number | undefined {
  const found = view.operations.find(({ id }) => id === operation);
  return found?.items.find((item) => item.place === place && item.variant === variant)?.count;
}

const calls = (view: CoverageView) => countOf(view, "list-ai-tasks", "list-ai-tasks");

describe("coverage", () => {
  it("begins with everything that the contract documents and nothing seen", async () => {
    const view = await coverage(startAdminEngine({ contracts }));
    expect(view.contracts).toEqual(["2.34 wire"]);
    expect(view.operations.map(({ id }) => id).sort()).toEqual(
      [...contracts.for({ revision: "2.34", profile: "wire" }).operations.keys()].sort(),
    );
    expect(view.gate).toMatchObject({ seen: 0, percent: 0 });
    expect(view.all).toMatchObject({ seen: 0, percent: 0 });
    expect(view.unmet_errors).toContainEqual({ operation: "pause-task", status: "409" });
  });

  it("counts what requests bring and what answers show", async () => {
    const mock = startAdminEngine({ contracts });
    await createTask(mock);
    await mock.api("GET", "/tasks");
    await mock.api("GET", "/tasks?q=owner:alice");
    await mock.api("GET", "/tasks/alice/nothing");
    const view = await coverage(mock);
    expect(countOf(view, "create-a-new-ai-task", "201")).toBe(1);
    expect(countOf(view, "create-a-new-ai-task", "body/name", "present")).toBe(1);
    expect(countOf(view, "create-a-new-ai-task", "body/display_name", "absent")).toBe(1);
    expect(countOf(view, "create-a-new-ai-task", "body/status", "pending")).toBe(1);
    expect(countOf(view, "list-ai-tasks", "query q", "present")).toBe(1);
    expect(countOf(view, "list-ai-tasks", "body/tasks/*/id", "present")).toBe(1);
    expect(countOf(view, "get-ai-task-by-id-or-name", "404")).toBe(1);
    expect(view.unmet_errors).not.toContainEqual({
      operation: "get-ai-task-by-id-or-name",
      status: "404",
    });
  });

  it("counts a body without a content type where the contract takes any", async () => {
    const mock = startAdminEngine({ contracts });
    const answer = await mock.ask({
      method: "POST",
      path: "/api/v2/tasks/alice",
      headers: { "coder-session-token": tokenFor("member"), "content-type": "" },
      body: { template_version_id: "00000000-0000-4000-8000-000000000400", input: "x" },
    });
    expect(answer.status).toBe(201);
    const view = await coverage(mock);
    expect(countOf(view, "create-a-new-ai-task", "*/*")).toBe(1);
    expect(countOf(view, "create-a-new-ai-task", "body/input", "present")).toBe(1);
  });

  it("counts the refusal of a request that breaks the contract, and nothing of its body", async () => {
    const mock = startAdminEngine({ contracts });
    await mock.api("POST", "/tasks/alice", { body: { name: 7 }, who: "member" });
    const view = await coverage(mock);
    expect(countOf(view, "create-a-new-ai-task", "400")).toBe(1);
    expect(countOf(view, "create-a-new-ai-task", "body/name", "present")).toBe(0);
  });

  it("shows nothing of what was sent but what the contract itself names", async () => {
    const mock = startAdminEngine({ contracts });
    await mock.ask({
      method: "GET",
      path: "/api/v2/tasks?q=hush&coder_session_token=hush",
      headers: { "coder-session-token": "hush", cookie: "a=hush" },
    });
    for (const format of ["json", "html", "junit", "text", "markdown"]) {
      const { body } = await mock.engine.handle({
        method: "GET",
        path: "/__admin/coverage",
        search: `format=${format}`,
        headers: { host: "localhost" },
        body: { kind: "bytes", bytes: new Uint8Array(0) },
      });
      expect(new TextDecoder().decode(body)).not.toContain("hush");
    }
  });

  it("begins anew with a reset, while the total goes on", async () => {
    const mock = startAdminEngine({ contracts });
    await mock.api("GET", "/tasks");
    await mock.admin("POST", "/reset", {});
    expect(calls(await coverage(mock))).toBe(0);
    await mock.api("GET", "/tasks");
    expect(calls(await coverage(mock))).toBe(1);
    expect(calls(await coverage(mock, "?scope=all"))).toBe(2);
  });

  it("keeps the counts of a deleted world in the total, and those of other contracts beside them", async () => {
    const mock = startAdminEngine({ contracts });
    await mock.api("GET", "/tasks");
    const { body } = await mock.admin("POST", "/worlds", { id: "old", revision: "2.30" });
    const [token] = Object.values(body.tokens);
    await mock.ask({
      method: "GET",
      path: "/api/v2/tasks",
      headers: { "coder-session-token": String(token) },
    });
    expect(calls(await coverage(mock, "?world=old"))).toBe(1);
    await mock.admin("DELETE", "/worlds/old");
    const view = await coverage(mock, "?scope=all");
    expect(calls(view)).toBe(2);
    expect(view.contracts).toEqual(["2.30 wire", "2.34 wire"]);
    expect(calls(await coverage(mock))).toBe(1);
  });

  it("is cleared for a world, and for all", async () => {
    const mock = startAdminEngine({ contracts });
    await mock.api("GET", "/tasks");
    await mock.admin("POST", "/reset", {});
    await mock.api("GET", "/tasks");
    expect((await mock.admin("DELETE", "/coverage")).status).toBe(204);
    expect(calls(await coverage(mock))).toBe(0);
    expect(calls(await coverage(mock, "?scope=all"))).toBe(1);
    expect((await mock.admin("DELETE", "/coverage?scope=all")).status).toBe(204);
    expect(calls(await coverage(mock, "?scope=all"))).toBe(0);
  });

  it.each(["?format=xml", "?format=", "?scope=server", "?scope=", "?format=json&format=html", "?world=none"])(
    "refuses %s",
    async (query) => {
      const { admin } = startAdminEngine({ contracts });
      const methods = query.includes("format") ? ["GET"] : ["GET", "DELETE"];
      for (const method of methods) {
        const { status, body } = await admin(method, `/coverage${query}`);
        expect([400, 404]).toContain(status);
        expect(body.message).toEqual(expect.any(String));
      }
    },
  );
});
