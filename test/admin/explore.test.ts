import { describe, expect, it } from "vitest";
import { contractKeys } from "../../src/runtime/contract-files.ts";
import { type AdminEngine, createTask, openContracts, startAdminEngine } from "../support/admin-engine.ts";

const contracts = await openContracts();

async function mockWithTask(profile: "wire" | "documented" = "wire"): Promise<AdminEngine> {
  const mock = startAdminEngine({ contracts, profile });
  await createTask(mock);
  return mock;
}

const task = "/tasks/alice/fix-it";

/** Statuses, bodies and marks of a few polls. */
async function polls(mock: AdminEngine, count = 8): Promise<readonly string[]> {
  const seen: string[] = [];
  for (let round = 0; round < count; round++) {
    const { status, body, headers } = await mock.api("GET", round % 2 === 0 ? task : "/tasks");
    seen.push(`${status} ${headers["X-Mock-Varied"] ?? "-"} ${JSON.stringify(body)}`);
  }
  return seen;
}

describe("POST /explore", () => {
  it("names the first of a hundred thousand operations that are not known", async () => {
    const mock = startAdminEngine({ contracts });
    const operations = Array.from({ length: 100_000 }, (_, index) => `s${index}`);
    const { status, body } = await mock.admin("POST", "/explore", { operations });
    expect(status).toBe(400);
    expect(body.validations).toHaveLength(100);
    expect(body.validations[0].field).toBe("body/operations/0");
  });

  it("varies answers from then on, marks them, and leaves the state alone", async () => {
    const mock = await mockWithTask();
    const before = await polls(mock, 2);
    const state = await mock.admin("GET", "/tasks");
    const begun = await mock.admin("POST", "/explore", { seed: 7, rate: 0.5 });
    expect(begun).toMatchObject({
      status: 200,
      body: { exploring: true, seed: "7", rate: 0.5, explored: [] },
    });
    const during = await polls(mock, 6);
    expect(during.every((one) => /^200 [1-9]/.test(one))).toBe(true);
    expect(await mock.admin("GET", "/tasks")).toEqual(state);
    await mock.admin("DELETE", "/explore");
    expect(await polls(mock, 2)).toEqual(before);
  });

  it("gives the same bytes for the same seed and calls", async () => {
    const [one, other] = [await mockWithTask(), await mockWithTask()];
    for (const mock of [one, other]) await mock.admin("POST", "/explore", { seed: "again" });
    const seen = await polls(one);
    expect(await polls(other)).toEqual(seen);
    await one.admin("POST", "/explore", { seed: "again" });
    expect(await polls(one)).toEqual(seen);
    await one.admin("POST", "/explore", { seed: "other" });
    expect(await polls(one)).not.toEqual(seen);
  });

  it("takes the world's seed, a fifth of the places, all operations and all kinds when nothing is said", async () => {
    const mock = await mockWithTask();
    expect((await mock.admin("POST", "/explore")).body).toMatchObject({
      exploring: true,
      seed: "1",
      rate: 0.2,
      operations: [
        "list-ai-tasks",
        "create-a-new-ai-task",
        "get-ai-task-by-id-or-name",
        "get-ai-task-logs",
        "pause-task",
        "resume-task",
      ],
      kinds: ["missing", "null", "enum", "empty", "text", "format"],
    });
  });

  it("takes a kind that is named twice for one, and a hundred thousand that are none for a mistake", async () => {
    const mock = await mockWithTask();
    const twice = await mock.admin("POST", "/explore", { kinds: ["null", "text", "null"] });
    expect(twice.body.kinds).toEqual(["null", "text"]);
    const kinds = Array.from({ length: 100_000 }, (_, index) => `kind-${index}`);
    expect((await mock.admin("POST", "/explore", { kinds })).status).toBe(400);
  });

  it("keeps to the operations and kinds that are named", async () => {
    const mock = await mockWithTask();
    const order = { rate: 1, operations: ["get-ai-task-by-id-or-name"], kinds: ["format"] };
    await mock.admin("POST", "/explore", order);
    const { body, headers } = await mock.api("GET", task);
    expect(headers["X-Mock-Varied"]).toMatch(/^[1-9]/);
    expect(body.current_state).toBeNull();
    expect((await mock.api("GET", "/tasks")).headers["X-Mock-Varied"]).toBeUndefined();
  });

  it("leaves answers without a body and refusals as they are", async () => {
    const mock = await mockWithTask();
    await mock.admin("POST", "/explore", { rate: 1 });
    const lost = await mock.api("GET", "/tasks/alice/lost");
    expect([lost.status, lost.headers["X-Mock-Varied"]]).toEqual([404, undefined]);
    await mock.admin("POST", "/tasks/fix-it/settle");
    const gone = await mock.api("DELETE", task);
    expect([gone.status, gone.headers["X-Mock-Varied"]]).toEqual([202, undefined]);
  });
});

