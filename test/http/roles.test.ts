import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { asInstant } from "../../src/domain/instant.ts";
import { startTestMock, type TestMock } from "../support/test-mock.ts";
import { type AskedOperation, taskOperations } from "./task-operations.ts";

let on: TestMock;
beforeAll(async () => {
  on = await startTestMock();
});
beforeEach(() => on.reset());

const onTasks = taskOperations.filter(({ takes }) => takes === "task");

/** A task of the member Mateo that the operation works on; `csv-import` is shared with Priya. */
function mateosTask({ id }: AskedOperation): string {
  return id === "update-ai-task-input" || id === "resume-task" ? "report-query" : "csv-import";
}

/** Asks for an operation on a task of Mateo, by id and, where the contract takes one, by name. */
async function statusFor(
  as: string,
  operation: AskedOperation,
  task = mateosTask(operation),
): Promise<number> {
  const path = operation.path("me", on.id(task));
  const body = operation.body?.(on);
  return (await on.ask(operation.method, path, { as, ...(body === undefined ? {} : { body }) })).status;
}

describe("who may do what to a task of a member", () => {
  const all = Object.fromEntries(onTasks.map(({ id, done }) => [id, done]));
  const none = Object.fromEntries(onTasks.map(({ id }) => [id, 404]));

  it.each([
    ["its owner: everything", "mateo", all],
    ["the site's owner: everything", "olga", all],
    ["the organization's admin: everything", "ines", all],
    ["an auditor: nothing, not even see it", "tomasz", none],
  ])("%s", async (_, as, expected) => {
    const statuses: Record<string, number> = {};
    for (const operation of onTasks) {
      on.reset();
      statuses[operation.id] = await statusFor(as, operation);
    }
    expect(statuses).toEqual(expected);
  });

  it("another member: nothing, not even see it, and nothing happens", async () => {
    const { version } = on.mock.host.world;
    for (const operation of onTasks) {
      for (const task of ["report-query", "mobile-menu"]) {
        expect([operation.id, task, await statusFor("priya", operation, task)]).toEqual([
          operation.id,
          task,
          404,
        ]);
      }
    }
    expect(on.mock.host.world.version).toBe(version);
  });

  it("a member with whom it is shared: see it and talk to it, but not start, stop or delete it", async () => {
    const expected = {
      "get-ai-task-by-id-or-name": 200,
      "get-ai-task-logs": 200,
      "send-input-to-ai-task": 204,
      "delete-ai-task": 403,
      "pause-task": 403,
    };
    const statuses = Object.fromEntries(
      await Promise.all(
        onTasks
          .filter(({ id }) => id in expected)
          .map(async (operation) => [operation.id, await statusFor("priya", operation)] as const),
      ),
    );
    expect(statuses).toEqual(expected);
    expect((await on.ask("GET", `/tasks/me/${on.id("csv-import")}`, { as: "priya" })).body.status).toBe(
      "active",
    );
  });

  it("a member with whom it is shared cannot resume it or change its prompt once it is paused", async () => {
    const id = on.id("csv-import");
    await on.ask("POST", `/tasks/me/${id}/pause`, { as: "mateo" });
    on.pass(600);
    expect((await on.ask("GET", `/tasks/me/${id}`, { as: "priya" })).body.status).toBe("paused");
    const resumed = await on.ask("POST", `/tasks/me/${id}/resume`, { as: "priya" });
    expect([resumed.status, resumed.body.message]).toEqual([403, expect.stringMatching(/permission.*start/)]);
    const body = { input: "Something else" };
    expect((await on.ask("PATCH", `/tasks/me/${id}/input`, { as: "priya", body })).status).toBe(404);
  });
});

