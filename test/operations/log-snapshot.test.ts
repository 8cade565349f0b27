import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../src/contract/json.ts";
import type { World } from "../../src/domain/world.ts";
import { active, advance, buildWorld, type Condition, placeTask } from "../support/world-builder.ts";
import { callOperation, fieldsOf, type Request } from "./call-operation.ts";

const upload = "upload-task-log-snapshot";
const format = [["format", "agentapi"]] as const;

function started(world: World, condition: Condition = active) {
  const { task, workspace } = placeTask(world, condition);
  const token = workspace.builds.at(-1)?.agent?.token ?? "";
  const send = (request: Request) =>
    callOperation(world, upload, { token, task: task.id, query: format, ...request });
  return { task, token, send };
}

const message = { id: 7, role: "user", content: "Hi", time: "2026-01-01T00:00:00Z" };

describe("the upload of a log snapshot", () => {
  it.each<[string, JsonValue]>([
    ["messages", { messages: [message, { ...message, role: "agent" }] }],
    ["no messages", { messages: [] }],
    ["a role that nobody knows", { messages: [{ ...message, role: "system" }] }],
    ["an empty message", { messages: [{}] }],
    ["a null for a message", { messages: [null] }],
    ["keys in other cases", { Messages: [{ ID: 1, Role: "user", CONTENT: "x", Time: message.time }] }],
    ["keys that nobody knows", { messages: [{ ...message, extra: 1 }], more: [] }],
    ["a time with an offset", { messages: [{ ...message, time: "2026-01-01T00:00:00.123+05:30" }] }],
  ])("takes %s", async (_, json) => {
    expect(await started(buildWorld()).send({ json })).toEqual({ outcome: "handled", status: 204 });
  });

  it.each<[string, Request, RegExp, readonly string[]]>([
    ["no body", { body: { kind: "none" } }, /Failed to decode/, ["message", "detail"]],
    ["no JSON", { body: { kind: "unreadable", detail: "x" } }, /Failed to decode/, ["message", "detail"]],
    ["too much", { json: { messages: [] }, bodySize: 65_537 }, /Failed to decode/, ["message", "detail"]],
    ["far too much", { body: { kind: "too-large", limit: 9 } }, /Failed to decode/, ["message", "detail"]],
    ["a list", { json: [] }, /Failed to decode/, ["message", "detail"]],
    ["a text", { json: "x" }, /Failed to decode/, ["message", "detail"]],
    ["null", { json: null }, /Invalid agentapi payload/, ["message", "detail"]],
    ["an empty object", { json: {} }, /Invalid agentapi payload/, ["message", "detail"]],
    ["null messages", { json: { messages: null } }, /Invalid agentapi payload/, ["message", "detail"]],
    ["messages that are no list", { json: { messages: {} } }, /Failed to decode/, ["message", "detail"]],
    ["a message that is no object", { json: { messages: ["x"] } }, /Failed to decode/, ["message", "detail"]],
    [
      "a text id",
      { json: { messages: [{ ...message, id: "7" }] } },
      /Failed to decode/,
      ["message", "detail"],
    ],
    [
      "a broken id",
      { json: { messages: [{ ...message, id: 7.5 }] } },
      /Failed to decode/,
      ["message", "detail"],
    ],
    [
      "a bad time",
      { json: { messages: [{ ...message, time: "x" }] } },
      /Failed to decode/,
      ["message", "detail"],
    ],
    [
      "a month that no year has",
      { json: { messages: [{ ...message, time: "2026-13-01T00:00:00Z" }] } },
      /Failed to decode/,
      ["message", "detail"],
    ],
    [
      "a role that is no text",
      { json: { messages: [{ ...message, role: 1 }] } },
      /Failed to decode/,
      ["message", "detail"],
    ],
    [
      "content that is no text",
      { json: { messages: [{ ...message, content: [] }] } },
      /Failed to decode/,
      ["message", "detail"],
    ],
  ])("refuses %s", async (_, request, words, keys) => {
    const world = buildWorld();
    const { send, task } = started(world);
    const reply = await send(request);

    expect(reply.status).toBe(400);
    expect(fieldsOf(reply)["message"]).toMatch(words);
    expect(Object.keys(fieldsOf(reply))).toEqual(keys);
    expect(world.tables.tasks.get(task.id)?.snapshot).toBeUndefined();
  });

  it("takes a payload of exactly 65,536 bytes", async () => {
    expect((await started(buildWorld()).send({ json: { messages: [] }, bodySize: 65_536 })).status).toBe(204);
  });

  it.each<[string, readonly (readonly [string, string])[], readonly string[]]>([
    ["no format", [], ["format"]],
    ["an empty format", [["format", ""]], ["format"]],
    [
      "a format twice",
      [
        ["format", "agentapi"],
        ["format", "agentapi"],
      ],
      ["format"],
    ],
    [
      "another key",
      [
        ["format", "agentapi"],
        ["x", "1"],
      ],
      ["x"],
    ],
    [
      "a token",
      [
        ["format", "agentapi"],
        ["access_token", "1"],
      ],
      ["access_token"],
    ],
  ])("refuses a query with %s", async (_, query, fields) => {
    const reply = await started(buildWorld()).send({ query, json: { messages: [] } });

    expect(reply).toMatchObject({
      status: 400,
      body: {
        message: expect.stringMatching(/Invalid query parameters/),
        validations: fields.map((field) => ({ field })),
      },
    });
    expect(fieldsOf(reply)).not.toHaveProperty("detail");
  });

  it("refuses another format in other words", async () => {
    const reply = await started(buildWorld()).send({ query: [["format", "claude"]], json: {} });

    expect(reply.status).toBe(400);
    expect(reply.body).toEqual({
      message: expect.stringMatching(/Invalid format parameter/),
      detail: expect.stringContaining("agentapi"),
    });
  });

  it("has the provider's order of checks", async () => {
    const world = buildWorld();
    const mine = started(world);
    const other = started(world);
    const unknown = "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";
    const nothing = { query: [], json: {} };

    expect((await mine.send({ token: unknown, task: "x", ...nothing })).status).toBe(401);
    expect(fieldsOf(await mine.send({ task: mine.task.name, ...nothing }))["message"]).toMatch(
      /Invalid task ID/,
    );
    expect((await mine.send({ task: unknown, ...nothing })).status).toBe(400);
    expect((await mine.send({ task: unknown, json: {} })).status).toBe(404);
    expect((await mine.send({ task: other.task.id, json: {} })).status).toBe(404);
    expect((await mine.send({ json: {} })).status).toBe(400);
  });

  it("after the task's deletion is refused for the token, not for the task", async () => {
    const world = buildWorld();
    const { send, task } = started(world);
    await callOperation(world, "delete-ai-task", { task: task.id });

    expect((await send({ json: { messages: [] } })).status).toBe(401);
  });
});

