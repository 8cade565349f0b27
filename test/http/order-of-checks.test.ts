import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Method } from "../support/http-client.ts";
import { type Asking, outcomeOf, startTestMock, type TestMock } from "../support/test-mock.ts";
import { type AskedOperation, fittingToken, taskOperations } from "./task-operations.ts";

let on: TestMock;
beforeAll(async () => {
  on = await startTestMock();
});
beforeEach(() => on.reset());

/** What can be wrong with a request, in the order in which the answers must tell it. */
const stages = ["method", "token", "user", "task", "contract", "fields", "state"] as const;
type Stage = (typeof stages)[number];

const json = { "Content-Type": "application/json" };

/** A request that goes wrong at a stage, and at every later one at which it can. */
function wrongFrom(
  stage: Stage,
  operation: AskedOperation,
): { method: Method; path: string; asking: Asking } {
  const isWrong = (at: Stage) => stages.indexOf(at) >= stages.indexOf(stage);
  const user = isWrong("user") ? "nobody" : "me";
  const stateful = on.id(isWrong("state") ? "email-templates" : (operation.task ?? "dark-mode"));
  const task = isWrong("task") ? "none" : stateful;
  const fields = isWrong("fields") ? { input: "", template_version_id: stateful } : operation.body?.(on);
  const body = isWrong("contract") ? "{" : fields;
  return {
    method: isWrong("method") ? "PUT" : operation.method,
    path: operation.path(user, task),
    asking: {
      token: isWrong("token") ? "bad" : "API_KEY",
      ...(body === undefined ? {} : { body, headers: json }),
    },
  };
}

interface Told {
  readonly stage: Stage;
  readonly status: number;
  readonly outcome: string;
  readonly says: RegExp;
}

