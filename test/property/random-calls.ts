import fc from "fast-check";
import { jobStatuses, transitions } from "../../src/domain/workspace.ts";
import { stageNames } from "../../src/scenarios/stages.ts";
import type { Asking, Method, TestMock } from "../support/test-mock.ts";

/** A call as it goes out. `admin` is the admin operation that it means; without, it is a call of the API. */
export interface Call {
  readonly method: Method;
  readonly path: string;
  readonly admin?: string;
  readonly asking: Asking;
}

const uuid = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
const words = [
  "new",
  "a",
  "x".repeat(33),
  "Fix-It",
  "two--hyphens",
  "a_b",
  "me",
  "fix.it",
  "steered",
] as const;
const text = fc.oneof(
  fc.constantFrom("", " ", "Go on.", "\u0000\ud800", "</script>", "ünï cödé 🚀", "x".repeat(400)),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.string({ maxLength: 80 }),
);

/** Which task, user or token: by its place among those there are, as far as there are any. */
const index = fc.nat(60);
const taskKey = fc.oneof(
  { weight: 8, arbitrary: index.map((n) => ({ by: "id" as const, n })) },
  { weight: 2, arbitrary: index.map((n) => ({ by: "name" as const, n })) },
  { weight: 1, arbitrary: index.map((n) => ({ by: "urn" as const, n })) },
  { weight: 1, arbitrary: fc.constantFrom(uuid, "nobody", "%00", "%ff", "a%2Fb", "new", "%E2%98%83") },
);
const userKey = fc.oneof(
  { weight: 8, arbitrary: fc.constant("me") },
  { weight: 3, arbitrary: fc.constantFrom("olga", "PRIYA", "mateo", "ines", "tomasz") },
  { weight: 1, arbitrary: fc.constantFrom("nobody", uuid, "%00", "ME", "%20") },
);
const token = fc.oneof(
  { weight: 8, arbitrary: fc.constant("first" as const) },
  { weight: 3, arbitrary: index },
  { weight: 1, arbitrary: fc.constantFrom("none" as const, "garbage" as const, "agent" as const) },
);

const rawBody = fc.oneof(
  fc.constantFrom(
    "",
    "{",
    "null",
    "[]",
    '"x"',
    "{}",
    '{"input":5}',
    '{"__proto__":{"input":"x"}}',
    "[".repeat(200),
  ),
  fc.json({ maxDepth: 2 }),
  text,
);
const bodyOf = <Value extends object>(valid: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 5, arbitrary: valid }, { weight: 1, arbitrary: rawBody });

const inputBody = bodyOf(fc.record({ input: text }));
const createBody = bodyOf(
  fc.record(
    {
      template_version_id: fc.oneof(
        { weight: 9, arbitrary: index },
        { weight: 1, arbitrary: fc.constantFrom(uuid, "", "x") },
      ),
      input: text,
      name: fc.oneof(
        { weight: 6, arbitrary: index.map((n) => `made-${n}`) },
        { weight: 1, arbitrary: fc.constantFrom("", ...words) },
        { weight: 1, arbitrary: text },
      ),
      display_name: fc.oneof({ weight: 4, arbitrary: fc.constant("Shown") }, { weight: 1, arbitrary: text }),
      template_version_preset_id: fc.constantFrom(uuid, "", "x", undefined, undefined, undefined, undefined),
    },
    { requiredKeys: ["template_version_id"] },
  ),
);
const message = fc.record({
  id: fc.nat(9),
  content: text,
  role: fc.constantFrom("user", "agent", "system"),
  time: fc.constantFrom("2026-02-02T09:00:00Z", "2026-02-02T10:00:00.5+01:00", "noon"),
});
const snapshotBody = bodyOf(fc.record({ messages: fc.array(message, { maxLength: 3 }) }));

const term = fc.oneof(
  fc.constantFrom(
    "owner:me",
    "OWNER:Priya",
    "owner:nobody",
    `owner:${uuid}`,
    "organization:harbor",
    `organization:${uuid}`,
    "organization:x",
    "status:active",
    'status:"paused"',
    "status:running",
    "status:",
    ":x",
    "a:b:c",
    "k:v",
    '"',
    'owner:""',
    "priya",
  ),
  fc.string({ maxLength: 12 }),
);
const query = fc.array(term, { maxLength: 3 }).map((terms) => terms.join(" "));

