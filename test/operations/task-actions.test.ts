import { describe, expect, it } from "vitest";
import type { Build } from "../../src/domain/workspace.ts";
import type { World } from "../../src/domain/world.ts";
import {
  active,
  advance,
  buildWorld,
  type Condition,
  organization,
  paused,
  placedBuildNumber,
  placeTask,
  template,
  users,
  uuid,
} from "../support/world-builder.ts";
import { callOperation, fieldsOf } from "./call-operation.ts";

const get = "get-ai-task-by-id-or-name";

async function task(world: World, id: string) {
  return fieldsOf(await callOperation(world, get, { task: id }));
}

function build(reply: { readonly body?: object }): object {
  const found = Object.values(reply.body ?? {})[0];
  if (typeof found !== "object" || found === null) throw new Error("The answer holds no build.");
  return found;
}

describe("a pause", () => {
  it("answers with a stop build that nobody has picked up, in the shape of the wire", async () => {
    const world = buildWorld();
    const placed = placeTask(world, active, { name: "fix" });
    advance(world, 1_500);
    const reply = await callOperation(world, "pause-task", { as: "orgAdmin", task: placed.task.id });

    expect(reply.status).toBe(202);
    expect(Object.keys(fieldsOf(reply))).toEqual(["workspace_build"]);
    expect(build(reply)).toEqual({
      id: expect.any(String),
      created_at: "2026-01-01T00:00:01.500Z",
      updated_at: "2026-01-01T00:00:01.500Z",
      workspace_id: placed.workspace.id,
      workspace_name: "fix",
      workspace_owner_id: users.member.id,
      workspace_owner_name: "alice",
      template_version_id: template.activeVersionId,
      template_version_name: "",
      template_version_preset_id: null,
      build_number: placedBuildNumber + 1,
      transition: "stop",
      initiator_id: users.orgAdmin.id,
      initiator_name: "olga",
      job: {
        id: expect.any(String),
        created_at: "2026-01-01T00:00:01.500Z",
        status: "pending",
        file_id: expect.any(String),
        tags: { scope: "organization", owner: "" },
        queue_position: 0,
        queue_size: 0,
        organization_id: organization.id,
        initiator_id: users.orgAdmin.id,
        input: { workspace_build_id: Reflect.get(build(reply), "id") },
        type: "workspace_build",
        metadata: {
          template_version_name: "",
          template_id: "00000000-0000-0000-0000-000000000000",
          template_name: "",
          template_display_name: "",
          template_icon: "",
        },
        logs_overflowed: false,
      },
      reason: "task_manual_pause",
      resources: [],
      deadline: null,
      max_deadline: null,
      status: "pending",
      daily_cost: 0,
      matched_provisioners: { count: 1, available: 1, most_recently_seen: "2026-01-01T00:00:01.500Z" },
    });
  });

  it("leaves out what is null on the wire in the documented shape", async () => {
    const world = buildWorld({ profile: "documented" });
    const placed = placeTask(world, active);
    const found = build(await callOperation(world, "pause-task", { task: placed.task.id }));

    for (const key of ["template_version_preset_id", "deadline", "max_deadline"]) {
      expect(found).not.toHaveProperty(key);
    }
    expect(JSON.stringify(found)).not.toContain("null");
  });

  it("shows at once in number and statuses, and takes the agent out of sight", async () => {
    const world = buildWorld();
    const placed = placeTask(world, active);
    await callOperation(world, "pause-task", { task: placed.task.id });

    expect(await task(world, placed.task.id)).toMatchObject({
      workspace_build_number: placedBuildNumber + 1,
      workspace_status: "pending",
      status: "unknown",
      workspace_agent_id: null,
      workspace_app_id: null,
      workspace_agent_lifecycle: null,
      workspace_agent_health: null,
    });
  });

  it("of a paused task is another stop build", async () => {
    const world = buildWorld();
    const placed = placeTask(world, paused);
    const reply = await callOperation(world, "pause-task", { task: placed.task.id });

    expect(build(reply)).toMatchObject({ build_number: placedBuildNumber + 1, transition: "stop" });
    advance(world, 2_000);
    expect((await task(world, placed.task.id))["status"]).toBe("paused");
  });
});

describe("a resume", () => {
  it("is a start build on the version of the build before, be it neither the first nor the active one", async () => {
    const world = buildWorld();
    const placed = placeTask(world, paused);
    const templateVersionId = uuid<Build["templateVersionId"]>(0x4ff);
    const builds = placed.workspace.builds.map((one, index) =>
      index === 0 ? one : { ...one, templateVersionId },
    );
    world.saveWorkspace({ ...placed.workspace, builds });
    const reply = await callOperation(world, "resume-task", { task: placed.task.id });

    expect(reply.status).toBe(202);
    expect(build(reply)).toMatchObject({
      transition: "start",
      reason: "task_resume",
      build_number: placedBuildNumber + 1,
      template_version_id: templateVersionId,
      status: "pending",
    });
    expect(await task(world, placed.task.id)).toMatchObject({ status: "pending", current_state: null });
  });

  it.each<Condition>([{ job: "failed" }, { job: "canceled" }, { transition: "stop", job: "failed" }])(
    "brings back a task that is in error: %j",
    async (condition) => {
      const world = buildWorld();
      const placed = placeTask(world, condition);
      await callOperation(world, "resume-task", { task: placed.task.id });
      advance(world, 60_000);

      expect(await task(world, placed.task.id)).toMatchObject({
        status: "active",
        current_state: { state: "idle" },
      });
    },
  );

  it("sets out on the prompt that was stored last, exactly once", async () => {
    const world = buildWorld();
    const placed = placeTask(world, paused);
    const call = { task: placed.task.id };
    await callOperation(world, "update-ai-task-input", { ...call, json: { input: " New prompt\n" } });
    expect((await task(world, placed.task.id))["initial_prompt"]).toBe(" New prompt\n");
    for (let round = 0; round < 2; round++) {
      await callOperation(world, "resume-task", call);
      advance(world, 60_000);
      await callOperation(world, "pause-task", call);
      advance(world, 60_000);
    }
    const inputs = world.tables.tasks.get(placed.task.id)?.conversation.filter(({ role }) => role === "user");
    expect(inputs?.map(({ content }) => content)).toEqual([" New prompt\n"]);
  });
});