const told: readonly Told[] = [
  { stage: "method", status: 405, outcome: "no-match", says: /^$/ },
  { stage: "token", status: 401, outcome: "refused", says: /signed out/ },
  { stage: "user", status: 400, outcome: "refused", says: /existing uuid or username/ },
  { stage: "task", status: 404, outcome: "refused", says: /^\{"message":"Resource not found[^"]*"\}\n$/ },
  { stage: "contract", status: 400, outcome: "contract-request", says: /line 1, column 2/ },
  { stage: "fields", status: 400, outcome: "refused", says: /input is required|Template version not found/ },
];

/** The answers of a stopping workspace, none where the state does not matter. */
const stateAnswers: Readonly<Record<string, RegExp>> = {
  "delete-ai-task": /^409 .*already active/,
  "update-ai-task-input": /^409 .*paused/,
  "get-ai-task-logs": /^409 .*unknown/,
  "send-input-to-ai-task": /^400 .*unknown/,
  "pause-task": /^409 .*already active/,
  "resume-task": /^409 .*already active/,
};

const operations = taskOperations.filter(({ takes }) => takes === "user" || takes === "task");

describe.each(operations)("of all that is wrong with a request, $id tells the first", (operation) => {
  const applicable = told.filter(({ stage }) => {
    if (stage === "task") return operation.takes === "task";
    if (stage === "contract" || stage === "fields") return operation.body !== undefined;
    return true;
  });

  it.each(applicable)("$stage", async ({ stage, status, outcome, says }) => {
    const { method, path, asking } = wrongFrom(stage, operation);
    const answer = await on.ask(method, path, asking);
    expect([answer.status, outcomeOf(answer)]).toEqual([status, outcome]);
    expect(answer.text).toMatch(says);
  });

  it("state last", async () => {
    const expected = stateAnswers[operation.id];
    const { method, path, asking } = wrongFrom("state", operation);
    const answer = await on.ask(method, path, asking);
    if (expected === undefined) expect(answer.status).toBe(operation.done);
    else expect(`${answer.status} ${answer.text}`).toMatch(expected);
  });
});

describe("of all that is wrong with an agent's upload, the answer tells the first", () => {
  const upload = (task: string, query: string, asking: Asking) =>
    on.ask("POST", `/api/v2/workspaceagents/me/tasks/${task}/log-snapshot${query}`, {
      headers: json,
      ...asking,
    });
  const token = () => on.agentToken("dark-mode");
  const own = () => on.id("dark-mode");
  const others = () => on.id("csv-import");
  const fine = "?format=agentapi";

  it.each<[first: string, ask: () => ReturnType<typeof upload>, status: number, says: RegExp]>([
    ["its token", () => upload("none", "?x=1", { token: "API_KEY", body: "{" }), 401, /token/],
    [
      "the task's id",
      () => upload("dark-mode", "?x=1", { token: token(), body: "{" }),
      400,
      /Invalid task ID/,
    ],
    ["the query", () => upload(others(), "?x=1", { token: token(), body: "{" }), 400, /"field":"x"/],
    [
      "a format that is missing",
      () => upload(others(), "", { token: token(), body: "{" }),
      400,
      /"field":"format"/,
    ],
    [
      "a format given twice",
      () => upload(own(), `${fine}&format=agentapi`, { token: token() }),
      400,
      /"field":"format"/,
    ],
    [
      "an unknown format",
      () => upload(others(), "?format=x", { token: token(), body: "{" }),
      400,
      /agentapi.*, not .*x/,
    ],
    ["whose task it is", () => upload(others(), fine, { token: token(), body: "{" }), 404, /not found/],
    ["the body", () => upload(own(), fine, { token: token(), body: "{" }), 400, /line 1/],
    ["its fields", () => upload(own(), fine, { token: token(), body: {} }), 400, /messages/],
    [
      "its size",
      () => upload(own(), fine, { token: token(), body: { a: "x".repeat(65_536) } }),
      400,
      /65536 bytes/,
    ],
  ])("%s", async (_, ask, status, says) => {
    const answer = await ask();
    expect(answer.status).toBe(status);
    expect(answer.text).toMatch(says);
  });
});

describe("checks within an operation", () => {
  const create = (body: object, user = "me", as = "olga") => on.ask("POST", `/tasks/${user}`, { as, body });

  it("follow the order of the provider when a task is made", async () => {
    const ai = on.version("web-agent").id;
    const plain = on.version("plain-linux").id;
    const long = "ä".repeat(33);
    const bad = { name: "-", display_name: long };
    const unknown = "00000000-0000-0000-0000-000000000000";
    expect((await create({ ...bad, template_version_id: unknown })).body.message).toMatch(
      /version.*not found/,
    );
    expect((await create({ ...bad, template_version_id: plain })).body.message).toMatch(/coder_ai_task/);
    expect((await create({ ...bad, template_version_id: ai })).body).toEqual({
      message: expect.stringMatching(/provided name/),
      detail: expect.any(String),
    });
    const displayName = await create({ name: "dark-mode", display_name: long, template_version_id: ai });
    expect([displayName.status, displayName.body]).toEqual([
      400,
      { message: expect.stringMatching(/64 characters/) },
    ]);
    on.changeUser("mateo", { memberships: [] });
    expect((await create({ name: "dark-mode", template_version_id: ai }, "mateo")).status).toBe(404);
    const taken = await create({ name: "DARK-mode", template_version_id: ai });
    expect([taken.status, taken.body.validations]).toEqual([
      409,
      [{ field: "name", detail: expect.stringMatching(/unique/) }],
    ]);
  });

  it("put permission before an active build, and a running workspace before both", async () => {
    const id = on.id("csv-import");
    expect((await on.ask("POST", `/tasks/me/${id}/resume`, { as: "priya" })).body.message).toMatch(
      /already running/,
    );
    await on.ask("POST", `/tasks/me/${id}/pause`, { as: "mateo" });
    for (const [method, path] of [
      ["POST", "/pause"],
      ["POST", "/resume"],
      ["DELETE", ""],
    ] as const) {
      expect((await on.ask(method, `/tasks/me/${id}${path}`, { as: "priya" })).status).toBe(403);
      expect((await on.ask(method, `/tasks/me/${id}${path}`, { as: "mateo" })).status).toBe(409);
    }
  });

  it("put a blank prompt before the status, and take blanks as a message", async () => {
    const body = { input: " \n\t " };
    expect((await on.ask("PATCH", "/tasks/me/dark-mode/input", { body })).status).toBe(400);
    expect((await on.ask("POST", "/tasks/me/cache-headers/send", { body })).status).toBe(409);
    expect((await on.ask("POST", "/tasks/me/fix-login-tests/send", { body })).status).toBe(204);
  });
});

it("an operation that takes no body does not read it", async () => {
  for (const operation of taskOperations.filter(({ body }) => body === undefined)) {
    on.reset();
    const path = operation.path("me", on.id(operation.task ?? "dark-mode"));
    const asking = {
      token: fittingToken(on, operation),
      body: "{",
      headers: { "Content-Type": "text/plain" },
    };
    const answer = await on.ask(operation.method, path, asking);
    expect([operation.id, answer.status, answer.headers["x-mock-violations"]]).toEqual([
      operation.id,
      operation.done,
      "1",
    ]);
  }
});
