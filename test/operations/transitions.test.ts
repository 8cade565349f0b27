import { describe, expect, it } from "vitest";
import type { OperationId } from "../../src/operations/stateful-operations.ts";
import { active, buildWorld, type Condition, paused, placeTask } from "../support/world-builder.ts";
import { callOperation, fieldsOf } from "./call-operation.ts";

type Row = readonly [
  pause: number,
  resume: number,
  send: number,
  logs: number | "live" | "snapshot",
  patch: number,
  remove: number,
];

const conditions: readonly (readonly [
  name: string,
  condition: Condition,
  row: Row,
  old: readonly number[],
])[] = [
  ["pending", { job: "pending" }, [409, 409, 409, "snapshot", 409, 409], [400, 400]],
  ["initializing, job running", { job: "running" }, [409, 409, 409, "snapshot", 409, 409], [400, 400]],
  ["initializing, job done", { agent: "starting" }, [202, 409, 409, "snapshot", 409, 202], [400, 400]],
  ["active", active, [202, 409, 204, "live", 409, 202], [204, 200]],
  [
    "active, busy",
    { agent: "ready", app: { health: "healthy", busy: true } },
    [202, 409, 409, "live", 409, 202],
    [502, 200],
  ],
  [
    "active, app unreachable",
    { agent: "ready", app: { health: "healthy", reachable: false } },
    [202, 409, 502, 502, 409, 202],
    [502, 502],
  ],
  [
    "active, app refusing",
    { agent: "ready", app: { health: "healthy", accepts: false } },
    [202, 409, 502, "live", 409, 202],
    [502, 200],
  ],
  [
    "active, app without URL",
    { agent: "ready", app: { health: "healthy", url: "" } },
    [202, 409, 500, 500, 409, 202],
    [500, 500],
  ],
  [
    "active, app with a bad scheme",
    { agent: "ready", app: { health: "healthy", url: "ftp://x" } },
    [202, 409, 400, 400, 409, 202],
    [400, 400],
  ],
  [
    "unknown, stop pending",
    { transition: "stop", job: "pending" },
    [409, 409, 400, 409, 409, 409],
    [400, 400],
  ],
  [
    "unknown, stop running",
    { transition: "stop", job: "running" },
    [409, 409, 400, 409, 409, 409],
    [400, 400],
  ],
  ["unknown, agent going off", { agent: "shutting_down" }, [202, 409, 400, 409, 409, 202], [400, 400]],
  ["unknown, no app", { agent: "ready", app: { linked: false } }, [202, 409, 400, 409, 409, 202], [400, 400]],
  ["paused", paused, [202, 202, 409, "snapshot", 204, 202], [400, 400]],
  ["error, start failed", { job: "failed" }, [202, 202, 400, 409, 409, 202], [400, 400]],
  ["error, start canceled", { job: "canceled" }, [202, 202, 400, 409, 409, 202], [400, 400]],
  ["error, stop failed", { transition: "stop", job: "failed" }, [202, 202, 400, 409, 409, 202], [400, 400]],
  ["error, canceling", { job: "canceling" }, [409, 409, 400, 409, 409, 409], [400, 400]],
  [
    "error, app unhealthy",
    { agent: "ready", app: { health: "unhealthy" } },
    [202, 409, 400, 409, 409, 202],
    [400, 400],
  ],
];

const columns: readonly OperationId[] = [
  "pause-task",
  "resume-task",
  "send-input-to-ai-task",
  "get-ai-task-logs",
  "update-ai-task-input",
  "delete-ai-task",
];

async function ask(condition: Condition, operation: OperationId, revision: "2.30" | "2.31" | "2.34") {
  const world = buildWorld({ revision });
  const { task, workspace } = placeTask(world, condition);
  const before = { version: world.version, task: world.tables.tasks.get(task.id) };
  const reply = await callOperation(world, operation, { task: task.id, json: { input: "More" } });
  return { world, task, workspace, reply, before };
}

