import { describe, expect, it } from "vitest";
import { startTestMock } from "../support/test-mock.ts";

interface Row {
  readonly path?: string;
  readonly header?: string;
  readonly query?: string;
  readonly id?: string;
  readonly status: number;
  /** The world that is made, or what the refusal says. */
  readonly says: string;
}

const rows: readonly Row[] = [
  { query: "new", status: 201, says: "new" },
  { header: "new", status: 201, says: "new" },
  { path: "new", status: 201, says: "new" },
  { query: "new", id: "new", status: 201, says: "new" },
  { path: "new", header: "new", query: "new", id: "new", status: 201, says: "new" },
  { header: "default", status: 201, says: "world-1" },
  { header: "default", id: "new", status: 201, says: "new" },
  { header: "there", id: "new", status: 201, says: "new" },
  { query: "new", id: "other", status: 400, says: "The call names two worlds." },
  { header: "new", query: "other", status: 400, says: "The request names two worlds." },
  { header: "there", query: "new", status: 400, says: "The request names two worlds." },
  { header: "with space", status: 400, says: "The call names a world that cannot be made." },
  { header: "", status: 400, says: "The call names a world that cannot be made." },
  { query: "-x", id: "-x", status: 400, says: "The request breaks the contract of create-world in 1 place." },
  { query: "there", status: 409, says: 'There is already a world "there".' },
  { query: "there", id: "there", status: 409, says: 'There is already a world "there".' },
];

describe("a call that makes a world and names one", () => {
  it.each(rows)("%o", async ({ path, header, query, id, status, says }) => {
    const mock = await startTestMock({ "strict-worlds": true });
    const make = (target: string, headers: Record<string, string>, body?: object) =>
      mock.ask("POST", target, { as: "nobody", headers, ...(body && { body }) });
    await make("/__admin/worlds", {}, { id: "there" });
    const answer = await make(
      `${path === undefined ? "" : `/w/${path}`}/__admin/worlds${query === undefined ? "" : `?world=${query}`}`,
      header === undefined ? {} : { "X-Mock-World": header },
      id === undefined ? undefined : { id },
    );
    expect(answer.status, answer.text).toBe(status);
    expect(answer.body.id ?? answer.body.message).toBe(says);
  });

  it("is refused where it misspells how it names it", async () => {
    const mock = await startTestMock();
    const answer = await mock.ask("POST", "/__admin/worlds?wrold=new", { as: "nobody" });
    expect([answer.status, answer.body.validations?.[0].field]).toEqual([400, "query/wrold"]);
  });

  it("is the only one that may name a world that is not there", async () => {
    const mock = await startTestMock();
    const calls = [
      ["GET", "/__admin/worlds?world=new"],
      ["POST", "/__admin/reset?world=new"],
      ["DELETE", "/__admin/worlds/default?world=new"],
      ["POST", "/w/new/api/v2/tasks/me"],
    ] as const;
    for (const [method, path] of calls) {
      expect((await mock.ask(method, path, { as: "nobody" })).status, path).toBe(404);
    }
  });

  it("is nothing that could be called under --no-admin", async () => {
    const mock = await startTestMock({ "no-admin": true });
    expect((await mock.ask("POST", "/__admin/worlds?world=new", { as: "nobody" })).status).toBe(404);
    expect(mock.mock.worlds.list().map(({ id }) => id)).toEqual(["default"]);
  });
});

describe("an id that begins with six hexadecimal digits and a dot", () => {
  it("is in front of all tokens of its world", async () => {
    const mock = await startTestMock();
    const world = await mock.ask("POST", "/__admin/worlds", { as: "nobody", body: { id: "0badca.fe" } });
    const tokens = Object.values<string>(world.body.tokens);
    expect(tokens.length).toBeGreaterThan(1);
    const task = await mock.ask("GET", "/__admin/tasks/dark-mode?world=0badca.fe", { as: "nobody" });
    const all = [...tokens, task.body.agent.token];
    expect(all.filter((token) => !/^0badca/.test(token))).toEqual([]);
    for (const token of tokens) {
      expect((await mock.ask("GET", "/tasks", { token })).headers["x-mock-world"]).toBe("0badca.fe");
    }
  });

  it.each(["0badca.x", "0BADCA.fe", "0badca-fe", "0badcaf.e"])(
    "beside it, %s is another world, or refused when it would begin alike",
    async (id) => {
      const mock = await startTestMock();
      await mock.ask("POST", "/__admin/worlds", { as: "nobody", body: { id: "0badca.fe" } });
      const other = await mock.ask("POST", "/__admin/worlds", { as: "nobody", body: { id } });
      expect(other.status).toBe(id === "0badca.x" ? 409 : 201);
    },
  );
});