describe("the list shows", () => {
  const everybodys = 13;
  it.each([
    ["everybody's tasks to the site's owner", "olga", everybodys, ["ines", "mateo", "olga", "priya"]],
    ["those of the organization to its admin", "ines", everybodys, ["ines", "mateo", "olga", "priya"]],
    ["a member's own to the member", "mateo", 3, ["mateo"]],
    ["what is shared with a member, too", "priya", 5, ["mateo", "priya"]],
    ["nothing to an auditor without tasks", "tomasz", 0, []],
  ])("%s", async (_, as, count, owners) => {
    const { body } = await on.ask("GET", "/tasks", { as });
    const tasks: readonly { readonly owner_name: string }[] = body.tasks;
    expect([body.count, tasks.length]).toEqual([count, count]);
    expect([...new Set(tasks.map(({ owner_name }) => owner_name))].sort()).toEqual(owners);
  });

  it("nothing of an organization to the admin of another one", async () => {
    const labs = on.mock.host.world.tables.organizationNamed("labs");
    if (labs === undefined) throw new Error("No organization labs.");
    on.changeUser("ines", { memberships: [{ organizationId: labs.id, roles: ["organization-admin"] }] });
    const { body } = await on.ask("GET", "/tasks", { as: "ines" });
    expect(body.tasks.map(({ owner_name }: { owner_name: string }) => owner_name)).toEqual(["ines", "ines"]);
  });
});

describe("a task may be made", () => {
  it.each([
    ["by every member for herself", "mateo", "me", 201],
    ["by an auditor for himself", "tomasz", "tomasz", 201],
    ["by the site's owner for a member", "olga", "mateo", 201],
    ["by the organization's admin for a member", "ines", "mateo", 201],
    ["but by no member for another", "mateo", "priya", 404],
    ["but by no auditor for a member", "tomasz", "mateo", 404],
    ["but by nobody for a user who does not exist", "olga", "nobody", 400],
  ])("%s", async (_, as, owner, status) => {
    const body = { template_version_id: on.version("web-agent").id, input: "Do it.", name: "fresh" };
    const answer = await on.ask("POST", `/tasks/${owner}`, { as, body });
    expect(answer.status).toBe(status);
    if (status === 201) expect(answer.body.owner_name).toBe(owner === "me" ? as : owner);
  });

  it("but not for somebody outside of the template's organization", async () => {
    on.changeUser("mateo", { memberships: [] });
    const body = { template_version_id: on.version("web-agent").id, input: "Do it." };
    expect((await on.ask("POST", "/tasks/mateo", { as: "olga", body })).status).toBe(404);
    expect((await on.ask("POST", "/tasks/me", { as: "mateo", body })).status).toBe(400);
  });
});