describe("what a varied answer leads to", () => {
  it("an id in upper case finds the same task", async () => {
    const mock = await mockWithTask();
    const { body } = await mock.api("GET", task);
    const again = await mock.api("GET", `/tasks/me/${body.id.toUpperCase()}`, { who: "member" });
    expect(again.body).toEqual(body);
  });

  it.each(contractKeys)(
    "a whole life goes on in $revision $profile, as if nothing were varied",
    async (key) => {
      const mock = startAdminEngine({ contracts, ...key });
      await mock.admin("POST", "/explore", { rate: 1 });
      const id = await createTask(mock);
      await mock.admin("POST", "/tasks/fix-it/settle");
      const path = `/tasks/alice/${id}`;
      expect((await mock.api("GET", path)).body.status).toBe("active");
      expect((await mock.api("POST", `${path}/send`, { body: { input: "Go on" } })).status).toBe(204);
      expect((await mock.api("GET", `${path}/logs`)).status).toBe(200);
      await mock.admin("POST", "/tasks/fix-it/settle");
      if (key.revision !== "2.30") expect((await mock.api("POST", `${path}/pause`)).status).toBe(202);
      else await mock.admin("POST", "/tasks/fix-it/build", { transition: "stop" });
      await mock.admin("POST", "/tasks/fix-it/settle");
      expect((await mock.api("GET", path)).body.status).toBe("paused");
      expect((await mock.api("PATCH", `${path}/input`, { body: { input: "Anew" } })).status).toBe(204);
      if (key.revision !== "2.30") expect((await mock.api("POST", `${path}/resume`)).status).toBe(202);
      const list = (await mock.api("GET", "/tasks")).body;
      expect([list.count, list.tasks.length]).toEqual([1, 1]);
    },
  );

  it("the journal lists what was varied, as many places as the header counts", async () => {
    const mock = await mockWithTask();
    await mock.admin("POST", "/explore", { rate: 0.4 });
    const { headers } = await mock.api("GET", task);
    const { body } = await mock.admin("GET", `/requests/${headers["X-Mock-Request-Id"]}`);
    expect(String(body.varied.length)).toBe(headers["X-Mock-Varied"]);
    for (const one of body.varied) expect(one).toMatch(/^\/\S+ .+$/);
  });
});

describe("GET /explore", () => {
  it("says that a world does not explore", async () => {
    const mock = await mockWithTask();
    expect((await mock.admin("GET", "/explore")).body).toEqual({ exploring: false });
  });

  it("counts what was used, until nothing is left", async () => {
    const mock = await mockWithTask();
    await mock.admin("POST", "/explore", { rate: 0.01, kinds: ["missing", "format"] });
    await mock.api("GET", task);
    const first = (await mock.admin("GET", "/explore")).body;
    const operation = "get-ai-task-by-id-or-name";
    expect(first.explored).toEqual([{ operation, answers: 1, freedoms: expect.any(Number), tried: 1 }]);
    const { freedoms } = first.explored[0];
    for (let round = 1; round < freedoms; round++) await mock.api("GET", task);
    const last = (await mock.admin("GET", "/explore")).body;
    expect(last.explored).toEqual([{ operation, answers: freedoms, freedoms, tried: freedoms }]);
    const times = last.used.map((one: { readonly times: number }) => one.times);
    expect(times.reduce((sum: number, one: number) => sum + one, 0)).toBe(freedoms);
  });
});

