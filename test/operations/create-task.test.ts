import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../src/contract/json.ts";
import {
  active,
  advance,
  buildWorld,
  elsewhere,
  placeTask,
  preset,
  template,
  templateWith,
  users,
} from "../support/world-builder.ts";
import { callOperation, fieldsOf, type Request } from "./call-operation.ts";

const create = "create-a-new-ai-task";
const version = template.activeVersionId;

const templates = {
  good: template,
  noAiTask: templateWith(1, {}, { hasAiTask: false }),
  deprecated: templateWith(2, { deprecated: "Use coding-2." }),
  deleted: templateWith(3, { deleted: true }),
  archived: templateWith(4, {}, { archived: true }),
  pending: templateWith(5, {}, { importStatus: "pending" }),
  running: templateWith(6, {}, { importStatus: "running" }),
  failed: templateWith(7, {}, { importStatus: "failed" }),
  canceled: templateWith(8, {}, { importStatus: "canceled" }),
  foreign: templateWith(9, { organizationId: elsewhere.id }),
} as const;

function of(name: keyof typeof templates): string {
  return templates[name].activeVersionId;
}

function world() {
  return buildWorld({ templates: Object.values(templates) });
}

async function answer(json: JsonValue, request: Request = {}) {
  const reply = await callOperation(world(), create, { json, ...request });
  return { status: reply.status, keys: Object.keys(fieldsOf(reply)), fields: fieldsOf(reply) };
}