describe("the user in a path", () => {
  const compact = (id: string) => id.replaceAll("-", "");

  it.each<[name: string, as: string, user: (mateo: string) => string, status: number]>([
    ["may be me", "mateo", () => "me", 200],
    ["may be a username", "mateo", () => "mateo", 200],
    ["may be a username in any case", "mateo", () => "MaTeO", 200],
    ["may be an id", "mateo", (id) => id, 200],
    ["may be an id in capitals", "mateo", (id) => id.toUpperCase(), 200],
    ["may be an id without hyphens", "mateo", compact, 200],
    ["may be an id in braces", "mateo", (id) => `%7B${id}%7D`, 200],
    ["may be an id as a URN", "mateo", (id) => `urn:uuid:${id}`, 200],
    ["is no Me with a capital", "mateo", () => "Me", 400],
    ["is no unknown name", "mateo", () => "nobody", 400],
    ["is no unknown id", "mateo", () => "00000000-0000-4000-8000-000000000000", 400],
    ["is no unknown name for the site's owner either", "olga", () => "nobody", 400],
    ["is hidden from other members", "priya", (id) => id, 404],
    ["is hidden from other members by name", "priya", () => "mateo", 404],
    ["is hidden from auditors", "tomasz", () => "mateo", 404],
    ["is seen by the organization's admin", "ines", () => "mateo", 200],
    ["is seen by the site's owner", "olga", () => "mateo", 200],
  ])("%s", async (_, as, user, status) => {
    const answer = await on.ask("GET", `/tasks/${user(on.user("mateo").id)}/report-query`, { as });
    expect(answer.status).toBe(status);
    const isUnknown = status === 400;
    expect(answer.body).toEqual(
      isUnknown
        ? {
            message: expect.stringMatching(/existing uuid or username/),
            detail: expect.stringMatching(/^queried user="/),
          }
        : expect.objectContaining(
            status === 200 ? { name: "report-query" } : { message: expect.any(String) },
          ),
    );
  });

  it("is seen by a user admin, which does not show the tasks", async () => {
    on.changeUser("tomasz", { roles: ["user-admin"] });
    const body = { template_version_id: on.version("web-agent").id, input: "Do it." };
    expect((await on.ask("GET", "/tasks/mateo/report-query", { as: "tomasz" })).status).toBe(404);
    expect((await on.ask("POST", "/tasks/mateo", { as: "tomasz", body })).status).toBe(403);
    expect((await on.ask("GET", "/tasks?q=owner:mateo", { as: "tomasz" })).body).toEqual({
      tasks: [],
      count: 0,
    });
  });
});

describe("the task in a path", () => {
  const nameOf = async (path: string, as = "olga") => {
    const { status, body } = await on.ask("GET", path, { as });
    return [status, body.name];
  };

  it("is found by id whatever user the path names", async () => {
    const id = on.id("report-query");
    for (const user of ["me", "mateo", "priya"]) {
      expect(await nameOf(`/tasks/${user}/${id}`)).toEqual([200, "report-query"]);
    }
    expect(await nameOf(`/tasks/me/${id}`, "mateo")).toEqual([200, "report-query"]);
    expect(await nameOf(`/tasks/priya/${on.id("release-notes")}`, "mateo")).toEqual([404, undefined]);
  });

  it.each([
    ["in capitals", (id: string) => id.toUpperCase()],
    ["without hyphens", (id: string) => id.replaceAll("-", "")],
    ["in braces", (id: string) => `{${id}}`],
    ["as a URN", (id: string) => `urn:uuid:${id}`],
  ])("is found by an id %s", async (_, written) => {
    expect(await nameOf(`/tasks/me/${encodeURIComponent(written(on.id("dark-mode")))}`)).toEqual([
      200,
      "dark-mode",
    ]);
  });

  it("is found by name among the tasks of the user in the path only, in any case", async () => {
    expect(await nameOf("/tasks/me/DARK-mode")).toEqual([200, "dark-mode"]);
    expect(await nameOf("/tasks/olga/dark-mode", "ines")).toEqual([200, "dark-mode"]);
    expect(await nameOf("/tasks/mateo/dark-mode")).toEqual([404, undefined]);
  });

  it("looks the same by id and by name", async () => {
    const byName = await on.ask("GET", "/tasks/me/dark-mode");
    const byId = await on.ask("GET", `/tasks/me/${on.id("dark-mode")}`);
    expect(byName.text).toBe(byId.text);
  });

  it("is found by id before one that has this id for a name", async () => {
    const make = (name: string) =>
      on.ask("POST", "/tasks/me", {
        body: { template_version_id: on.version("web-agent").id, input: "a", name },
      });
    const taken = on.id("dark-mode").replaceAll("-", "");
    const free = "0123456789abcdef0123456789abcdef";
    expect([(await make(taken)).status, (await make(free)).status]).toEqual([201, 201]);
    expect(await nameOf(`/tasks/me/${taken}`)).toEqual([200, "dark-mode"]);
    expect(await nameOf(`/tasks/me/${free}`)).toEqual([200, free]);
  });

  it("is found neither by its workspace's id nor once it is deleted", async () => {
    const { task, workspace } = on.inside("dark-mode");
    expect(await nameOf(`/tasks/me/${workspace.id}`)).toEqual([404, undefined]);
    expect((await on.ask("DELETE", "/tasks/me/dark-mode")).status).toBe(202);
    expect(await nameOf("/tasks/me/dark-mode")).toEqual([404, undefined]);
    expect(await nameOf(`/tasks/me/${task.id}`)).toEqual([404, undefined]);
  });
});

const bearer = (token: string) => ({ Authorization: `bEaReR ${token}` });
const userSources = [
  ["the cookie", (token: string) => ({ headers: { Cookie: `theme=dark; coder_session_token=${token}` } })],
  ["the query's coder_session_token", (token: string) => ({ query: `coder_session_token=${token}` })],
  ["the header Coder-Session-Token", (token: string) => ({ headers: { "Coder-Session-Token": token } })],
  ["the bearer token", (token: string) => ({ headers: bearer(token) })],
  ["the query's access_token", (token: string) => ({ query: `access_token=${token}` })],
] as const;

interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: string;
}