describe.each(["2.31", "2.34"] as const)("in revision %s", (revision) => {
  it.each(
    conditions.flatMap(([name, condition, row]) =>
      columns.map((operation, index) => [operation, name, row[index] ?? 0, condition] as const),
    ),
  )("%s on a task that is %s gives %s", async (operation, _, expected, condition) => {
    const { reply, world, before } = await ask(condition, operation, revision);
    const kind = fieldsOf(reply)["snapshot"] === true ? "snapshot" : "live";
    const isLogs = operation === "get-ai-task-logs" && reply.status === 200;

    expect(isLogs ? kind : reply.status).toBe(expected);
    expect(reply.outcome).toBe(reply.status < 300 ? "handled" : "refused");
    if (reply.outcome === "refused") {
      expect(fieldsOf(reply)["message"]).toEqual(expect.any(String));
      expect(world.version).toBe(before.version);
    }
    if (reply.status === 204 || operation === "delete-ai-task") {
      expect(reply.status < 300 && reply.body).toBe(reply.status < 300 ? undefined : false);
    }
  });
});

describe("in revision 2.30", () => {
  it.each(conditions.map(([name, condition, , old]) => [name, old, condition] as const))(
    "send and logs of a task that is %s give %j",
    async (_, expected, condition) => {
      const send = await ask(condition, "send-input-to-ai-task", "2.30");
      const logs = await ask(condition, "get-ai-task-logs", "2.30");

      expect([send.reply.status, logs.reply.status]).toEqual(expected);
    },
  );
});

describe("a deleted task", () => {
  it.each([...columns, "get-ai-task-by-id-or-name"] as const)("is not found by %s", async (operation) => {
    const { world, task } = await ask(active, "delete-ai-task", "2.34");
    for (const text of [task.id, task.name]) {
      const reply = await callOperation(world, operation, { task: text, json: { input: "More" } });
      expect(reply.status).toBe(404);
      expect(Object.keys(fieldsOf(reply))).toEqual(["message"]);
    }
  });
});

describe("the words of a refusal", () => {
  it.each<[OperationId, Condition, RegExp, RegExp | undefined]>([
    ["pause-task", { job: "running" }, /build is already active/, undefined],
    ["resume-task", active, /already running/, /running/],
    ["resume-task", { job: "pending" }, /build is already active/, undefined],
    ["delete-ai-task", { job: "running" }, /build is already active/, undefined],
    ["update-ai-task-input", active, /must be paused/, /active/],
    ["send-input-to-ai-task", paused, /is paused/, /resume/i],
    ["send-input-to-ai-task", { job: "pending" }, /pending/, /resuming/],
    ["send-input-to-ai-task", { job: "running" }, /initializing/, /resuming/],
    ["send-input-to-ai-task", { job: "failed" }, /must be active/, /error/],
    ["send-input-to-ai-task", { agent: "off" }, /must be active/, /unknown/],
    ["get-ai-task-logs", { job: "failed" }, /Cannot fetch logs/, /"error"/],
    ["get-ai-task-logs", { agent: "off" }, /Cannot fetch logs/, /"unknown"/],
    [
      "send-input-to-ai-task",
      { agent: "ready", app: { health: "healthy", busy: true } },
      /not ready to accept/,
      /Status: running/,
    ],
    [
      "send-input-to-ai-task",
      { agent: "ready", app: { health: "healthy", reachable: false } },
      /Failed to reach/,
      /./,
    ],
    [
      "send-input-to-ai-task",
      { agent: "ready", app: { health: "healthy", accepts: false } },
      /rejected the message/,
      /./,
    ],
    [
      "get-ai-task-logs",
      { agent: "ready", app: { health: "healthy", reachable: false } },
      /Failed to get messages/,
      /./,
    ],
  ])("by %s on %j has the provider's key words", async (operation, condition, message, detail) => {
    const fields = fieldsOf((await ask(condition, operation, "2.34")).reply);

    expect(fields["message"]).toMatch(message);
    if (detail === undefined) expect(fields).not.toHaveProperty("detail");
    else expect(fields["detail"]).toMatch(detail);
    expect(fields).not.toHaveProperty("validations");
  });
});