describe("exploring ends", () => {
  it.each([
    ["DELETE", "/explore", undefined, 204],
    ["POST", "/reset", undefined, 200],
    ["PUT", "/state", { any: "state" }, 200],
    ["POST", "/snapshots/kept/restore", undefined, 200],
  ])("with %s %s", async (method, path, body, status) => {
    const mock = await mockWithTask();
    await mock.admin("POST", "/snapshots", { name: "kept" });
    await mock.admin("POST", "/explore", { rate: 1 });
    expect((await mock.admin(method, path, body)).status).toBe(status);
    expect((await mock.admin("GET", "/explore")).body).toEqual({ exploring: false });
    expect((await mock.api("GET", "/tasks")).headers["X-Mock-Varied"]).toBeUndefined();
  });

  it("for one world only, and begins in one only", async () => {
    const mock = await mockWithTask();
    await mock.admin("POST", "/worlds", { id: "other" });
    await mock.admin("POST", "/explore?world=other", { rate: 1 });
    expect((await mock.admin("GET", "/explore")).body).toEqual({ exploring: false });
    await mock.admin("POST", "/reset");
    expect((await mock.admin("GET", "/explore?world=other")).body.exploring).toBe(true);
  });
});

describe("bad input is refused and changes nothing", () => {
  it.each([
    [{ rate: 0 }, "body/rate"],
    [{ rate: 1.01 }, "body/rate"],
    [{ rate: "0.5" }, "body/rate"],
    [{ seed: {} }, "body/seed"],
    [{ seed: 1.5 }, "body/seed"],
    [{ operations: [] }, "body/operations"],
    [{ operations: "list-ai-tasks" }, "body/operations"],
    [{ operations: ["list-ai-tasks", "list-ai-tasks"] }, "body/operations"],
    [{ operations: ["list-ai-tasks", "list-tasks"] }, "body/operations/1"],
    [{ operations: ["delete-ai-task"] }, "body/operations/0"],
    [{ operations: ["get-clock"] }, "body/operations/0"],
    [{ kinds: [] }, "body/kinds"],
    [{ kinds: ["nulls"] }, "body/kinds/0"],
    [{ kind: "null" }, "body/kind"],
    [[], "body"],
    ["{", "body"],
  ])("%j at %s", async (body, field) => {
    const mock = await mockWithTask();
    await mock.admin("POST", "/explore", { seed: "kept" });
    await polls(mock, 3);
    const before = await mock.admin("GET", "/explore");
    const answer = await mock.admin("POST", "/explore", body);
    expect(answer).toMatchObject({ status: 400, body: { message: expect.stringMatching(/^.+\.$/) } });
    expect(answer.body.validations.map((one: { readonly field: string }) => one.field)).toEqual([field]);
    expect(await mock.admin("GET", "/explore")).toEqual(before);
  });

  it("an operation that the revision does not have is named with those that it has", async () => {
    const mock = startAdminEngine({ contracts, revision: "2.30" });
    const { body } = await mock.admin("POST", "/explore", { operations: ["pause-task"] });
    expect(body.validations).toEqual([
      {
        field: "body/operations/0",
        detail:
          'expected an operation that answers with a body, one of "list-ai-tasks", "create-a-new-ai-task", "get-ai-task-by-id-or-name", "get-ai-task-logs"; received "pause-task"',
      },
    ]);
  });

  it("wrong methods and unknown worlds are told", async () => {
    const mock = await mockWithTask();
    expect((await mock.admin("PUT", "/explore", {})).headers["Allow"]).toBe("DELETE, GET, POST");
    expect((await mock.admin("POST", "/explore?world=nowhere", {})).status).toBe(404);
  });
});
