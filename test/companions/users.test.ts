import { beforeAll, describe, expect, it } from "vitest";
import { startTestMock, type TestMock } from "../support/test-mock.ts";

let mock: TestMock;
beforeAll(async () => {
  mock = await startTestMock();
});

async function users(query: string, as = "olga"): Promise<readonly string[]> {
  const { status, body } = await mock.ask("GET", `/api/v2/users${query}`, { as });
  expect(status).toBe(200);
  return body.users.map(({ username }: { readonly username: string }) => username);
}

function q(text: string): string {
  return `?q=${encodeURIComponent(text)}`;
}

const everybody = ["ines", "mateo", "olga", "priya", "tomasz"];

describe("the list of users", () => {
  it.each([
    ["olga", everybody],
    // An organization's admin sees its members.
    ["ines", everybody],
    ["mateo", ["mateo"]],
    ["tomasz", ["tomasz"]],
  ])("shows %s %j", async (as, expected) => {
    expect(await users("", as)).toEqual(expected);
  });

  it.each<[string, readonly string[]]>([
    ["github_com_user_id:7340218", ["mateo"]],
    ["github_com_user_id:1", []],
    ["github_com_user_id:0", everybody],
    ["MAT", ["mateo"]],
    ["harbor.example", everybody],
    ["search:olga@", ["olga"]],
    ["name:ferr", ["mateo"]],
    ['name:"priya raman"', ["priya"]],
    ["status:active", everybody],
    ["status:dormant,suspended", []],
    ["status:dormant status:active", everybody],
    ["role:owner", ["olga"]],
    ["role:owner role:auditor", ["olga", "tomasz"]],
    ["role:member", everybody],
    ["login_type:github", ["mateo"]],
    ["login_type:password o", ["ines", "olga", "priya", "tomasz"]],
  ])("finds by %s %j", async (text, expected) => {
    expect(await users(q(text))).toEqual(expected);
  });

  it("shows each user as the operation on one does", async () => {
    const { body } = await mock.ask("GET", `/api/v2/users${q("github_com_user_id:7340218")}`);

    expect(body).toEqual({ users: [(await mock.ask("GET", "/api/v2/users/mateo")).body], count: 1 });
  });

  it.each<[string, readonly string[], number]>([
    ["?limit=2", ["ines", "mateo"], 5],
    ["?limit=2&offset=1", ["mateo", "olga"], 5],
    ["?limit=0", everybody, 5],
    ["?offset=4", ["tomasz"], 5],
    ["?offset=5", [], 0],
    ["?q=o&limit=1", ["ines"], 5],
  ])("comes in pages: %s has %j of %d", async (query, expected, count) => {
    const { body } = await mock.ask("GET", `/api/v2/users${query}`);

    expect(await users(query)).toEqual(expected);
    expect(body.count).toBe(count);
  });

  it("goes on behind a user, and is empty behind nobody", async () => {
    expect(await users(`?after_id=${mock.user("olga").id}`)).toEqual(["priya", "tomasz"]);
    expect(await users(`?after_id=${mock.user("olga").id}&limit=1`)).toEqual(["priya"]);
    expect(await users("?after_id=00000000-0000-4000-8000-000000000000")).toEqual([]);
  });

  it.each<[string, readonly string[]]>([
    ["github_com_user_id:x", ["github_com_user_id"]],
    ["status:asleep", ["status"]],
    ["status:active,asleep login_type:magic", ["status", "login_type"]],
    ["colour:red status:asleep", ["status", "colour"]],
    ["olga search:olga", ["search"]],
    ["a:b:c", ["q"]],
  ])("refuses %s on %j", async (text, fields) => {
    const { status, body } = await mock.ask("GET", `/api/v2/users${q(text)}`);

    expect(status).toBe(400);
    expect(body.message).toBe("Invalid user search query.");
    expect(body.validations.map(({ field }: { readonly field: string }) => field)).toEqual(fields);
  });

  it("needs a token", async () => {
    expect((await mock.ask("GET", "/api/v2/users", { as: "nobody" })).status).toBe(401);
  });
});

describe("a page that cannot be read", () => {
  const queries: readonly (readonly [string, readonly string[]])[] = [
    ["?limit=many", ["limit"]],
    ["?limit=-1", ["limit"]],
    ["?limit=2147483648", ["limit"]],
    ["?limit=1.5&offset=x", ["limit", "offset"]],
    ["?limit=1&limit=2", ["limit"]],
    ["?after_id=olga", ["after_id"]],
  ];

  it.each(queries)("%s breaks the contract", async (query) => {
    const { status, headers } = await mock.ask("GET", `/api/v2/users${query}`);

    expect([status, headers["x-mock-outcome"]]).toEqual([400, "contract-request"]);
  });

  it.each(queries)("%s is refused on %j where the contract is not enforced", async (query, fields) => {
    const lenient = await startTestMock({ requests: "warn" });
    const { status, body } = await lenient.ask("GET", `/api/v2/users${query}`);

    expect(status).toBe(400);
    expect(body.validations.map(({ field }: { readonly field: string }) => field)).toEqual(fields);
  });
});