describe("a session token", () => {
  async function ownerOf(parts: readonly Sent[]): Promise<unknown> {
    const query = ["q=owner:me", ...parts.flatMap((part) => part.query ?? [])].join("&");
    const headers = Object.assign({}, ...parts.map((part) => part.headers));
    const { status, body, headers: got } = await on.ask("GET", `/tasks?${query}`, { as: "nobody", headers });
    return status === 200 ? [body.tasks[0].owner_name, got["x-mock-violations"]] : status;
  }

  it.each(userSources)("is taken from %s", async (_, source) => {
    expect(await ownerOf([source(on.token("mateo"))])).toEqual(["mateo", undefined]);
  });

  it("is taken from the first source that has one", async () => {
    for (const [index, [name, first]] of userSources.entries()) {
      for (const [, second] of userSources.slice(index + 1)) {
        const parts = [second(on.token("priya")), first(on.token("mateo"))];
        expect([name, await ownerOf(parts)]).toEqual([name, ["mateo", undefined]]);
        const fallen = [second(on.token("priya")), first("")];
        expect([name, await ownerOf(fallen)]).toEqual([name, ["priya", undefined]]);
      }
    }
  });

  it("is no good from the first source when only the second would be", async () => {
    const parts = [{ headers: { "Coder-Session-Token": "wrong", ...bearer(on.token("mateo")) } }];
    expect(await ownerOf(parts)).toBe(401);
  });

  it("is no good once it has expired, or its user is suspended", async () => {
    const { world } = on.mock.host;
    const text = on.token("mateo");
    const token = world.tables.tokens.get(text);
    if (token === undefined) throw new Error("No token.");
    world.tables.saveToken({ ...token, expiresAt: asInstant(world.now - 1000) });
    const expired = await on.ask("GET", "/tasks", { token: text });
    expect([expired.status, expired.body.detail]).toEqual([401, "API key expired at 2026-02-02T08:59:59Z."]);
    expect(expired.headers["www-authenticate"]).toContain('error="invalid_token"');
    on.changeUser("priya", { status: "suspended" });
    const suspended = await on.ask("GET", "/tasks", { as: "priya" });
    expect([suspended.status, Object.keys(suspended.body)]).toEqual([401, ["message"]]);
  });
});

describe("an agent's token", () => {
  const upload = (parts: Sent) => {
    const query = ["format=agentapi", ...(parts.query === undefined ? [] : [parts.query])].join("&");
    const path = `/api/v2/workspaceagents/me/tasks/${on.id("dark-mode")}/log-snapshot?${query}`;
    const body = { messages: [] };
    return on.ask("POST", path, { as: "nobody", body, headers: parts.headers ?? {} });
  };

  it.each(userSources)(
    "is taken from %s, but a query may hold nothing besides the format",
    async (_, source) => {
      const sent: Sent = source(on.agentToken("dark-mode"));
      const answer = await upload(sent);
      expect(answer.status).toBe(sent.query === undefined ? 204 : 400);
      if (sent.query !== undefined) {
        expect(answer.body.validations).toEqual([
          { field: sent.query.split("=")[0], detail: expect.stringContaining("not a valid query param") },
        ]);
      }
    },
  );

  it("is good for its own task only", async () => {
    expect(
      (await upload({ headers: { "Coder-Session-Token": on.agentToken("fix-login-tests") } })).status,
    ).toBe(404);
  });

  it("is no session token", async () => {
    expect((await on.ask("GET", "/tasks", { token: on.agentToken("dark-mode") })).status).toBe(401);
  });

  it("is good while the agent goes, and no more once the task is deleted", async () => {
    const token = on.agentToken("dark-mode");
    const sent = { headers: { "Coder-Session-Token": token } };
    const id = on.id("dark-mode");
    await on.ask("POST", `/tasks/me/${id}/pause`);
    expect((await upload(sent)).status).toBe(204);
    on.reset();
    await on.ask("DELETE", "/tasks/me/dark-mode");
    const path = `/api/v2/workspaceagents/me/tasks/${id}/log-snapshot?format=agentapi`;
    expect((await on.ask("POST", path, { token, body: { messages: [] } })).status).toBe(401);
  });
});

describe("with --auth any", () => {
  it("every token that is not empty is the default user's, also one that belongs to somebody", async () => {
    const any = await startTestMock({ auth: "any" });
    const count = async (token: string) => {
      const { status, body } = await any.ask("GET", "/tasks", { as: "nobody", token });
      return status === 200 ? body.count : status;
    };
    expect(await count("whatever")).toBe(13);
    expect(await count(any.token("mateo"))).toBe(13);
    expect((await any.ask("GET", "/tasks", { as: "nobody" })).status).toBe(401);
  });
});
