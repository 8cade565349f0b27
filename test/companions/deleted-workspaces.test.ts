import { describe, expect, it } from "vitest";
import type { Answer } from "../support/http-client.ts";
import { outcomeOf, startTestMock, type TestFlags, type TestMock } from "../support/test-mock.ts";

const byName = "/api/v2/users/me/workspace/dark-mode";

/** A mock whose task dark-mode was deleted, with the id of its workspace. */
async function afterDeletion(
  flags: TestFlags = {},
): Promise<{ readonly mock: TestMock; readonly id: string }> {
  const mock = await startTestMock(flags);
  const { id } = mock.inside("dark-mode").workspace;
  await remove(mock);
  return { mock, id };
}

async function remove(mock: TestMock): Promise<void> {
  await mock.ask("DELETE", "/tasks/me/dark-mode");
  mock.pass(10);
}

/** Makes a task dark-mode anew; gives the id of its workspace. */
async function createAnew(mock: TestMock): Promise<string> {
  const { id } = mock.version("web-agent");
  await mock.ask("POST", "/tasks/me", {
    body: { name: "dark-mode", input: "Again", template_version_id: id },
  });
  mock.pass(20);
  return mock.inside("dark-mode").workspace.id;
}

function shown({ status, body }: Answer): readonly unknown[] {
  return [status, body.id, body.latest_build?.status];
}

describe("a workspace that was deleted lately", () => {
  it("is found by owner and name only when deleted ones are asked for", async () => {
    const { mock, id } = await afterDeletion();
    expect((await mock.ask("GET", byName)).status).toBe(404);
    expect((await mock.ask("GET", `${byName}?include_deleted=false`)).status).toBe(404);
    const named = await mock.ask("GET", "/api/v2/users/olga/workspace/DARK-mode?include_deleted=true");
    expect(shown(named)).toEqual([200, id, "deleted"]);
    expect(named.body).toEqual((await mock.ask("GET", `/api/v2/workspaces/${id}?include_deleted=true`)).body);
  });

  it("stands back behind one that lives", async () => {
    const { mock, id } = await afterDeletion();
    const living = await createAnew(mock);
    expect(living).not.toBe(id);
    for (const query of ["", "?include_deleted=false", "?include_deleted=true"]) {
      expect(shown(await mock.ask("GET", byName + query))).toEqual([200, living, "running"]);
    }
  });

  it("stands back behind one of its name that was made later", async () => {
    const { mock } = await afterDeletion();
    const later = await createAnew(mock);
    await remove(mock);
    expect(shown(await mock.ask("GET", `${byName}?include_deleted=true`))).toEqual([200, later, "deleted"]);
  });

  it("is still nothing for those who might not see it", async () => {
    const { mock } = await afterDeletion();
    for (const [user, status] of [["priya", 404] as const, ["nobody", 401] as const]) {
      const path = "/api/v2/users/olga/workspace/dark-mode?include_deleted=true";
      expect((await mock.ask("GET", path, { as: user })).status).toBe(status);
    }
    expect((await mock.ask("GET", "/api/v2/users/me/workspace/none?include_deleted=true")).status).toBe(404);
  });
});

const operations = [
  ["by id", (id: string) => `/api/v2/workspaces/${id}`, 410],
  ["by name", () => byName, 404],
] as const;

describe.each(operations)("include_deleted %s", (_, pathOf, absent) => {
  it("has the spellings of a deployment in profile wire", async () => {
    const { mock, id } = await afterDeletion({ profile: "wire" });
    const status = async (text: string) =>
      (await mock.ask("GET", `${pathOf(id)}?include_deleted=${text}`)).status;
    for (const text of ["1", "t", "T", "TRUE", "true", "True"]) {
      expect([text, await status(text)]).toEqual([text, 200]);
    }
    for (const text of ["", "0", "f", "F", "FALSE", "false", "False"]) {
      expect([text, await status(text)]).toEqual([text, absent]);
    }
  });

  it.each(["yes", "tRUE", "2", "true "])("is refused as %j, with a validation", async (text) => {
    for (const profile of ["wire", "documented"] as const) {
      for (const [requests, outcome] of [
        ["enforce", "contract-request"] as const,
        ["warn", "refused"] as const,
      ]) {
        const { mock, id } = await afterDeletion({ profile, requests });
        const answer = await mock.ask("GET", `${pathOf(id)}?include_deleted=${encodeURIComponent(text)}`);
        expect([answer.status, outcomeOf(answer)]).toEqual([400, outcome]);
        expect(answer.body.validations).toEqual([
          { field: expect.stringContaining("deleted"), detail: expect.any(String) },
        ]);
      }
    }
  });

  it.each(["1", "T", ""])("is a plain boolean in profile documented, so not %j", async (text) => {
    const { mock, id } = await afterDeletion();
    const answer = await mock.ask("GET", `${pathOf(id)}?include_deleted=${text}`);
    expect([answer.status, outcomeOf(answer)]).toEqual([400, "contract-request"]);
  });
});
