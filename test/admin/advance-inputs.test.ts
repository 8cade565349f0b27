import { describe, expect, it } from "vitest";
import { exportScenario } from "../../src/scenarios/export/export-scenario.ts";
import { type AdminEngine, createTask, openContracts, startAdminEngine } from "../support/admin-engine.ts";

const contracts = await openContracts();

/** A world at 00:00:02 with a task half-way to its start and a name that two people use. */
async function begun(): Promise<AdminEngine> {
  const mock = startAdminEngine({ contracts, means: { exportScenario } });
  await createTask(mock);
  await createTask(mock, "shared");
  const body = {
    template_version_id: "00000000-0000-4000-8000-000000000400",
    input: "x",
    name: "shared",
  };
  expect((await mock.api("POST", "/tasks/Bob", { body })).status).toBe(201);
  await mock.admin("POST", "/clock/advance", { by: "2s" });
  return mock;
}

async function everything({ admin, host }: AdminEngine) {
  const views = ["/state", "/tasks", "/clock"];
  const bodies = await Promise.all(views.map(async (view) => (await admin("GET", view)).body));
  return { bodies, version: host.world.version };
}

const active = { task: "fix-it", status: "active" };
const second = "2026-01-01T00:00:03Z";

describe("what an advance takes", () => {
  it.each([
    [{ by: "1s" }],
    [{ by: "1h30m" }],
    [{ to: second }],
    [{ to: "2026-01-01T00:00:02Z" }],
    [{ next: true }],
    [{ next: 1 }],
    [{ next: 1_000 }],
    [{ until: active }],
    [{ until: active, limit: "0s" }],
    [{ until: active, limit: "3652d" }],
    [{ until: { task: "fix-it", state: "idle", deleted: false } }],
    [{ until: { task: "fix-it", deleted: true } }],
  ])("%j", async (order) => {
    expect((await (await begun()).admin("POST", "/clock/advance", order)).status).toBe(200);
  });
});

type Refused = readonly [body: unknown, status: number, places: readonly string[]];

const refused: readonly Refused[] = [
  [undefined, 400, ["body"]],
  [[], 400, ["body"]],
  [{}, 400, ["body"]],
  [{ by: "1s", to: second }, 400, ["body"]],
  [{ by: "1s", next: true }, 400, ["body"]],
  [{ to: second, until: active }, 400, ["body"]],
  [{ next: 2, until: active, limit: "1m" }, 400, ["body"]],
  [{ by: "1s", to: second, next: 1, until: active }, 400, ["body"]],
  [{ limit: "1m" }, 400, ["body"]],
  [{ by: "1s", limit: "1m" }, 400, ["body/limit"]],
  [{ next: true, limit: "1m" }, 400, ["body/limit"]],
  [{ by: 1 }, 400, ["body/by"]],
  [{ by: "1 s" }, 400, ["body/by"]],
  [{ by: "-1s" }, 400, ["body/by"]],
  [{ by: "3653d" }, 400, ["body/by"]],
  [{ to: "2026-01-01T00:00:01.999Z" }, 400, ["body/to"]],
  [{ to: "1999-12-31T23:59:59Z" }, 400, ["body/to"]],
  [{ to: "soon" }, 400, ["body/to"]],
  [{ next: false }, 400, ["body/next"]],
  [{ next: 0 }, 400, ["body/next"]],
  [{ next: -1 }, 400, ["body/next"]],
  [{ next: 1.5 }, 400, ["body/next"]],
  [{ next: 1_001 }, 400, ["body/next"]],
  [{ next: "one" }, 400, ["body/next"]],
  [{ next: null }, 400, ["body/next"]],
  [{ until: "idle" }, 400, ["body/until"]],
  [{ until: {} }, 400, ["body/until/task"]],
  [{ until: { task: "fix-it" } }, 400, ["body/until"]],
  [{ until: { status: "active" } }, 400, ["body/until/task"]],
  [{ until: { task: "", status: "active" } }, 400, ["body/until/task"]],
  [{ until: { task: 7, status: "active" } }, 400, ["body/until/task"]],
  [{ until: { task: "fix-it", status: "done" } }, 400, ["body/until/status"]],
  [{ until: { task: "fix-it", state: "bored" } }, 400, ["body/until/state"]],
  [{ until: { task: "fix-it", deleted: "yes" } }, 400, ["body/until/deleted"]],
  [{ until: { ...active, statsu: "idle" } }, 400, ["body/until/statsu"]],
  [{ until: active, limit: "a while" }, 400, ["body/limit"]],
  [{ until: active, limit: "" }, 400, ["body/limit"]],
  [{ until: active, limit: 60 }, 400, ["body/limit"]],
  [{ until: active, limit: "3653d" }, 400, ["body/limit"]],
  [{ until: { task: "nothing", status: "active" } }, 404, []],
  [{ until: { task: "alice:nothing", status: "active" } }, 404, []],
  [{ until: { task: "00000000-0000-4000-8000-00000000ffff", deleted: true } }, 404, []],
  [{ until: { task: "shared", status: "active" } }, 409, []],
];

describe("what an advance refuses changes nothing", () => {
  it.each(refused)("%j is a %i at %j", async (body, status, places) => {
    const mock = await begun();
    const before = await everything(mock);
    const answer = await mock.admin("POST", "/clock/advance", body);
    const { message, validations = [] } = answer.body;
    expect([answer.status, validations.map(({ field }: { field: string }) => field)]).toEqual([
      status,
      places,
    ]);
    expect(message).toMatch(/^[A-Z\d].+\.$/);
    expect(await everything(mock)).toEqual(before);
  });

  it.each([
    [{ by: "1s", next: 2 }, 'expected one of "by", "to", "next" and "until", received "by" and "next"'],
    [{}, 'expected one of "by", "to", "next" and "until", received none of them'],
    [{ next: true, limit: "1m" }, 'goes with "until" only, received beside "next"'],
    [
      { by: "99999d" },
      'expected a span up to ten years, such as "500ms", "30s" or "1h30m", received "99999d"',
    ],
    [{ next: false }, "expected true or a number of events from 1 to 1000, received false"],
    [{ until: { task: "fix-it" } }, 'expected at least one of "status", "state" and "deleted" beside "task"'],
  ])("%j is told what would do", async (body, detail) => {
    const answer = await (await begun()).admin("POST", "/clock/advance", body);
    expect(answer.body.validations[0].detail).toBe(detail);
  });
});