describe("an update of the input", () => {
  it.each(["", " ", "\n\t "])("needs more than %j", async (input) => {
    const world = buildWorld();
    const placed = placeTask(world, paused);
    const reply = await callOperation(world, "update-ai-task-input", {
      task: placed.task.id,
      json: { input },
    });

    expect(reply).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(/input is required/) },
    });
  });

  it("leaves the stamp of the last change alone", async () => {
    const world = buildWorld();
    const placed = placeTask(world, paused);
    advance(world, 5_000);
    const json = { input: "New" };
    await callOperation(world, "update-ai-task-input", { task: placed.task.id, json });

    expect((await task(world, placed.task.id))["updated_at"]).toBe("2026-01-01T00:00:00Z");
  });
});

describe("an input that is sent", () => {
  it.each([
    ["", 400],
    [" ", 204],
    ["\n", 204],
    ["More", 204],
  ])("%j gives %i: it is not trimmed", async (input, status) => {
    const world = buildWorld();
    const placed = placeTask(world, active);
    const reply = await callOperation(world, "send-input-to-ai-task", {
      task: placed.task.id,
      json: { input },
    });

    expect(reply.status).toBe(status);
  });

  it.each([{}, null, { input: null }])("is missing in %j", async (json) => {
    const world = buildWorld();
    const placed = placeTask(world, active);
    const reply = await callOperation(world, "send-input-to-ai-task", { task: placed.task.id, json });

    expect(reply).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(/input is required/) },
    });
  });

  it("keeps the agent busy until its answer, whatever it reports meanwhile", async () => {
    const world = buildWorld();
    const placed = placeTask(world, active);
    const send = async () =>
      (await callOperation(world, "send-input-to-ai-task", { task: placed.task.id, json: { INPUT: "x" } }))
        .status;
    const seen: unknown[] = [await send(), await send()];
    expect((await task(world, placed.task.id))["current_state"]).toMatchObject({ state: "working" });
    advance(world, 2_000);
    expect((await task(world, placed.task.id))["current_state"]).toMatchObject({ state: "idle" });
    seen.push(await send());

    expect(seen).toEqual([204, 409, 204]);
  });

  it("during the opening turn is taken", async () => {
    const world = buildWorld();
    const json = { template_version_id: template.activeVersionId, name: "fix", input: "Begin" };
    await callOperation(world, "create-a-new-ai-task", { json });
    advance(world, 5_600);
    expect(await task(world, "fix")).toMatchObject({ status: "active", current_state: { state: "working" } });

    const reply = await callOperation(world, "send-input-to-ai-task", {
      task: "fix",
      json: { input: "More" },
    });
    expect(reply.status).toBe(204);
  });
});

describe("a deletion", () => {
  it("takes the snapshot at once and answers without a body", async () => {
    const world = buildWorld();
    const snapshot = { storedAt: world.now, messages: [] };
    const placed = placeTask(world, paused, { task: { snapshot } });
    const reply = await callOperation(world, "delete-ai-task", { task: placed.task.id });

    expect(reply).toEqual({ outcome: "handled", status: 202 });
    expect(world.tables.tasks.get(placed.task.id)?.snapshot).toBeUndefined();
    expect(world.tables.workspaces.get(placed.workspace.id)?.builds.at(-1)).toMatchObject({
      transition: "delete",
      reason: "initiator",
      number: placedBuildNumber + 1,
    });
  });

  it("of a task whose workspace is deleted already goes through", async () => {
    const world = buildWorld();
    const placed = placeTask(world, { transition: "delete" });

    expect((await callOperation(world, "delete-ai-task", { task: placed.task.id })).status).toBe(202);
    expect((await callOperation(world, get, { task: placed.task.id })).status).toBe(404);
  });
});

describe("a task without a workspace", () => {
  function orphan() {
    const world = buildWorld();
    const { task: placed } = placeTask(world, active, { name: "orphan" });
    const { workspaceId: _, ...rest } = placed;
    world.saveTask(rest);
    return world;
  }

  it.each([
    [get, 500],
    ["pause-task", 500],
    ["resume-task", 500],
    ["delete-ai-task", 202],
    ["update-ai-task-input", 409],
    ["send-input-to-ai-task", 409],
    ["get-ai-task-logs", 200],
  ] as const)("is answered by %s with %i", async (operation, status) => {
    const json = { input: "More" };
    expect((await callOperation(orphan(), operation, { task: "orphan", json })).status).toBe(status);
  });

  it("makes the whole list fail", async () => {
    expect(await callOperation(orphan(), "list-ai-tasks")).toMatchObject({ status: 500 });
  });
});
