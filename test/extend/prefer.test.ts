import { beforeAll, describe, expect, test } from "vitest";
import { type Asking, outcomeOf, startTestMock, type TestMock } from "../support/test-mock.ts";

let mock: TestMock;

beforeAll(async () => {
  mock = await startTestMock();
});

const preferring = (prefer: string): Asking => ({ headers: { Prefer: prefer } });
const newTask = () => ({ template_version_id: mock.version("web-agent").id, input: "Do it" });

describe("an answer that a request prefers", () => {
  test.each([
    { prefer: "code=500", status: 500 },
    { prefer: "code=200, dynamic=false", status: 200 },
    { prefer: "return=minimal; code=404", status: 404 },
    { prefer: 'Code="401"', status: 401 },
    { prefer: "example=seed", status: 200 },
    { prefer: 'code=200;example="seed"', status: 200 },
    { prefer: "example=seed, dynamic=true", status: 200 },
    { prefer: "dynamic=true", status: 200 },
    { prefer: "dynamic=true, code=404", status: 404 },
    { prefer: "code=404, code=200", status: 404 },
  ])("with $prefer has status $status, whether or not there is such a task", async ({ prefer, status }) => {
    const answer = await mock.ask("GET", "/tasks/me/none", preferring(prefer));
    expect([answer.status, outcomeOf(answer)]).toEqual([status, "fallback"]);
    expect(answer.headers["x-mock-violations"]).toBeUndefined();
  });

  test.each([
    { search: "__code=409", status: 409 },
    { search: "__code=201&__example=seed", status: 201 },
    { search: "__dynamic=true", status: 201 },
  ])("can be asked for with ?$search, which is no undocumented parameter", async ({ search, status }) => {
    const before = await mock.everything();
    const answer = await mock.ask("POST", `/tasks/me?${search}`, { body: newTask() });
    expect([answer.status, outcomeOf(answer)]).toEqual([status, "fallback"]);
    expect(answer.headers["x-mock-violations"]).toBeUndefined();
    expect(await mock.everything()).toEqual(before);
  });

  test("is the contract's own example where there is one", async () => {
    const named = await mock.ask("GET", "/tasks/me/none", preferring("example=seed"));
    const plain = await mock.ask("GET", "/tasks/me/none", preferring("code=200"));
    const { paths, components } = (await mock.ask("GET", "/openapi.json")).body;
    const { examples } = paths["/tasks/{user}/{task}"].get.responses["200"].content["application/json"];
    expect(examples.seed).toEqual({ $ref: "#/components/examples/Task" });
    expect(named.body).toEqual(components.examples.Task.value);
    expect(plain.body).toEqual(named.body);
  });

  test("follows the header where the query says something else", async () => {
    const answer = await mock.ask("GET", "/tasks?__code=500", preferring("code=401"));
    expect(answer.status).toBe(401);
  });

  test("stands in the journal as made up", async () => {
    const answer = await mock.ask("GET", "/tasks", preferring("code=500"));
    const id = answer.headers["x-mock-request-id"];
    const { body } = await mock.ask("GET", `/__admin/requests/${id}`, { as: "nobody" });
    expect(body).toMatchObject({ operation: "list-ai-tasks", status: 500, outcome: "fallback" });
  });

  test("is left alone when the preference is of another kind", async () => {
    const answer = await mock.ask("GET", "/tasks", preferring("return=minimal, respond-async, wait=100"));
    expect([answer.status, outcomeOf(answer)]).toEqual([200, "handled"]);
  });
});

describe("what comes before a preferred answer", () => {
  test("is the token", async () => {
    const answer = await mock.ask("GET", "/tasks", { ...preferring("code=200"), as: "nobody" });
    expect([answer.status, outcomeOf(answer)]).toEqual([401, "refused"]);
  });

  test("is the check of the request", async () => {
    const answer = await mock.ask("POST", "/tasks/me", { ...preferring("code=409"), body: { input: 5 } });
    expect([answer.status, outcomeOf(answer)]).toEqual([400, "contract-request"]);
  });

  test("is the route", async () => {
    const answer = await mock.ask("PUT", "/tasks", preferring("code=200"));
    expect([answer.status, outcomeOf(answer)]).toEqual([405, "no-match"]);
  });
});

describe("a preference that cannot be met", () => {
  test.each([
    {
      prefer: "code=418",
      message: "The contract has no answer 418 for list-ai-tasks.",
      detail: "It has 200, 400, 401, 500.",
    },
    {
      prefer: "example=mine",
      message: 'The contract has no example "mine" for list-ai-tasks.',
      detail: /^Answer 200, 400, 401, 500 has "seed" \(200\)/,
    },
    {
      prefer: "example=seed, code=500",
      message: 'The contract has no example "seed" for list-ai-tasks.',
      detail: /^Answer 500 has /,
    },
  ])("such as $prefer is a 404 that names what there is", async ({ prefer, message, detail }) => {
    const answer = await mock.ask("GET", "/tasks", preferring(prefer));
    expect([answer.status, outcomeOf(answer)]).toEqual([404, "no-match"]);
    expect(answer.body).toEqual({ message, detail: expect.stringMatching(detail) });
  });

  test.each([
    { prefer: "code=fine", place: "header Prefer, code", expected: "a status such as 409" },
    { prefer: "code=100", place: "header Prefer, code", expected: "a status such as 409" },
    { prefer: "code=99", place: "header Prefer, code", expected: "a status such as 409" },
    { prefer: "dynamic=yes", place: "header Prefer, dynamic", expected: "true or false" },
    { prefer: "example=", place: "header Prefer, example", expected: "the name of an example" },
    { search: "?__code=1e2", place: "query parameter __code", expected: "a status such as 409" },
    { search: "?__dynamic", place: "query parameter __dynamic", expected: "true or false" },
  ])(
    "such as $prefer$search is a 400 that says what was expected",
    async ({ prefer, search = "", ...said }) => {
      const answer = await mock.ask("GET", `/tasks${search}`, prefer === undefined ? {} : preferring(prefer));
      expect([answer.status, outcomeOf(answer)]).toEqual([400, "no-match"]);
      expect(answer.body.detail).toMatch(
        new RegExp(`^In ${said.place} stands ".*"; expected ${said.expected}.$`),
      );
    },
  );
});
