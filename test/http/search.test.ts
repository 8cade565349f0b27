import { beforeAll, describe, expect, it } from "vitest";
import { profiles } from "../../src/domain/revision.ts";
import { outcomeOf, startTestMock, type TestMock } from "../support/test-mock.ts";

let on: TestMock;
beforeAll(async () => {
  on = await startTestMock();
});

interface Listed {
  readonly name: string;
  readonly owner_name: string;
  readonly status: string;
  readonly created_at: string;
}

const search = (q: string, as = "olga") => on.ask("GET", `/tasks?q=${encodeURIComponent(q)}`, { as });

async function names(q: string, as = "olga"): Promise<readonly string[]> {
  const { status, body, text } = await search(q, as);
  if (status !== 200) throw new Error(`${status} ${text}`);
  const tasks: readonly Listed[] = body.tasks;
  expect(body.count).toBe(tasks.length);
  return tasks.map(({ name }) => name);
}

const all = [
  ...["release-notes", "search-index", "audit-log-export", "dark-mode", "csv-import", "email-templates"],
  ...["image-uploads", "fix-login-tests", "mobile-menu", "report-query", "upgrade-router", "cache-headers"],
  "old-experiment",
];
const olgas = ["dark-mode", "email-templates", "fix-login-tests", "cache-headers"];
const mateos = ["csv-import", "mobile-menu", "report-query"];
const unknown = "00000000-0000-4000-8000-000000000000";

describe.each(profiles)("a search in profile %s", (profile) => {
  beforeAll(() => on.reset({ profile }));

  it("without terms gives everything, newest first", async () => {
    const { body } = await on.ask("GET", "/tasks");
    const tasks: readonly Listed[] = body.tasks;
    expect(tasks.map(({ name }) => name)).toEqual(all);
    const stamps = tasks.map(({ created_at }) => Date.parse(created_at));
    expect(stamps).toEqual([...stamps].sort((one, other) => other - one));
    expect(body.count).toBe(all.length);
  });

  it.each<[q: string, expected: readonly string[]]>([
    ["", all],
    ["   ", all],
    ["owner:me", olgas],
    ["OWNER:ME Status:Active", ["dark-mode", "fix-login-tests"]],
    ["mateo", mateos],
    ["Mateo", mateos],
    ["me", olgas],
    ['"mateo"', mateos],
    ['owner:"mateo" status:"paused"', ["report-query"]],
    ['"owner":mateo', mateos],
    ["organization:harbor owner:mateo status:active", ["csv-import"]],
    ["organization:HARBOR", all],
    ["organization:labs", []],
    ["  owner:mateo    status:error  ", ["mobile-menu"]],
    ["owner:mateo status:unknown", []],
    [`owner:${unknown}`, []],
    [`organization:${unknown}`, []],
    ['owner:""', all],
    ["status:pending", ["release-notes"]],
    ["status:initializing", ["search-index", "audit-log-export"]],
    ["status:active", ["dark-mode", "csv-import", "fix-login-tests", "upgrade-router"]],
    ["status:paused", ["report-query", "cache-headers"]],
    ["status:unknown", ["email-templates", "old-experiment"]],
    ["status:error", ["image-uploads", "mobile-menu"]],
  ])("for %j finds what fits", async (q, expected) => {
    expect(await names(q)).toEqual(expected);
  });

  it("takes ids in every form", async () => {
    const owner = on.user("mateo").id;
    const organization = on.inside("dark-mode").task.organizationId;
    for (const id of [owner, owner.toUpperCase(), owner.replaceAll("-", ""), `{${owner}}`]) {
      expect([id, await names(`owner:${id}`)]).toEqual([id, mateos]);
    }
    expect(await names(`organization:${organization} mateo`)).toEqual(mateos);
  });

  it.each<[q: string, fields: readonly string[], says: RegExp]>([
    ["owner:nonexistent", ["owner"], /does not exist/],
    ["organization:nonexistent", ["organization"], /does not exist/],
    ["owner:x organization:y", ["owner", "organization"], /does not exist/],
    ["owner:mateo invalid:param", ["invalid"], /not a valid query param/],
    ["owner:mateo __proto__:x", ["__proto__"], /not a valid query param/],
    ["owner:mateo constructor:x", ["constructor"], /not a valid query param/],
    ["owner:nobody invalid:param", ["owner", "invalid"], /not a valid query param/],
    ["owner:mateo:extra", ["q"], /can only contain 1/],
    [":owner", ["q"], /cannot start or end/],
    ["owner:", ["q"], /cannot start or end/],
    ["invalid:x owner:", ["q"], /cannot start or end/],
    ["owner:me owner:me", ["owner"], /provided more than once/],
    ["status:active status:paused", ["status"], /provided more than once/],
    ["mateo owner:me", ["owner"], /provided more than once/],
    ["foo bar", ["owner"], /foo bar/],
    ["owner:me, status:active", ["owner"], /me,/],
    ['owner:"foo bar"', ["owner"], /foo bar/],
  ])("for %j is refused, field by field", async (q, fields, says) => {
    const answer = await search(q);
    expect([answer.status, outcomeOf(answer)]).toEqual([400, "refused"]);
    expect(answer.body).toEqual({
      message: expect.stringMatching(/^Invalid task search query/),
      validations: expect.any(Array),
    });
    expect(answer.body.validations.map(({ field }: { field: string }) => field)).toEqual(fields);
    expect(answer.text).toMatch(says);
  });

  it.each(["running", "ACTIVEX", "active,", "deleted", "constructor"])(
    "for the status %j fails as the provider does",
    async (status) => {
      const answer = await search(`status:${status}`);
      expect([answer.status, answer.body]).toEqual([
        500,
        {
          message: expect.stringMatching(/^Internal error fetching tasks/),
          detail: expect.stringContaining(status.toLowerCase()),
        },
      ]);
    },
  );
});

