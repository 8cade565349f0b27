import { describe, expect, it } from "vitest";
import { type AdminEngine, createTask, openContracts, startAdminEngine } from "../support/admin-engine.ts";
import type { BadCall } from "./bad-call.ts";
import { badFaultCalls } from "./bad-fault-calls.ts";
import { badJournalCalls } from "./bad-journal-calls.ts";

const contracts = await openContracts();

/** All that a call could have changed. */
async function everything({ admin, host }: AdminEngine) {
  const views = ["/tasks", "/users", "/templates", "/clock", "/requests", "/snapshots", "/worlds", "/faults"];
  const bodies = await Promise.all(views.map(async (view) => (await admin("GET", view)).body));
  return { bodies, settings: host.world.settings, epoch: host.epoch, counters: [...host.world.ids.counters] };
}

const calls: readonly BadCall[] = [
  ["POST", "/reset", { scenario: "nothing" }, 404],
  ["POST", "/reset", { scenario: 7 }, 400],
  ["POST", "/reset", { revision: "2.29" }, 400],
  ["POST", "/reset", { revision: "new" }, 400],
  ["POST", "/reset", { profile: "loose" }, 400],
  ["POST", "/reset", { sedd: "1" }, 400],
  ["POST", "/reset", "{", 400],
  ["POST", "/reset", [], 400],
  ["POST", "/worlds", { id: "no good" }, 400],
  ["POST", "/worlds", { id: "default" }, 409],
  ["POST", "/worlds", { scenario: "nothing" }, 404],
  ["POST", "/worlds", { scenario: "test", state: {} }, 400],
  ["POST", "/worlds", { ttl: "soon" }, 400],
  ["GET", "/worlds/nowhere", undefined, 404],
  ["DELETE", "/worlds/nowhere", undefined, 404],
  ["DELETE", "/worlds/default", undefined, 409],
  ["GET", "/clock?world=nowhere", undefined, 404],
  ["GET", "/scenarios/nothing", undefined, 404],
  ["GET", "/scenarios/%ff", undefined, 400],
  ["PUT", "/state", undefined, 400],
  ["PUT", "/state", [], 400],
  ["PUT", "/state", {}, 400],
  ["GET", "/state?format=xml", undefined, 400],
  ["GET", "/state?format=", undefined, 400],
  ["GET", "/state?format=yaml&format=json", undefined, 400],
  ["POST", "/snapshots", undefined, 400],
  ["POST", "/snapshots", {}, 400],
  ["POST", "/snapshots", { name: 7 }, 400],
  ["POST", "/snapshots", { name: "" }, 400],
  ["POST", "/snapshots", { name: ".hidden" }, 400],
  ["POST", "/snapshots", { name: "two words" }, 400],
  ["POST", "/snapshots", { name: "a/b" }, 400],
  ["POST", "/snapshots", { name: "line\n" }, 400],
  ["POST", "/snapshots", { name: "x".repeat(65) }, 400],
  ["POST", "/snapshots", { name: "diff" }, 400],
  ["POST", "/snapshots", { name: "diff", replace: true }, 400],
  ["POST", "/snapshots", { name: "new", replace: "yes" }, 400],
  ["POST", "/snapshots", { name: "new", force: true }, 400],
  ["POST", "/snapshots", { name: "kept" }, 409],
  ["POST", "/snapshots", { name: "kept", replace: false }, 409],
  ["GET", "/snapshots/nothing", undefined, 404],
  ["GET", "/snapshots/%ff", undefined, 400],
  ["DELETE", "/snapshots/nothing", undefined, 404],
  ["DELETE", "/snapshots/Kept", undefined, 404],
  ["POST", "/snapshots/nothing/restore", undefined, 404],
  ["POST", "/snapshots/__proto__/restore", undefined, 404],
  ["GET", "/snapshots/diff", undefined, 400],
  ["GET", "/snapshots/diff?to=kept", undefined, 400],
  ["GET", "/snapshots/diff?from=kept&from=kept", undefined, 400],
  ["GET", "/snapshots/diff?from=", undefined, 404],
  ["GET", "/snapshots/diff?from=nothing", undefined, 404],
  ["GET", "/snapshots/diff?from=kept&to=nothing", undefined, 404],
  ["POST", "/users", undefined, 400],
  ["POST", "/users", {}, 400],
  ["POST", "/users", { username: "" }, 400],
  ["POST", "/users", { username: "no good" }, 400],
  ["POST", "/users", { username: "me" }, 400],
  ["POST", "/users", { username: "0123456789abcdef0123456789abcdef" }, 400],
  ["POST", "/users", { username: "ALICE" }, 409],
  ["POST", "/users", { username: "new-one", organization: "nowhere" }, 404],
  ["POST", "/users", { username: "new-one", roles: ["king"] }, 400],
  ["POST", "/users", { username: "new-one", github_user_id: 1.5 }, 400],
  ["POST", "/tokens", {}, 400],
  ["POST", "/tokens", { user: "nobody" }, 404],
  ["POST", "/tokens", { user: "alice", expires_in: "soon" }, 400],
  ["POST", "/tokens", { user: "alice", expires_in: "-1s" }, 400],
  ["GET", "/tasks?limit=0", undefined, 400],
  ["GET", "/tasks?limitt=5", undefined, 400],
  ["GET", "/coverage?scoop=all", undefined, 400],
  ["GET", "/events?after=0", undefined, 400],
  ["GET", "/tasks?limit=1001", undefined, 400],
  ["GET", "/tasks?limit=ten", undefined, 400],
  ["GET", "/tasks/nothing", undefined, 404],
  ["GET", "/tasks/alice:nothing", undefined, 404],
  ["GET", "/tasks/nobody:fix-it", undefined, 404],
  ["GET", "/tasks/00000000-0000-4000-8000-00000000ffff", undefined, 404],
  ["GET", "/tasks/shared", undefined, 409],
  ["POST", "/tasks/nothing/build", "{", 404],
  ["POST", "/tasks/fix-it/build", undefined, 400],
  ["POST", "/tasks/fix-it/build", {}, 400],
  ["POST", "/tasks/fix-it/build", { job: "pending" }, 400],
  ["POST", "/tasks/fix-it/build", { job: "done" }, 400],
  ["POST", "/tasks/fix-it/build", { job: "succeeded", error: "none" }, 400],
  ["POST", "/tasks/fix-it/build", { job: "failed", reason: "cli" }, 400],
  ["POST", "/tasks/fix-it/build", { error: "lost" }, 400],
  ["POST", "/tasks/fix-it/build", { transition: "pause" }, 400],
  ["POST", "/tasks/fix-it/build", { transition: "stop", reason: "boredom" }, 400],
  ["POST", "/tasks/fix-it/build", { transition: "stop" }, 409],
  ["POST", "/tasks/fix-it/agent", {}, 400],
  ["POST", "/tasks/fix-it/agent", { lifecycle: "asleep" }, 400],
  ["POST", "/tasks/fix-it/agent", { connected: "yes" }, 400],
  ["POST", "/tasks/fix-it/agent", { lifecycle: "ready" }, 409],
  ["POST", "/tasks/fix-it/app", {}, 400],
  ["POST", "/tasks/fix-it/app", { health: "fine" }, 400],
  ["POST", "/tasks/fix-it/app", { busy: 1 }, 400],
  ["POST", "/tasks/fix-it/app", { busy: true }, 409],
  ["POST", "/tasks/fix-it/report", {}, 400],
  ["POST", "/tasks/fix-it/report", { state: "bored", message: "" }, 400],
  ["POST", "/tasks/fix-it/report", { state: "idle" }, 400],
  ["POST", "/tasks/fix-it/messages", { role: "system", content: "Hi" }, 400],
  ["POST", "/tasks/fix-it/messages", { role: "user" }, 400],
  ["POST", "/tasks/shared/settle", undefined, 409],
  ["POST", "/tasks/nothing/wait", { status: "active" }, 404],
  ["POST", "/tasks/shared/wait", { status: "active" }, 409],
  ["POST", "/tasks/fix-it/wait", undefined, 400],
  ["POST", "/tasks/fix-it/wait", {}, 400],
  ["POST", "/tasks/fix-it/wait", { timeout: "1s" }, 400],
  ["POST", "/tasks/fix-it/wait", { status: "done" }, 400],
  ["POST", "/tasks/fix-it/wait", { state: "bored" }, 400],
  ["POST", "/tasks/fix-it/wait", { logs_count: 0 }, 400],
  ["POST", "/tasks/fix-it/wait", { logs_count: 1.5 }, 400],
  ["POST", "/tasks/fix-it/wait", { deleted: "yes" }, 400],
  ["POST", "/tasks/fix-it/wait", { status: "active", timeout: "" }, 400],
  ["POST", "/tasks/fix-it/wait", { status: "active", timeout: 5 }, 400],
  ["POST", "/tasks/fix-it/wait", { status: "active", timeout: "-1s" }, 400],
  ["POST", "/tasks/fix-it/wait", { status: "active", timeout: "601s" }, 400],
  ["POST", "/tasks/fix-it/wait", { status: "active", task: "shared" }, 400],
  ["PUT", "/clock", {}, 400],
  ["PUT", "/clock", { mode: "fast" }, 400],
  ["PUT", "/clock", { mode: "real", speed: 0 }, 400],
  ["PUT", "/clock", { mode: "real", speed: 10_001 }, 400],
  ["PUT", "/clock", { mode: "real", now: "2020-01-01T00:00:00Z" }, 400],
  ["PUT", "/clock", { mode: "real", now: "tomorrow" }, 400],
  ["PUT", "/clock", { mode: "real", now: "2099-01-01T00:00:00Z" }, 400],
  ["POST", "/clock/advance", undefined, 400],
  ["POST", "/clock/advance", {}, 400],
  ["POST", "/clock/advance", { by: "1s", to: "2026-01-01T00:00:01Z" }, 400],
  ["POST", "/clock/advance", { by: "a while" }, 400],
  ["POST", "/clock/advance", { by: "30" }, 400],
  ["POST", "/clock/advance", { by: "" }, 400],
  ["POST", "/clock/advance", { by: "3653d" }, 400],
  ["POST", "/clock/advance", { to: "2025-12-31T23:59:59Z" }, 400],
  ["POST", "/clock/advance", { to: "2026-02-30T00:00:00Z" }, 400],
  ["POST", "/clock/advance", { to: "9999-12-31T23:59:59Z" }, 400],
  ["POST", "/clock/advance", '{"by":"1s","__proto__":{"to":1}}', 400],
  ["POST", "/explore", { rate: 0 }, 400],
  ...badJournalCalls,
  ["GET", "/events?scope=some", undefined, 400],
  ["GET", "/events?last_event_id=-1", undefined, 400],
  ["GET", "/events?last_event_id=first", undefined, 400],
  ...badFaultCalls,
  ["GET", "/nothing", undefined, 404],
];

