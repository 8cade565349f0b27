import fc from "fast-check";
import { agentActs } from "./crowd-agents.ts";
import type { Way } from "./crowd-calls.ts";
import { peopleActs } from "./crowd-people.ts";

const name = fc.nat(5).map((n) => `made-${n}`);
/** Tasks that are made on the way, and some that every world has from the start, under the same ids. */
const task = fc.oneof(
  { weight: 3, arbitrary: name },
  { weight: 2, arbitrary: fc.constantFrom("dark-mode", "csv-import", "cache-headers", "report-query") },
);
const owner = fc.constantFrom("olga", "priya");

const order = fc.oneof(
  fc
    .constantFrom("running", "succeeded", "failed", "canceled")
    .map((job) => ({ path: "build", body: { job } })),
  fc
    .constantFrom("start", "stop")
    .map((transition) => ({ path: "build", body: { transition, job: "succeeded" } })),
  fc
    .constantFrom("ready", "start_error", "shutting_down")
    .map((lifecycle) => ({ path: "agent", body: { lifecycle } })),
  fc
    .constantFrom<object>({ health: "healthy" }, { health: "unhealthy" }, { busy: true }, { linked: false })
    .map((body) => ({ path: "app", body })),
  fc.constantFrom("working", "idle", "failure").map((state) => ({ path: "report", body: { state } })),
  fc.constant({ path: "messages", body: { role: "agent" } }),
  fc.constant({ path: "settle", body: {} }),
);
const leap = fc.oneof(
  fc.constantFrom("0s", "400ms", "1s", "2s", "30s", "1h").map((by) => ({ by })),
  fc.nat(9).map((n) => ({ next: n + 1 })),
  fc
    .record({ task, status: fc.constantFrom("active", "paused", "error") })
    .map((until) => ({ until, limit: "1m" })),
);
const slot = fc.constantFrom("one", "two");

const act = fc.oneof(
  ...peopleActs,
  { weight: 5, arbitrary: agentActs(task) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("create" as const), name, owner }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("list" as const) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("get" as const), task }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("logs" as const), task }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("send" as const), task }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("patch" as const), task }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("pause" as const), task }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("resume" as const), task }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("delete" as const), task }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("steer" as const), task, order }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("wait" as const), task }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("advance" as const), leap }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("journal" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("state" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("reset" as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("snapshot" as const), slot }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("restore" as const), slot }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("recreate" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("clash" as const), other: fc.nat() }) },
);

/** What a client does next: in which world, how it names it, and what. */
export const crowdSteps = fc.record({
  world: fc.nat(),
  way: fc.constantFrom<Way>("path", "header", "token", "all"),
  act,
});
export type CrowdStep = typeof crowdSteps extends fc.Arbitrary<infer Step> ? Step : never;
export type Act = CrowdStep["act"];