describe("a search by somebody", () => {
  it("who may not see the user is refused like one for nobody", async () => {
    const hidden = await search("owner:priya", "mateo");
    const missing = await search("owner:nobody", "mateo");
    expect([hidden.status, missing.status]).toEqual([400, 400]);
    expect(hidden.text.replaceAll("priya", "nobody")).toBe(missing.text);
  });

  it("gives only what the caller may see", async () => {
    expect(await names(`owner:${on.user("priya").id}`, "mateo")).toEqual([]);
    expect(await names("status:active", "mateo")).toEqual(["csv-import"]);
    expect(await names("owner:priya", "ines")).toEqual([
      "release-notes",
      "search-index",
      "upgrade-router",
      "old-experiment",
    ]);
    expect(await names("organization:harbor", "priya")).toContain("csv-import");
  });

  it("means that caller by me, after another's same words", async () => {
    expect(await names("owner:me")).toEqual(olgas);
    expect(await names("owner:me", "mateo")).toEqual(mateos);
    expect(await names("owner:me")).toEqual(olgas);
  });
});

describe("the list", () => {
  it("reads q and nothing else", async () => {
    const answer = await on.ask("GET", "/tasks?limit=1&q=owner%3Amateo&offset=2&owner=priya");
    expect(answer.body.tasks.map(({ name }: Listed) => name)).toEqual(mateos);
  });

  it("takes the first of two, which the contract forbids", async () => {
    const path = "/tasks?q=owner%3Amateo&q=owner%3Ame";
    const enforced = await on.ask("GET", path);
    expect([enforced.status, enforced.body.validations[0].field]).toEqual([400, "query/q"]);
    const lenient = await startTestMock({ requests: "warn" });
    const answer = await lenient.ask("GET", path);
    expect(answer.body.tasks.map(({ name }: Listed) => name)).toEqual(mateos);
    expect(answer.headers["x-mock-violations"]).toBe("1");
  });

  it("filters by the status of the moment", async () => {
    on.reset();
    const body = { template_version_id: on.version("web-agent").id, input: "a", name: "newest" };
    await on.ask("POST", "/tasks/mateo", { body });
    expect(await names("mateo status:pending")).toEqual(["newest"]);
    on.pass(60);
    expect(await names("mateo status:pending")).toEqual([]);
    expect(await names("mateo status:active")).toEqual(["newest", "csv-import"]);
  });

  it("begins with a new task and loses a deleted one at once", async () => {
    on.reset();
    const body = { template_version_id: on.version("web-agent").id, input: "a", name: "newest" };
    await on.ask("POST", "/tasks/mateo", { body });
    await on.ask("DELETE", "/tasks/me/dark-mode");
    expect(await names("")).toEqual(["newest", ...all.filter((name) => name !== "dark-mode")]);
    expect(await names("owner:mateo")).toEqual(["newest", ...mateos]);
  });

  it("of nothing is an empty array", async () => {
    const { text } = await on.ask("GET", "/tasks", { as: "tomasz" });
    expect(JSON.parse(text)).toEqual({ tasks: [], count: 0 });
  });
});