interface Scene {
  readonly mock: AdminEngine;
  readonly before: Awaited<ReturnType<typeof everything>>;
}

async function prepared(): Promise<Scene> {
  const mock = startAdminEngine({ contracts });
  await createTask(mock, "fix-it");
  await createTask(mock, "shared");
  const other = await mock.api("POST", "/tasks/Bob", {
    body: { template_version_id: "00000000-0000-4000-8000-000000000400", input: "x", name: "shared" },
  });
  expect(other.status).toBe(201);
  await mock.admin("POST", "/snapshots", { name: "kept" });
  await mock.admin("POST", "/faults", { name: "kept", fault: { kind: "empty" } });
  return { mock, before: await everything(mock) };
}

describe("bad input is refused in the envelope and changes nothing", () => {
  /** What a call has left as it was serves the next; after one that has not, the next begins anew. */
  let untouched: Scene | undefined;

  it.each(calls)("%s %s %j is a %i", async (method, path, body, status) => {
    const { mock, before } = untouched ?? (await prepared());
    untouched = undefined;
    const answer = await mock.admin(method, path, body);
    expect({ status: answer.status, message: answer.body?.message }).toEqual({
      status,
      message: expect.stringMatching(/^.+\.$/),
    });
    if (status === 400 && !path.endsWith("/%ff")) {
      expect(answer.body.validations.length).toBeGreaterThan(0);
      for (const { field, detail } of answer.body.validations) {
        expect(field).not.toBe("");
        expect(detail).not.toBe("");
      }
    }
    expect(await everything(mock)).toEqual(before);
    untouched = { mock, before };
  });

  it("covers every operation that takes a body or names something", () => {
    const hit = new Set(
      calls.map(([method, path]) => {
        const match = contracts.admin.match(method, `/__admin${path.split("?")[0]}`);
        return match.kind === "operation" ? match.operation.id : "";
      }),
    );
    const needing = [...contracts.admin.operations.values()].filter(
      ({ path, takesBody }) => takesBody || path.includes("{"),
    );
    expect(needing.filter(({ id }) => !hit.has(id)).map(({ id }) => id)).toEqual([]);
  });
});

