import fc from "fast-check";
import { bodyOf, flag, instant, span, text, uuid } from "./random-values.ts";

const timeCall = fc.oneof(
  fc
    .record({ by: span })
    .map((body) => ({ method: "POST" as const, path: "/clock/advance", admin: "advance-clock", body })),
  fc
    .oneof(
      fc.constantFrom(true, false, 1, 7, 0, 1_001).map((next) => ({ next })),
      fc.record({
        until: fc.record(
          {
            task: fc.constantFrom("made-1", "olga:dark-mode", "dark-mode", uuid, ""),
            status: fc.constantFrom("active", "paused", "x"),
            state: fc.constantFrom("idle", "failure"),
            deleted: flag,
          },
          { requiredKeys: ["task"] },
        ),
        limit: span,
      }),
      fc.constant({ by: "1s", next: true }),
    )
    .map((body) => ({ method: "POST" as const, path: "/clock/advance", admin: "advance-clock", body })),
  fc
    .record({ to: instant })
    .map((body) => ({ method: "POST" as const, path: "/clock/advance", admin: "advance-clock", body })),
  fc
    .record(
      {
        mode: fc.constantFrom("manual", "real", "x"),
        speed: fc.constantFrom(1, 0, -1, 10_000, 0.5),
        now: instant,
      },
      { requiredKeys: [] },
    )
    .map((body) => ({ method: "PUT" as const, path: "/clock", admin: "set-clock", body })),
);

const get = (path: string, operation: string) => ({
  method: "GET" as const,
  path,
  admin: operation,
  body: undefined,
});
const worldCall = fc.oneof(
  fc.constantFrom(
    get("/health", "get-health"),
    get("/version", "get-version"),
    get("/openapi.json", "get-document"),
    get("/scenarios", "list-scenarios"),
    get("/scenarios/default", "get-scenario"),
    get("/scenarios/nope", "get-scenario"),
    get("/state", "get-state"),
    get("/users", "list-users"),
    get("/templates", "list-templates"),
    get("/tasks?limit=3", "list-tasks"),
    get("/tasks?limit=0", "list-tasks"),
    get("/clock", "get-clock"),
    get("/requests?limit=5", "list-requests"),
    get("/requests?status=4xx&since=1", "list-requests"),
    get("/requests/unmatched", "list-unmatched"),
    get("/requests/x", "get-request"),
    { method: "DELETE" as const, path: "/requests", admin: "clear-requests", body: undefined },
  ),
  bodyOf(
    fc.record(
      {
        username: fc.oneof(fc.constantFrom("olga", "zoe", "yan", "xenia"), text),
        email: text,
        name: text,
        organization: fc.constantFrom("harbor", "harbor", "labs", "x"),
        roles: fc.subarray(["owner", "auditor", "organization-admin", "user-admin"]),
        github_user_id: fc.constantFrom(1, 2, 0, 7_340_218),
      },
      { requiredKeys: ["username"] },
    ),
  ).map((body) => ({ method: "POST" as const, path: "/users", admin: "add-user", body })),
  bodyOf(
    fc.record(
      { user: fc.constantFrom("olga", "PRIYA", "zoe", uuid), expires_in: span },
      { requiredKeys: ["user"] },
    ),
  ).map((body) => ({ method: "POST" as const, path: "/tokens", admin: "mint-token", body })),
  bodyOf(
    fc.record(
      {
        scenario: fc.constantFrom("default", "every-status", "nope"),
        seed: fc.oneof(fc.integer(), text),
        revision: fc.constantFrom("2.30", "2.33", "v2.34.1", "9.9", "1.0", "x"),
        profile: fc.constantFrom("documented", "wire", "x"),
      },
      { requiredKeys: [] },
    ),
  ).map((body) => ({ method: "POST" as const, path: "/reset", admin: "reset-world", body })),
);
const slot = fc.constantFrom("one", "two", "diff", "x".repeat(65));
const snapshotName = fc.record({ name: slot, replace: flag }, { requiredKeys: ["name"] });
const momentCall = fc.oneof(
  bodyOf(snapshotName).map((body) => ({
    method: "POST" as const,
    path: "/snapshots",
    admin: "take-snapshot",
    body,
  })),
  fc.constantFrom(
    get("/snapshots", "list-snapshots"),
    get("/snapshots/one", "get-snapshot"),
    get("/snapshots/diff?from=one&to=two", "diff-snapshots"),
    get("/snapshots/diff?from=one", "diff-snapshots"),
    { method: "POST" as const, path: "/snapshots/one/restore", admin: "restore-snapshot", body: undefined },
    { method: "POST" as const, path: "/snapshots/two/restore", admin: "restore-snapshot", body: undefined },
    { method: "DELETE" as const, path: "/snapshots/two", admin: "forget-snapshot", body: undefined },
  ),
);
const otherWorld = fc.constantFrom("w1", "w2", "default");
const worldsCall = fc.oneof(
  bodyOf(
    fc.record(
      {
        id: fc.oneof({ weight: 4, arbitrary: otherWorld }, { weight: 1, arbitrary: text }),
        scenario: fc.constantFrom("default", "every-status", "nope"),
        seed: fc.oneof(fc.integer(), text),
        revision: fc.constantFrom("2.30", "2.33", "x"),
        profile: fc.constantFrom("documented", "wire"),
        clock: fc.record(
          { mode: fc.constantFrom("manual", "real"), now: instant, speed: fc.constantFrom(1, 0) },
          { requiredKeys: [] },
        ),
        ttl: fc.constantFrom("1h", "never", "0s", "soon"),
      },
      { requiredKeys: ["id"] },
    ),
  ).map((body) => ({ method: "POST" as const, path: "/worlds", admin: "create-world", body })),
  fc.constantFrom(get("/worlds", "list-worlds"), get("/clock?world=w1", "get-clock")),
  otherWorld.map((id) => get(`/worlds/${id}`, "get-world")),
  otherWorld.map((id) => ({
    method: "DELETE" as const,
    path: `/worlds/${id}`,
    admin: "delete-world",
    body: undefined,
  })),
);
const timeout = fc.constantFrom("0s", "1ms", "-1s", "11m");
const waitCall = fc.oneof(
  fc
    .record(
      {
        status: fc.constantFrom("active", "paused"),
        logs_count: fc.nat(3),
        deleted: flag,
        timeout,
      },
      { requiredKeys: ["timeout"] },
    )
    .map((body) => ({
      method: "POST" as const,
      path: "/tasks/olga:dark-mode/wait",
      admin: "wait-for-task",
      body,
    })),
  fc
    .record(
      {
        match: fc.record(
          { method: fc.constantFrom("GET", "POST"), status: fc.constantFrom(200, 404) },
          { requiredKeys: [] },
        ),
        count: fc.nat(3),
        timeout,
      },
      { requiredKeys: ["timeout"] },
    )
    .map((body) => ({
      method: "POST" as const,
      path: "/requests/wait",
      admin: "wait-for-requests",
      body,
    })),
);

export const adminCall = fc.record({
  kind: fc.constant("admin" as const),
  call: fc.oneof(timeCall, timeCall, worldCall, momentCall, worldsCall, waitCall),
});
