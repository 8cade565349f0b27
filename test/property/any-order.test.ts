import fc from "fast-check";
import { expect, it } from "vitest";
import { agentLifecycles, appHealths, reportStates } from "../../src/domain/agent.ts";
import { revisions } from "../../src/domain/revision.ts";
import { buildReasons, transitions } from "../../src/domain/workspace.ts";
import {
  type AdminEngine,
  type Answer,
  createTask,
  openContracts,
  startAdminEngine,
} from "../support/admin-engine.ts";

const contracts = await openContracts();

type Call = (mock: AdminEngine) => Promise<Answer>;

function maybe<Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.option(arbitrary, { nil: undefined });
}

const task = fc.constantFrom("first", "second", "alice:first");
const job = fc.constantFrom("running", "succeeded", "failed", "canceling", "canceled");
const transition = fc.constantFrom(...transitions);
const order = fc.oneof(
  fc.record({ path: fc.constant("build"), body: fc.record({ job }) }),
  fc.record({ path: fc.constant("build"), body: fc.record({ transition }) }),
  fc.record({
    path: fc.constant("build"),
    body: fc.record({
      transition: maybe(transition),
      job: maybe(job),
      reason: maybe(fc.constantFrom(...buildReasons)),
    }),
  }),
  fc.record({
    path: fc.constant("agent"),
    body: fc.record({
      lifecycle: maybe(fc.constantFrom(...agentLifecycles)),
      connected: maybe(fc.boolean()),
    }),
  }),
  fc.record({
    path: fc.constant("app"),
    body: fc.record({
      health: maybe(fc.constantFrom(...appHealths)),
      linked: maybe(fc.boolean()),
      busy: maybe(fc.boolean()),
      reachable: maybe(fc.boolean()),
      accepts: maybe(fc.boolean()),
    }),
  }),
  fc.record({
    path: fc.constant("report"),
    body: fc.record({ state: fc.constantFrom("failed", ...reportStates), message: fc.string() }),
  }),
  fc.record({
    path: fc.constant("messages"),
    body: fc.record({ role: fc.constantFrom("user", "agent"), content: fc.string() }),
  }),
  fc.record({ path: fc.constant("settle"), body: fc.constant(undefined) }),
);

const call: fc.Arbitrary<Call> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(task, order).map(
      ([name, { path, body }]): Call =>
        (mock) =>
          mock.admin("POST", `/tasks/${name}/${path}`, body),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.nat(5_000).map(
      (span): Call =>
        (mock) =>
          mock.admin("POST", "/clock/advance", { by: `${span}ms` }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(task, fc.constantFrom("pause", "resume", "send")).map(
      ([name, action]): Call =>
        (mock) =>
          mock.api("POST", `/tasks/alice/${name}/${action}`, { body: { input: "On" } }),
    ),
  },
  {
    weight: 1,
    arbitrary: task.map(
      (name): Call =>
        (mock) =>
          mock.api("DELETE", `/tasks/alice/${name}`),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom("/tasks", "/users", "/clock", "/requests").map(
      (path): Call =>
        (mock) =>
          mock.admin("GET", path),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Call>((mock) => mock.api("GET", "/tasks")) },
);

it("no order of calls makes either API break its contract, and a reset undoes all of it", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...revisions),
      fc.array(call, { maxLength: 25 }),
      async (revision, calls) => {
        const mock = startAdminEngine({ contracts, revision });
        const fresh = startAdminEngine({ contracts, revision });
        for (const name of ["first", "second"]) await createTask(mock, name);
        // An answer that breaks a contract, or a bug, is thrown by the harness.
        for (const next of calls) expect([500, 503]).not.toContain((await next(mock)).status);
        await mock.admin("POST", "/reset");
        for (const one of [mock, fresh]) await createTask(one, "afterwards");
        const views = await Promise.all(
          [mock, fresh].map(async (one) => [
            (await one.admin("GET", "/tasks")).body,
            (await one.api("GET", "/tasks")).body,
            (await one.admin("GET", "/clock")).body,
          ]),
        );
        expect(views[0]).toEqual(views[1]);
      },
    ),
    { numRuns: 60 },
  );
});

it("an agent is there exactly while the latest build is a start that succeeded", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(call, { maxLength: 25 }), async (calls) => {
      const mock = startAdminEngine({ contracts });
      for (const name of ["first", "second"]) await createTask(mock, name);
      for (const next of calls) await next(mock);
      for (const one of (await mock.admin("GET", "/tasks")).body.tasks) {
        const build = one.builds.at(-1);
        const isUp = build.transition === "start" && build.job.status === "succeeded";
        expect(one.agent !== undefined).toBe(isUp);
        const instants = one.due.map(({ at }: { at: string }) => Date.parse(at));
        expect(instants).toEqual(instants.toSorted((a: number, b: number) => a - b));
      }
    }),
    { numRuns: 60 },
  );
});