describe("a complaint tells what would do", () => {
  it.each([
    ["POST", "/reset", { scenario: "othr" }, 'Did you mean "other"? Known: other, test.'],
    ["POST", "/users", { username: "x", organization: "nowhere" }, "Known: acme, umbrella."],
    ["GET", "/tasks/shared", undefined, "Name one of alice:shared, Bob:shared."],
  ])("%s %s %j", async (method, path, body, detail) => {
    const mock = startAdminEngine({ contracts });
    await createTask(mock, "shared");
    await mock.api("POST", "/tasks/Bob", {
      body: { template_version_id: "00000000-0000-4000-8000-000000000400", input: "x", name: "shared" },
    });
    expect((await mock.admin(method, path, body)).body.detail).toBe(detail);
  });

  it("and never advises a flag that does not apply to the admin API", async () => {
    const { body } = await startAdminEngine({ contracts }).admin("POST", "/reset", { scenario: 7 });
    expect(body.detail).toBe("Each validation below names one place.");
  });

  it("a wrong method is a 405 that lists the right ones", async () => {
    const answer = await startAdminEngine({ contracts }).admin("DELETE", "/clock");
    expect([answer.status, answer.headers["Allow"]]).toEqual([405, "GET, PUT"]);
  });

  it("a body of another content type is refused, so that a form on a web page cannot send one", async () => {
    const mock = startAdminEngine({ contracts });
    const headers = { "content-type": "text/plain" };
    const answer = await mock.ask({ method: "POST", path: "/__admin/reset", body: {}, headers });
    expect(answer.status).toBe(400);
  });
});
