import fc from "fast-check";
import { jobStatuses, transitions } from "../../src/domain/workspace.ts";
import { bodyOf, flag, taskKey, text } from "./random-values.ts";

const lifecycles = [
  "created",
  "starting",
  "start_timeout",
  "start_error",
  "ready",
  "shutting_down",
  "off",
] as const;
const orders = fc.oneof(
  fc.record({
    path: fc.constant("build" as const),
    body: bodyOf(
      fc.record(
        {
          transition: fc.constantFrom(...transitions),
          job: fc.constantFrom(...jobStatuses),
          error: text,
          reason: fc.constantFrom("cli", "autostop", "x"),
        },
        { requiredKeys: [] },
      ),
    ),
  }),
  fc.record({
    path: fc.constant("build" as const),
    body: fc.record(
      {
        transition: fc.constantFrom(...transitions),
        job: fc.constantFrom("running", "succeeded", "failed", "canceling", "canceled"),
      },
      { requiredKeys: ["job"] },
    ),
  }),
  fc.record({
    path: fc.constant("agent" as const),
    body: bodyOf(
      fc.record({ lifecycle: fc.constantFrom(...lifecycles), connected: flag }, { requiredKeys: [] }),
    ),
  }),
  fc.record({
    path: fc.constant("app" as const),
    body: bodyOf(
      fc.record(
        {
          health: fc.constantFrom("disabled", "initializing", "healthy", "unhealthy", "x"),
          linked: flag,
          busy: flag,
          reachable: flag,
          accepts: flag,
        },
        { requiredKeys: [] },
      ),
    ),
  }),
  fc.record({
    path: fc.constant("report" as const),
    body: bodyOf(
      fc.record({
        state: fc.constantFrom("working", "idle", "complete", "failure", "x"),
        message: text,
        uri: text,
      }),
    ),
  }),
  fc.record({
    path: fc.constant("messages" as const),
    body: bodyOf(fc.record({ role: fc.constantFrom("user", "agent", "x"), content: text })),
  }),
  fc.record({ path: fc.constant("settle" as const), body: fc.constantFrom("", "{}") }),
);
export const steerNames = {
  build: "steer-build",
  agent: "steer-agent",
  app: "steer-app",
  report: "add-report",
  messages: "add-message",
  settle: "settle-task",
} as const;
export const steerCall = fc.record({ kind: fc.constant("steer" as const), task: taskKey, order: orders });
