import { describe, expect, it } from "vitest";
import {
  active,
  buildWorld,
  paused,
  placeTask,
  tokenFor,
  users,
  type Who,
} from "../support/world-builder.ts";
import { callOperation, fieldsOf } from "./call-operation.ts";

const get = "get-ai-task-by-id-or-name";

describe("the user in a path", () => {
  const id = users.member.id;

  it.each<[Who, string, number]>([
    ["member", "me", 200],
    ["member", "alice", 200],
    ["member", "ALICE", 200],
    ["member", id, 200],
    ["member", id.toUpperCase(), 200],
    ["member", id.replaceAll("-", ""), 200],
    ["member", `{${id}}`, 200],
    ["member", `urn:uuid:${id}`, 200],
    ["member", "ME", 400],
    ["member", "nobody", 400],
    ["member", "", 400],
    ["member", "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d", 400],
    ["member", "bob", 404],
    ["member", users.colleague.id, 404],
    ["siteOwner", "alice", 200],
    ["orgAdmin", "alice", 200],
    // These two see the account but not the task.
    ["userAdmin", "alice", 404],
    ["templateAdmin", "alice", 404],
    ["outsideAdmin", "alice", 404],
    ["outsideAdmin", "nobody", 400],
  ])("%s asking for %s gets %i", async (as, user, status) => {
    const world = buildWorld();
    placeTask(world, active, { name: "fix" });
    const reply = await callOperation(world, get, { as, user, task: "fix" });

    expect(reply.status).toBe(status);
    if (status === 400) {
      expect(reply.body).toEqual({
        message: expect.stringContaining("existing uuid or username"),
        detail: `queried user=${JSON.stringify(user)}`,
      });
    }
    if (status === 404) expect(Object.keys(fieldsOf(reply))).toEqual(["message"]);
  });
});

describe("the task in a path", () => {
  it("is found by id in every form, and by name in any case, with the same body", async () => {
    const world = buildWorld();
    const { task } = placeTask(world, active, { name: "fix-it" });
    const first = await callOperation(world, get, { task: task.id });
    expect(fieldsOf(first)["id"]).toBe(task.id);
    for (const text of [
      "fix-it",
      "FIX-IT",
      task.id.toUpperCase(),
      task.id.replaceAll("-", ""),
      `{${task.id}}`,
    ]) {
      expect(await callOperation(world, get, { task: text })).toEqual(first);
    }
  });

  it("by id is found whatever user the path names, by name only among that user's", async () => {
    const world = buildWorld();
    const { task } = placeTask(world, active, { name: "fix" });

    expect((await callOperation(world, get, { as: "siteOwner", task: task.id })).status).toBe(200);
    expect((await callOperation(world, get, { as: "siteOwner", task: "fix" })).status).toBe(404);
    expect((await callOperation(world, get, { as: "siteOwner", user: "bob", task: task.id })).status).toBe(
      200,
    );
    expect((await callOperation(world, get, { as: "orgAdmin", task: task.id })).status).toBe(200);
    expect((await callOperation(world, get, { as: "siteOwner", user: "alice", task: "fix" })).status).toBe(
      200,
    );
  });

  it("by id wins over a task that is named like that id", async () => {
    const world = buildWorld();
    const { task } = placeTask(world, active);
    const compact = task.id.replaceAll("-", "");
    placeTask(world, active, { name: compact });

    expect(fieldsOf(await callOperation(world, get, { task: compact }))["id"]).toBe(task.id);
  });

  it("named like an id that nobody has is found by name", async () => {
    const world = buildWorld();
    const { task } = placeTask(world, active, { name: "f".repeat(32) });

    expect(fieldsOf(await callOperation(world, get, { task: "F".repeat(32) }))["id"]).toBe(task.id);
  });

  it("is not found by its workspace's id", async () => {
    const world = buildWorld();
    const { workspace } = placeTask(world, active);

    expect((await callOperation(world, get, { task: workspace.id })).status).toBe(404);
  });
});

describe("the matrix of roles", () => {
  const operations = [
    ["get-ai-task-by-id-or-name", active, 200],
    ["get-ai-task-logs", active, 200],
    ["send-input-to-ai-task", active, 204],
    ["update-ai-task-input", paused, 204],
    ["pause-task", active, 202],
    ["resume-task", paused, 202],
    ["delete-ai-task", active, 202],
  ] as const;
  const roles: readonly (readonly [Who, boolean])[] = [
    ["member", true],
    ["siteOwner", true],
    ["orgAdmin", true],
    ["colleague", false],
    ["userAdmin", false],
    ["templateAdmin", false],
    ["auditor", false],
    ["outsider", false],
    ["outsideAdmin", false],
  ];

  it.each(operations.flatMap((row) => roles.map((role) => [...row, ...role] as const)))(
    "%s on a task that is %j: %i, for %s allowed is %s",
    async (operation, condition, status, as, isAllowed) => {
      const world = buildWorld();
      const { task } = placeTask(world, condition);
      const request = { as, task: task.id, json: { input: "More" } };
      const before = world.version;
      const reply = await callOperation(world, operation, request);

      expect(reply.status).toBe(isAllowed ? status : 404);
      if (!isAllowed) {
        expect(Object.keys(fieldsOf(reply))).toEqual(["message"]);
        expect(world.version).toBe(before);
      }
    },
  );

  it.each([
    ["get-ai-task-by-id-or-name", active, 200],
    ["get-ai-task-logs", active, 200],
    ["send-input-to-ai-task", active, 204],
    ["update-ai-task-input", paused, 404],
    ["pause-task", active, 403],
    ["resume-task", paused, 403],
    ["delete-ai-task", active, 403],
  ] as const)("%s on a task that is shared: %j gives %i", async (operation, condition, status) => {
    const world = buildWorld();
    const { task } = placeTask(world, condition, { sharedWith: [users.colleague] });
    const request = { token: tokenFor("colleague"), task: task.id, json: { input: "More" } };

    expect((await callOperation(world, operation, request)).status).toBe(status);
  });
});

describe("the order of checks", () => {
  const broken = { body: { kind: "unreadable", detail: "oops" } } as const;

  it.each([
    ["a bad token over a bad user", { token: "bad", user: "nobody", task: "none", ...broken }, 401],
    ["a bad user over a bad task", { user: "nobody", task: "none", ...broken }, 400],
    ["an unknown task over a bad body", { task: "none", ...broken }, 404],
    ["a bad body over a bad status", { task: "fix", ...broken }, 400],
    ["an empty input over a bad status", { task: "fix", json: { input: "" } }, 400],
    ["a bad status last", { task: "fix", json: { input: "x" } }, 409],
  ])("has %s", async (_, request, status) => {
    for (const operation of ["send-input-to-ai-task", "update-ai-task-input"] as const) {
      const world = buildWorld();
      placeTask(world, { job: "pending" }, { name: "fix" });
      expect((await callOperation(world, operation, request)).status).toBe(status);
    }
  });

  it.each(["pause-task", "delete-ai-task", "get-ai-task-by-id-or-name", "get-ai-task-logs"] as const)(
    "of %s never comes to the body",
    async (operation) => {
      const world = buildWorld();
      const { task } = placeTask(world, active);
      expect((await callOperation(world, operation, { task: task.id, ...broken })).status).toBeLessThan(300);
    },
  );
});