describe("a task's making", () => {
  it.each<[string, JsonValue, number, RegExp, readonly string[]]>([
    ["null as a body", null, 400, /template version not found/i, ["message"]],
    ["no template version", {}, 400, /template version not found/i, ["message"]],
    ["a null template version", { template_version_id: null }, 400, /version not found/i, ["message"]],
    [
      "the zero template version",
      { template_version_id: "00000000-0000-0000-0000-000000000000" },
      400,
      /version not found/i,
      ["message"],
    ],
    [
      "an unknown template version",
      { template_version_id: users.member.id },
      400,
      /version not found/i,
      ["message"],
    ],
    [
      "another organization's version",
      { template_version_id: of("foreign") },
      400,
      /version not found/i,
      ["message"],
    ],
    ["an empty uuid", { template_version_id: "" }, 400, /valid JSON/, ["message", "detail"]],
    ["no uuid", { template_version_id: "x" }, 400, /valid JSON/, ["message", "detail"]],
    [
      "a number as input",
      { template_version_id: version, input: 5 },
      400,
      /valid JSON/,
      ["message", "detail"],
    ],
    ["a list", [], 400, /valid JSON/, ["message", "detail"]],
    ["a text", "x", 400, /valid JSON/, ["message", "detail"]],
    ["a version without AI task", { template_version_id: of("noAiTask") }, 400, /coder_ai_task/, ["message"]],
    [
      "a bad name",
      { template_version_id: version, name: "a_b" },
      400,
      /provided name/,
      ["message", "detail"],
    ],
    [
      "a reserved name",
      { template_version_id: version, name: "new" },
      400,
      /provided name/,
      ["message", "detail"],
    ],
    [
      "a long display name",
      { template_version_id: version, display_name: "é".repeat(33) },
      400,
      /64 char/,
      ["message"],
    ],
    ["a deleted template", { template_version_id: of("deleted") }, 404, /not found/i, ["message"]],
    [
      "a deprecated template",
      { template_version_id: of("deprecated") },
      400,
      /deprecated/,
      ["message", "detail"],
    ],
    ["an archived version", { template_version_id: of("archived") }, 500, /./, ["message", "detail"]],
    ["an import not begun", { template_version_id: of("pending") }, 406, /./, ["message"]],
    ["an import under way", { template_version_id: of("running") }, 406, /./, ["message"]],
    ["a failed import", { template_version_id: of("failed") }, 400, /./, ["message"]],
    ["a canceled import", { template_version_id: of("canceled") }, 400, /./, ["message"]],
    [
      "an unknown preset",
      { template_version_id: version, template_version_preset_id: users.member.id },
      500,
      /./,
      ["message", "detail"],
    ],
  ])("with %s is refused", async (_, json, status, message, keys) => {
    const { fields, ...found } = await answer(json);

    expect(found).toEqual({ status, keys });
    expect(fields["message"]).toMatch(message);
  });

  it("without a body, or with one that is no JSON, is refused", async () => {
    expect(await answer(null, { body: { kind: "none" } })).toMatchObject({
      status: 400,
      fields: { detail: "EOF" },
    });
    expect(await answer(null, { body: { kind: "unreadable", detail: "oops" } })).toMatchObject({
      status: 400,
      fields: { detail: "oops" },
    });
  });

  it.each<[string, JsonValue, number]>([
    [
      "a bad field over a missing version",
      { template_version_id: users.member.id, input: 5, name: "a_b" },
      400,
    ],
    ["a missing AI task over a bad name", { template_version_id: of("noAiTask"), name: "a_b" }, 400],
    [
      "a bad name over a long display name",
      { template_version_id: version, name: "_", display_name: "x".repeat(65) },
      400,
    ],
    [
      "a long display name over a deleted template",
      { template_version_id: of("deleted"), display_name: "x".repeat(65) },
      400,
    ],
    [
      "a deprecated template over a taken name",
      { template_version_id: of("deprecated"), name: "taken" },
      400,
    ],
    ["an archived version over a taken name", { template_version_id: of("archived"), name: "taken" }, 500],
    ["a taken name over an import under way", { template_version_id: of("pending"), name: "taken" }, 409],
    ["a taken name over a failed import", { template_version_id: of("failed"), name: "taken" }, 409],
    [
      "a taken name over an unknown preset",
      { template_version_id: version, name: "taken", template_version_preset_id: users.member.id },
      409,
    ],
    [
      "a failed import over an unknown preset",
      { template_version_id: of("failed"), template_version_preset_id: users.member.id },
      400,
    ],
  ])("is refused for %s", async (_, json, status) => {
    const one = world();
    placeTask(one, active, { name: "taken" });

    expect((await callOperation(one, create, { json })).status).toBe(status);
  });

  it.each(["Taken", "taken", "TAKEN"])("under the name %s of a live workspace is refused", async (name) => {
    const one = world();
    placeTask(one, active, { name: "taken" });
    const reply = await callOperation(one, create, { json: { template_version_id: version, name } });

    expect(reply).toMatchObject({
      status: 409,
      body: {
        message: expect.stringContaining("already exists"),
        validations: [{ field: "name", detail: expect.stringContaining("unique") }],
      },
    });
  });

  it("under the name of a deleted task has to wait until its workspace is gone", async () => {
    const one = world();
    const { task } = placeTask(one, active, { name: "taken" });
    const json = { template_version_id: version, name: "taken" };
    await callOperation(one, "delete-ai-task", { task: task.id });
    expect((await callOperation(one, create, { json })).status).toBe(409);
    advance(one, 1_999);
    expect((await callOperation(one, create, { json })).status).toBe(409);
    advance(one, 1);
    expect((await callOperation(one, create, { json })).status).toBe(201);
  });

  it("under the name of another user's task is fine", async () => {
    const one = world();
    placeTask(one, active, { name: "taken", owner: users.colleague });
    const json = { template_version_id: version, name: "taken" };

    expect((await callOperation(one, create, { json })).status).toBe(201);
  });

  it.each([
    ["member", "bob", 404],
    ["siteOwner", "bob", 201],
    ["orgAdmin", "bob", 201],
    ["userAdmin", "bob", 403],
    ["templateAdmin", "bob", 404],
    ["siteOwner", "oscar", 404],
    ["siteOwner", "nobody", 400],
    ["outsider", "me", 400],
    ["dormant", "me", 201],
  ] as const)("by %s for %s gives %i", async (as, user, status) => {
    expect((await answer({ template_version_id: version }, { as, user })).status).toBe(status);
  });

  it("answers with the whole task, pending, in the shape of the wire", async () => {
    const json = { template_version_id: version, name: "Fix-It", display_name: "  Fix it  ", input: " Do\n" };
    const { status, fields } = await answer(json);

    expect(status).toBe(201);
    expect(fields).toEqual({
      id: expect.any(String),
      organization_id: template.organizationId,
      owner_id: users.member.id,
      owner_name: "alice",
      name: "Fix-It",
      display_name: "Fix it",
      template_id: template.id,
      template_version_id: version,
      template_name: "coding",
      template_display_name: "Coding",
      template_icon: "/icon.svg",
      workspace_id: expect.any(String),
      workspace_name: "Fix-It",
      workspace_status: "pending",
      workspace_build_number: 1,
      workspace_agent_id: null,
      workspace_agent_lifecycle: null,
      workspace_agent_health: null,
      workspace_app_id: null,
      initial_prompt: " Do\n",
      status: "pending",
      current_state: null,
      created_at: "2026-01-01T00:00:00Z",
      updated_at: "2026-01-01T00:00:00Z",
    });
  });

  it.each<[string, Record<string, JsonValue>, RegExp, RegExp]>([
    ["nothing", {}, /^[a-z]+-[a-z]+-[0-9a-f]{4}$/, /^[A-Z][a-z]+ [A-Za-z]+$/],
    ["an input", { input: "fix the tests" }, /^fix-the-tests-[0-9a-f]{4}$/, /^Fix the tests$/],
    ["a name and an input", { name: "mine", input: "fix the tests" }, /^mine$/, /^Fix the tests$/],
    ["a blank display name", { name: "mine", input: "fix it", display_name: "  " }, /^mine$/, /^Fix it$/],
    ["a display name", { input: "fix it", display_name: "Mine" }, /^fix-it-[0-9a-f]{4}$/, /^Mine$/],
    ["nulls", { name: null, input: null, display_name: null }, /^[a-z]+-[a-z]+-/, /./],
    ["keys in other cases", { NAME: "mine", Input: "fix", Display_Name: "Mine" }, /^mine$/, /^Mine$/],
    ["64 bytes of display name", { display_name: `${"é".repeat(32)}` }, /./, /^é{32}$/],
    ["keys that nobody knows", { name: "mine", nonsense: [1] }, /^mine$/, /./],
  ])("given %s names it as the provider does", async (_, json, name, displayName) => {
    const { status, fields } = await answer({ template_version_id: version, ...json });

    expect(status).toBe(201);
    expect(fields["name"]).toMatch(name);
    expect(fields["workspace_name"]).toBe(fields["name"]);
    expect(fields["display_name"]).toMatch(displayName);
  });

  it.each([
    version,
    version.toUpperCase(),
    version.replaceAll("-", ""),
    `{${version}}`,
    `urn:uuid:${version}`,
  ])("takes the version as %s", async (text) => {
    expect((await answer({ template_version_id: text })).fields["template_version_id"]).toBe(version);
  });

  it("keeps the preset for every build, and takes the zero id for none", async () => {
    const one = world();
    const json = { template_version_id: version, template_version_preset_id: preset.id, name: "fix" };
    await callOperation(one, create, { json });
    advance(one, 60_000);
    const reply = await callOperation(one, "pause-task", { task: "fix" });
    expect(fieldsOf(reply)["workspace_build"]).toMatchObject({ template_version_preset_id: preset.id });
    const zero = "00000000-0000-0000-0000-000000000000";
    const none = { template_version_id: version, template_version_preset_id: zero };
    expect((await callOperation(one, create, { json: none })).status).toBe(201);
  });

  it("by an admin belongs to the user in the path, the first build to the admin", async () => {
    const one = world();
    const json = { template_version_id: version, name: "fix" };
    const reply = await callOperation(one, create, { as: "orgAdmin", user: "bob", json });
    const build = [...one.tables.workspaces.values()][0]?.builds[0];

    expect(fieldsOf(reply)).toMatchObject({ owner_id: users.colleague.id, owner_name: "Bob" });
    expect(build).toMatchObject({
      number: 1,
      transition: "start",
      reason: "initiator",
      initiatorId: users.orgAdmin.id,
    });
  });

  it("gives the same answer in a world of the same seed, and another in one of another seed", async () => {
    const make = async (seed: string) => {
      const one = buildWorld({ seed });
      const json = { template_version_id: version, input: "fix it" };
      return [await callOperation(one, create, { json }), await callOperation(one, create, { json })];
    };

    expect(await make("a")).toEqual(await make("a"));
    expect(await make("a")).not.toEqual(await make("b"));
  });

  it("never runs into its own generated names, however many tasks have the same prompt", async () => {
    const one = world();
    const statuses = new Set<number>();
    for (let count = 0; count < 1_000; count++) {
      const json = { template_version_id: version, input: "fix it" };
      statuses.add((await callOperation(one, create, { json })).status);
    }
    expect([...statuses]).toEqual([201]);
  });
});
