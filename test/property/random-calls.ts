import fc from "fast-check";
import { stageNames } from "../../src/scenarios/build/stages.ts";
import { adminCall } from "./random-admin-calls.ts";
import { steerCall } from "./random-steering.ts";
import { bodyOf, index, rawBody, taskKey, text, uuid, words } from "./random-values.ts";

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
  { weight: 6, arbitrary: adminCall },
  { weight: 1, arbitrary: loadCall },
);
export type Step = typeof steps extends fc.Arbitrary<infer One> ? One : never;
