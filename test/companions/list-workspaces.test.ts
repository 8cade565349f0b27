import { describe, expect, it } from "vitest";
import { startTestMock, type TestMock } from "../support/test-mock.ts";

async function names(mock: TestMock, q: string, as = "olga"): Promise<readonly string[] | number> {
  const { status, body } = await mock.ask("GET", `/api/v2/workspaces?q=${encodeURIComponent(q)}`, { as });
  if (status !== 200) return status;
  expect(body.count).toBe(body.workspaces.length);
  return body.workspaces.map(({ name }: { readonly name: string }) => name);
}

describe("the list of workspaces", () => {
  it("has what the caller may see: what runs first, then by owner and name", async () => {
    const mock = await startTestMock();
    const { body } = await mock.ask("GET", "/api/v2/workspaces");
    const rows: readonly string[] = body.workspaces.map(
      (one: { owner_name: string; name: string; latest_build: { status: string } }) =>
        `${one.latest_build.status === "running" ? 0 : 1} ${one.owner_name} ${one.name}`,
    );
    expect(rows).toEqual(rows.toSorted());
    expect(rows.length).toBeGreaterThan(5);
    expect(await names(mock, "", "priya")).toContain("csv-import");
    expect(await names(mock, "", "priya")).not.toContain("dark-mode");
  });

  it("comes in pages that tell how many there are in all", async () => {
    const mock = await startTestMock();
    const all = await mock.ask("GET", "/api/v2/workspaces");
    const page = await mock.ask("GET", "/api/v2/workspaces?limit=2&offset=1");
    expect(page.body).toEqual({ count: all.body.count, workspaces: all.body.workspaces.slice(1, 3) });
  });

  it.each([
    ["owner:me dark", ["dark-mode"]],
    ["OWNER:Olga name:DARK-MODE", ["dark-mode"]],
    ["olga/dark", ["dark-mode"]],
    ["owner:unheard-of", []],
    ["owner:me status:running template:web-agent", ["dark-mode", "fix-login-tests"]],
    ["owner:me status:deleted", []],
    ["dark has-ai-task:true", ["dark-mode"]],
    ["dark has-ai-task:false", []],
    ["dark has-agent:connected", ["dark-mode"]],
    ["dark has-agent:timeout", []],
    ["dark outdated:false", ["dark-mode"]],
    ["dark outdated:true", []],
    ["dark dormant:true", []],
    ["dark has_external_agent:false", ["dark-mode"]],
    ["dark has_external_agent:TRUE", []],
    ["dark organization:harbor", ["dark-mode"]],
    ["dark organization:labs", []],
    ["status:gone", 400],
    ["has-ai-task:perhaps", 400],
    ["has_external_agent:perhaps", 400],
    ["last_used_after:yesterday", 400],
    ["last_used_before:2026-01-01", 400],
    // A colon more than a pair has: such a time needs its quotes.
    ["last_used_before:2026-01-01T00:00:00Z", 400],
    ["organization:unheard-of", 400],
    ["colour:blue", 400],
    ["a/b/c", 400],
    ["name:a name:b", 400],
  ])("answers %s", async (q, expected) => {
    expect(await names(await startTestMock(), q)).toEqual(expected);
  });

  it("finds by when a workspace was last used, as it is shown, the instants themselves among them", async () => {
    const mock = await startTestMock();
    const { body } = await mock.ask("GET", "/api/v2/workspaces?q=dark");
    const at = Date.parse(body.workspaces[0].last_used_at);
    const used = (key: "after" | "before", offset: number) =>
      names(mock, `dark last_used_${key}:"${new Date(at + offset).toISOString()}"`);
    expect(await used("after", 0)).toEqual(["dark-mode"]);
    expect(await used("after", 1)).toEqual([]);
    expect(await used("before", 0)).toEqual(["dark-mode"]);
    expect(await used("before", -1)).toEqual([]);

    mock.pass(60);
    await mock.ask("POST", `/tasks/me/${mock.id("dark-mode")}/pause`);
    expect(await used("after", 60_000)).toEqual(["dark-mode"]);
    const east = new Date(at + 7_200_000).toISOString().replace("Z", "+02:00");
    expect(await names(mock, `dark last_used_after:"${east}"`)).toEqual(["dark-mode"]);
    expect(await names(mock, `dark last_used_before:"${east}"`)).toEqual([]);
  });

  it("says which part of the search is wrong", async () => {
    const mock = await startTestMock();
    const { body } = await mock.ask("GET", "/api/v2/workspaces?q=colour:blue%20status:gone");
    expect(body).toEqual({
      message: expect.stringContaining("workspace"),
      validations: [
        { field: "status", detail: expect.any(String) },
        { field: "colour", detail: expect.any(String) },
      ],
    });
  });

  it("wants to know who asks", async () => {
    const mock = await startTestMock();
    expect((await mock.ask("GET", "/api/v2/workspaces", { as: "nobody" })).status).toBe(401);
    expect((await mock.ask("GET", "/api/v2/workspaces?limit=many")).status).toBe(400);
  });

  it("leaves out what was deleted", async () => {
    const mock = await startTestMock();
    await mock.ask("DELETE", "/tasks/me/dark-mode");
    expect(await names(mock, "dark")).toEqual(["dark-mode"]);
    mock.pass(10);
    expect(await names(mock, "dark")).toEqual([]);
  });
});