describe("the logs of a task", () => {
  const logs = (world: World, task: string) => callOperation(world, "get-ai-task-logs", { task });

  it("show the last snapshot as it was uploaded while the agent is away, and the stamp of its coming", async () => {
    const world = buildWorld();
    const { send, task } = started(world, { agent: "starting" });
    await send({ json: { messages: [message] } });
    advance(world, 1_500);
    const time = "2020-01-01T00:00:00.5+01:00";
    await send({ json: { messages: [{ id: 9, role: "agent", content: "B", time }, message, {}] } });
    const noRole = await logs(world, task.id);
    await send({ json: { messages: [{ id: 9, role: "agent", content: "B", time }, message] } });

    expect(noRole).toMatchObject({
      status: 500,
      body: { message: expect.stringMatching(/Invalid snapshot data/) },
    });
    expect(await logs(world, task.id)).toEqual({
      outcome: "handled",
      status: 200,
      body: {
        logs: [
          { id: 9, content: "B", type: "output", time },
          { id: 7, content: "Hi", type: "input", time: message.time },
        ],
        snapshot: true,
        snapshot_at: "2026-01-01T00:00:01.500Z",
      },
    });
  });

  it("take missing parts of a message for empty ones", async () => {
    const world = buildWorld();
    const { send, task } = started(world, { agent: "starting" });
    await send({ json: { messages: [{ role: "user" }] } });

    expect(fieldsOf(await logs(world, task.id))["logs"]).toEqual([
      { id: 0, content: "", type: "input", time: "0001-01-01T00:00:00Z" },
    ]);
  });

  it("are an empty snapshot without a stamp while none was stored", async () => {
    const world = buildWorld();
    const { task } = started(world, { job: "pending" });

    expect((await logs(world, task.id)).body).toEqual({ logs: [], snapshot: true });
  });

  it("are live while active, whatever the snapshot holds", async () => {
    const world = buildWorld();
    const { send, task } = started(world);
    await send({ json: { messages: [{ ...message, role: "system" }] } });
    await callOperation(world, "send-input-to-ai-task", { task: task.id, json: { input: "More" } });
    advance(world, 60_000);
    const { body } = await logs(world, task.id);

    expect(body).toEqual({
      logs: [
        { id: 1, content: "More", type: "input", time: "2026-01-01T00:00:00Z" },
        { id: 2, content: expect.any(String), type: "output", time: "2026-01-01T00:00:02Z" },
      ],
    });
  });

  it("keep the snapshot through a resume, and lose it with the task", async () => {
    const world = buildWorld();
    const { send, task } = started(world);
    await send({ json: { messages: [message] } });
    const other = started(world);
    await other.send({ json: { messages: [message] } });
    await callOperation(world, "pause-task", { task: task.id });
    advance(world, 60_000);
    await send({ json: { messages: [] } });
    await callOperation(world, "resume-task", { task: task.id });
    expect(fieldsOf(await logs(world, task.id))["snapshot"]).toBe(true);
    advance(world, 60_000);
    await callOperation(world, "delete-ai-task", { task: task.id });
    expect(world.tables.tasks.get(task.id)?.snapshot).toBeUndefined();
    expect(world.tables.tasks.get(other.task.id)?.snapshot).toBeDefined();
  });
});