const taskCall = fc.record({
  kind: fc.constant("task" as const),
  operation: fc.constantFrom(
    { method: "GET", rest: "" },
    { method: "DELETE", rest: "" },
    { method: "GET", rest: "/logs" },
    { method: "POST", rest: "/pause" },
    { method: "POST", rest: "/resume" },
    { method: "PUT", rest: "/pause" },
    { method: "GET", rest: "/nowhere" },
  ),
  prefix: fc.constantFrom("/api/v2", "/api/v2", "/api/experimental"),
  user: userKey,
  task: taskKey,
  token,
} as const);
const inputCall = fc.record({
  kind: fc.constant("input" as const),
  operation: fc.constantFrom({ method: "PATCH", rest: "/input" }, { method: "POST", rest: "/send" }),
  prefix: fc.constantFrom("/api/v2", "/api/experimental"),
  user: userKey,
  task: taskKey,
  token,
  body: inputBody,
} as const);
const createCall = fc.record({
  kind: fc.constant("create" as const),
  user: userKey,
  token,
  body: createBody,
});
const listCall = fc.record({
  kind: fc.constant("list" as const),
  token,
  query,
  extra: fc.constantFrom("", "&limit=banana", "&q=owner:me", "&%", "&access_token=x"),
});
const snapshotCall = fc.record({
  kind: fc.constant("snapshot" as const),
  task: taskKey,
  query: fc.constantFrom(
    "?format=agentapi",
    "?format=agentapi",
    "?format=agentapi",
    "",
    "?format=x",
    "?format=agentapi&x=1",
  ),
  body: snapshotBody,
  ownToken: fc.boolean(),
});

const flag = fc.boolean();
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
const steerNames = {
  build: "steer-build",
  agent: "steer-agent",
  app: "steer-app",
  report: "add-report",
  messages: "add-message",
  settle: "settle-task",
} as const;
const steerCall = fc.record({ kind: fc.constant("steer" as const), task: taskKey, order: orders });

