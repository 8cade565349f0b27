import { describe, expect, it } from "vitest";
import type { ReportState } from "../../src/domain/agent.ts";
import { addReport } from "../../src/domain/apply-step.ts";
import type { Profile, Revision } from "../../src/domain/revision.ts";
import { createTaskPresenter } from "../../src/operations/present-task.ts";
import { shapes } from "../../src/operations/shape.ts";
import {
  active,
  buildWorld,
  type Condition,
  paused,
  placeTask,
  template,
  users,
} from "../support/world-builder.ts";
import { callOperation, fieldsOf } from "./call-operation.ts";

interface Look {
  readonly profile: Profile;
  readonly revision?: Revision;
  readonly report?: ReportState;
}

/** A task in a condition as it is answered, with the ids of its workspace, agent and app. */
async function look(condition: Condition, { profile, report, revision = "2.34" }: Look) {
  const world = buildWorld({ profile, revision });
  const { task, workspace } = placeTask(world, condition);
  if (report !== undefined) {
    const status = { state: report, message: "So far", uri: "https://example.com" };
    world.saveWorkspace(addReport(workspace, status, { at: world.now, ids: world.ids }));
  }
  const reply = await callOperation(world, "get-ai-task-by-id-or-name", { task: task.id });
  expect(reply.status).toBe(200);
  const agent = workspace.builds.at(-1)?.agent;
  return { fields: fieldsOf(reply), workspaceId: workspace.id, agentId: agent?.id, appId: agent?.app.id };
}

const zero = { uuid: "00000000-0000-0000-0000-000000000000", valid: false };
const stamp = "2026-01-01T00:00:00Z";

describe("a task on the wire", () => {
  it("has bare ids, and everything of a task that is active", async () => {
    const { fields, ...ids } = await look(active, { profile: "wire", report: "idle" });

    expect(fields).toMatchObject({
      workspace_id: ids.workspaceId,
      workspace_agent_id: ids.agentId,
      workspace_app_id: ids.appId,
      workspace_agent_lifecycle: "ready",
      workspace_agent_health: { healthy: true },
      workspace_status: "running",
      workspace_build_number: 2,
      status: "active",
      current_state: { timestamp: stamp, state: "idle", message: "So far", uri: "https://example.com" },
      created_at: stamp,
      updated_at: stamp,
    });
    expect(fields).not.toHaveProperty("owner_avatar_url");
  });

  it.each<[string, Condition]>([
    ["pending", { job: "pending" }],
    ["paused", paused],
    ["stopping", { transition: "stop", job: "running" }],
    ["failed", { job: "failed" }],
  ])("has null for what a %s task lacks", async (_, condition) => {
    expect((await look(condition, { profile: "wire" })).fields).toMatchObject({
      workspace_agent_id: null,
      workspace_app_id: null,
      workspace_agent_lifecycle: null,
      workspace_agent_health: null,
      current_state: null,
    });
  });
});

describe("a task as documented", () => {
  it("has its ids in objects", async () => {
    const { fields, ...ids } = await look(active, { profile: "documented" });

    expect(fields).toMatchObject({
      workspace_id: { uuid: ids.workspaceId, valid: true },
      workspace_agent_id: { uuid: ids.agentId, valid: true },
      workspace_app_id: { uuid: ids.appId, valid: true },
      workspace_agent_lifecycle: "ready",
    });
  });

  it.each<[string, Condition]>([
    ["pending", { job: "pending" }],
    ["paused", paused],
    ["stopping", { transition: "stop", job: "running" }],
    ["failed", { job: "failed" }],
  ])("leaves out what a %s task lacks", async (_, condition) => {
    const { fields } = await look(condition, { profile: "documented" });

    expect(fields).toMatchObject({ workspace_agent_id: zero, workspace_app_id: zero });
    for (const key of ["workspace_agent_lifecycle", "workspace_agent_health", "current_state"]) {
      expect(fields).not.toHaveProperty(key);
    }
    expect(JSON.stringify(fields)).not.toContain("null");
  });
});

describe("a task in either shape", () => {
  it.each(["wire", "documented"] as const)("hides an app that is not linked (%s)", async (profile) => {
    const { fields } = await look({ agent: "ready", app: { linked: false } }, { profile });

    expect(fields["workspace_app_id"]).toEqual(profile === "wire" ? null : zero);
    expect(fields["workspace_agent_id"]).not.toEqual(profile === "wire" ? null : zero);
  });

  it("tells why its agent is not well", async () => {
    const { fields } = await look({ agent: "start_error", app: { health: "healthy" } }, { profile: "wire" });

    expect(fields).toMatchObject({
      status: "active",
      workspace_agent_lifecycle: "start_error",
      workspace_agent_health: { healthy: false, reason: expect.any(String) },
    });
  });

  it.each<[Revision, ReportState, string]>([
    ["2.30", "failure", "failure"],
    ["2.31", "failure", "failed"],
    ["2.34", "failure", "failed"],
    ["2.30", "complete", "complete"],
    ["2.34", "working", "working"],
  ])("in revision %s shows the report %s as %s", async (revision, report, state) => {
    const { fields } = await look(active, { profile: "wire", revision, report });

    expect(fields["current_state"]).toMatchObject({ state });
  });

  it("is the same object for as long as nothing in it changes, then another", () => {
    const world = buildWorld();
    const found = placeTask(world, active);
    const present = createTaskPresenter(shapes.wire, world.rules);
    const first = present.kept(world, found);
    expect(present.kept(world, found)).toBe(first);
    world.saveTask({ ...found.task, prompt: "Other" });
    expect(present.kept(world, found)).toBe(first);
    world.tables.saveUser({ ...users.member, username: "alicia", avatarUrl: "https://example.com/a.png" });

    expect(first).toMatchObject({ owner_name: "alice" });
    expect(present.kept(world, found)).toMatchObject({
      owner_name: "alicia",
      owner_avatar_url: "https://example.com/a.png",
    });
    world.tables.saveTemplate({ ...template, displayName: "Other" });
    expect(present.kept(world, found)).toMatchObject({ template_display_name: "Other" });
    const workspace = { ...found.workspace, name: "other" };
    expect(present.kept(world, { ...found, workspace })).toMatchObject({ workspace_name: "other" });
  });
});