const span = fc.constantFrom(
  "0s",
  "1ms",
  "499ms",
  "500ms",
  "1.5s",
  "2s",
  "7s",
  "1h",
  "87660h",
  "-1s",
  "soon",
  "1e400s",
);
const instant = fc.constantFrom(
  "2026-02-02T09:00:30Z",
  "2026-02-02T10:00:00+01:00",
  "1999-01-01T00:00:00Z",
  "8999-12-31T23:59:59Z",
  "noon",
);
const timeCall = fc.oneof(
  fc
    .record({ by: span })
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
    get("/requests/2", "get-request"),
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
const adminCall = fc.record({
  kind: fc.constant("admin" as const),
  call: fc.oneof(timeCall, timeCall, worldCall),
});

const loadCall = fc.record({
  kind: fc.constant("load" as const),
  document: fc.oneof(
    fc.constant("own" as const),
    fc.array(fc.constantFrom(...stageNames), { minLength: 1, maxLength: 3 }),
    rawBody,
  ),
});

/** One step of a sequence, as plain data. */
export const steps = fc.oneof(
  { weight: 6, arbitrary: taskCall },
  { weight: 4, arbitrary: inputCall },
  { weight: 4, arbitrary: createCall },
  { weight: 2, arbitrary: listCall },
  { weight: 2, arbitrary: snapshotCall },
  { weight: 8, arbitrary: steerCall },
  { weight: 4, arbitrary: adminCall },
  { weight: 1, arbitrary: loadCall },
);
export type Step = typeof steps extends fc.Arbitrary<infer One> ? One : never;

/** The call that a step means in the present state. */
export async function planned(on: TestMock, step: Step): Promise<Call> {
  switch (step.kind) {
    case "task":
    case "input": {
      const { method, rest } = step.operation;
      const path = `${step.prefix}/tasks/${step.user}/${taskSegment(on, step.task)}${rest}`;
      return { method, path, asking: asking(on, step.token, "body" in step ? step.body : undefined) };
    }
    case "create":
      return {
        method: "POST",
        path: `/api/v2/tasks/${step.user}`,
        asking: asking(on, step.token, withVersion(on, step.body)),
      };
    case "list": {
      const path = `/api/v2/tasks?q=${encodeURIComponent(step.query)}${step.extra}`;
      return { method: "GET", path, asking: asking(on, step.token, undefined) };
    }
    case "snapshot":
      return {
        method: "POST",
        path: `/api/v2/workspaceagents/me/tasks/${taskSegment(on, step.task)}/log-snapshot${step.query}`,
        asking: asking(on, step.ownToken ? { agentOf: step.task } : "agent", step.body),
      };
    case "steer":
      return adminCallOf(on, {
        method: "POST",
        path: `/tasks/${taskSegment(on, step.task)}/${step.order.path}`,
        admin: steerNames[step.order.path],
        body: step.order.body,
      });
    case "admin":
      return adminCallOf(on, step.call);
    case "load":
      return adminCallOf(on, {
        method: "PUT",
        path: "/state",
        admin: "load-state",
        body: await stateBody(on, step.document),
      });
  }
}

type Body = object | string | undefined;

function adminCallOf(
  on: TestMock,
  { method, path, admin, body }: { method: Method; path: string; admin: string; body: Body },
): Call {
  return { method, path: `/__admin${path}`, admin, asking: asking(on, "none", body) };
}

function asking(
  on: TestMock,
  who: "first" | "none" | "garbage" | "agent" | number | { readonly agentOf: TaskKey },
  body: Body,
): Asking {
  const sent =
    typeof body === "string" ? { body, headers: { "Content-Type": "application/json" } } : { body };
  const credentials = who === "none" ? { as: "nobody" } : { token: tokenText(on, who) };
  return body === undefined ? credentials : { ...credentials, ...sent, body };
}

function tokenText(on: TestMock, who: "first" | "garbage" | "agent" | number | { agentOf: TaskKey }): string {
  const { tables, start } = on.mock.host.world;
  const tokens = [...tables.tokens.values()];
  if (who === "garbage") return "garbage";
  if (who === "first") return tokens.find(({ userId }) => userId === start.defaultUserId)?.text ?? "garbage";
  if (typeof who === "number") return tokens[who % Math.max(tokens.length, 1)]?.text ?? "garbage";
  const agents = [...tables.workspaces.values()].flatMap((workspace) => {
    const agent = workspace.builds.at(-1)?.agent;
    return agent === undefined ? [] : [{ taskId: workspace.taskId, token: agent.token }];
  });
  const wanted = who === "agent" ? undefined : taskSegment(on, who.agentOf);
  return (agents.find(({ taskId }) => taskId === wanted) ?? agents[0])?.token ?? "garbage";
}

type TaskKey = string | { readonly by: "id" | "name" | "urn"; readonly n: number };

function taskSegment(on: TestMock, key: TaskKey): string {
  if (typeof key === "string") return key;
  const tasks = [...on.mock.host.world.tables.tasks.values()];
  const task = tasks[key.n % Math.max(tasks.length, 1)];
  if (task === undefined) return uuid;
  switch (key.by) {
    case "id":
      return task.id;
    case "name":
      return encodeURIComponent(task.name);
    case "urn":
      return `urn:uuid:${task.id.toUpperCase()}`;
  }
}

function withVersion(on: TestMock, body: object | string): object | string {
  if (typeof body === "string" || !("template_version_id" in body)) return body;
  const { template_version_id: wanted } = body;
  if (typeof wanted !== "number") return body;
  const versions = [...on.mock.host.world.tables.templates.values()].flatMap((template) => template.versions);
  return { ...body, template_version_id: versions[wanted % Math.max(versions.length, 1)]?.id ?? uuid };
}

async function stateBody(on: TestMock, document: "own" | readonly string[] | string): Promise<Body> {
  if (document === "own") return (await on.ask("GET", "/__admin/state", { as: "nobody" })).text;
  if (typeof document === "string") return document;
  return {
    organizations: ["harbor", "labs"],
    users: ["olga", "priya"],
    templates: ["web-agent"],
    default_user: "olga",
    tasks: document.map((stage, n) => ({
      name: `loaded-${n}`,
      owner: n === 0 ? "olga" : "priya",
      template: "web-agent",
      prompt: "Fix it.",
      stage,
    })),
  };
}
