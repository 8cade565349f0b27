import { describe, expect, it } from "vitest";
import { profiles } from "../../src/domain/revision.ts";
import type { Answer } from "../support/http-client.ts";
import { startTestMock, type TestMock } from "../support/test-mock.ts";

const api = "/api/v2";

function build(mock: TestMock, body: object, { task = "dark-mode", as = "olga" } = {}): Promise<Answer> {
  return mock.ask("POST", `${api}/workspaces/${mock.inside(task).workspace.id}/builds`, { as, body });
}

async function parameters(mock: TestMock, id: string): Promise<Readonly<Record<string, string>>> {
  const { body } = await mock.ask("GET", `${api}/workspacebuilds/${id}/parameters`);
  return Object.fromEntries(body.map(({ name, value }: { name: string; value: string }) => [name, value]));
}

describe("a build made through the workspace API", () => {
  it.each(profiles)("moves the task as pause and resume do (%s)", async (profile) => {
    const [one, other] = [await startTestMock({ profile }), await startTestMock({ profile })];
    const id = one.id("dark-mode");
    const steps = [
      ["pause", "stop", "task_manual_pause"],
      ["resume", "start", "cli"],
    ] as const;
    for (const [action, transition, reason] of steps) {
      const acted = (await one.ask("POST", `/tasks/me/${id}/${action}`)).body.workspace_build;
      const made = await build(other, { transition, reason });
      expect([made.status, made.body]).toEqual([201, { ...acted, reason }]);
      for (let second = 0; second < 10; second++) {
        const [left, right] = [
          await one.ask("GET", `/tasks/me/${id}`),
          await other.ask("GET", `/tasks/me/${id}`),
        ];
        expect(right.body).toEqual(left.body);
        one.pass(1);
        other.pass(1);
      }
    }
  });

  it.each(profiles)("stands in for pause and resume where the revision has none (%s)", async (profile) => {
    const mock = await startTestMock({ revision: "2.30", profile });
    expect((await mock.ask("POST", `/tasks/me/${mock.id("dark-mode")}/pause`)).status).toBe(404);
    for (const [transition, status] of [["stop", "paused"] as const, ["start", "active"] as const]) {
      expect((await build(mock, { transition })).status).toBe(201);
      mock.pass(20);
      expect((await mock.ask("GET", "/tasks/me/dark-mode")).body.status).toBe(status);
    }
  });

  it("starts what runs anew", async () => {
    const mock = await startTestMock();
    expect((await build(mock, { transition: "start" })).body).toMatchObject({
      build_number: 2,
      reason: "initiator",
      transition: "start",
    });
    mock.pass(20);
    expect((await mock.ask("GET", "/tasks/me/dark-mode")).body.status).toBe("active");
  });

  it("takes the task away when a deletion is through, and not before", async () => {
    const mock = await startTestMock();
    const { workspace } = mock.inside("dark-mode");
    expect((await build(mock, { transition: "delete" })).status).toBe(201);
    expect((await mock.ask("GET", "/tasks/me/dark-mode")).body.status).toBe("unknown");
    mock.pass(10);
    expect((await mock.ask("GET", "/tasks/me/dark-mode")).status).toBe(404);
    const again = await mock.ask("POST", `${api}/workspaces/${workspace.id}/builds`, {
      body: { transition: "start" },
    });
    expect([again.status, again.body.message]).toEqual([409, expect.stringContaining("deleted")]);
  });

  it("waits for no other build", async () => {
    const mock = await startTestMock();
    await build(mock, { transition: "stop" });
    const second = await build(mock, { transition: "start" });
    expect([second.status, second.body.message]).toEqual([409, expect.stringContaining("already active")]);
  });

  it("is for those who may", async () => {
    const mock = await startTestMock();
    const order = { transition: "stop" };
    expect((await build(mock, order, { task: "csv-import", as: "priya" })).status).toBe(403);
    expect((await build(mock, order, { task: "dark-mode", as: "priya" })).status).toBe(404);
    expect((await build(mock, order, { as: "nobody" })).status).toBe(401);
    expect((await build(mock, order, { task: "csv-import", as: "ines" })).status).toBe(201);
  });
});

describe("the parameters of a build", () => {
  it("are those of its preset, until another preset or values are given", async () => {
    const mock = await startTestMock();
    const { presets } = mock.version("web-agent");
    const large = presets.find(({ name }) => name === "large");
    const [first] = mock.inside("dark-mode").workspace.builds;
    expect(await parameters(mock, first?.id ?? "")).toEqual({ cpu: "2", memory: "4" });

    const own = await build(mock, {
      transition: "start",
      rich_parameter_values: [
        { name: "cpu", value: "4" },
        { name: "colour", value: "blue" },
      ],
    });
    expect(await parameters(mock, own.body.id)).toEqual({ cpu: "4", memory: "4" });
    mock.pass(20);
    const kept = await build(mock, { transition: "stop" });
    expect(await parameters(mock, kept.body.id)).toEqual({ cpu: "4", memory: "4" });
    mock.pass(20);
    const preset = await build(mock, {
      transition: "start",
      template_version_preset_id: large?.id,
      rich_parameter_values: [{ name: "cpu", value: "2" }],
    });
    expect(preset.body.template_version_preset_id).toBe(large?.id);
    expect(await parameters(mock, preset.body.id)).toEqual({ cpu: "8", memory: "16" });
    expect(await parameters(mock, own.body.id)).toEqual({ cpu: "4", memory: "4" });
  });

  it("must be among their options, and stay what they are unless they may change", async () => {
    const mock = await startTestMock();
    const { world } = mock.mock.host;
    const found = world.directory.templateOfVersion(mock.version("web-agent").id);
    if (found === undefined) throw new Error("No such version.");
    const versions = found.template.versions.map((version) => ({
      ...version,
      parameters: version.parameters.map((one) => ({ ...one, isMutable: one.name !== "memory" })),
    }));
    world.tables.saveTemplate({ ...found.template, versions });
    const give = (name: string, value: string) =>
      build(mock, { transition: "stop", rich_parameter_values: [{ name, value }] });
    expect((await give("cpu", "3")).body).toEqual({
      message: expect.any(String),
      validations: [{ field: "cpu", detail: expect.stringContaining("one of") }],
    });
    expect((await give("memory", "16")).status).toBe(400);
    expect((await give("memory", "4")).status).toBe(201);
  });

  it("survive the export of the state", async () => {
    const mock = await startTestMock();
    await build(mock, { transition: "stop", rich_parameter_values: [{ name: "cpu", value: "4" }] });
    const { text } = await mock.ask("GET", "/__admin/state?format=yaml");
    expect(text).toMatch(/parameters:\n\s+- name: cpu\n\s+value: "4"\n\s+created/);
  });

  it("are not found for a build that is not there", async () => {
    const mock = await startTestMock();
    const path = (id: string) => `${api}/workspacebuilds/${id}/parameters`;
    expect((await mock.ask("GET", path("00000000-0000-4000-8000-000000000000"))).status).toBe(404);
    expect((await mock.ask("GET", path("one"))).status).toBe(400);
    const [first] = mock.inside("dark-mode").workspace.builds;
    expect((await mock.ask("GET", path(first?.id ?? ""), { as: "nobody" })).status).toBe(401);
  });
});

describe("a build on another template version", () => {
  it("leaves the preset of the version before behind", async () => {
    const mock = await startTestMock();
    const old = [...mock.mock.host.world.tables.templates.values()]
      .find(({ name }) => name === "web-agent")
      ?.versions.find(({ name }) => name === "v1");
    const { body } = await build(mock, { transition: "stop", template_version_id: old?.id });
    expect(body.template_version_id).toBe(old?.id);
    expect(body).not.toHaveProperty("template_version_preset_id");
    mock.pass(10);
    const workspace = await mock.ask("GET", `${api}/users/me/workspace/dark-mode`);
    expect(workspace.body).toMatchObject({ outdated: true, latest_build: { template_version_name: "v1" } });
  });

  it.each([
    ["pending", 406],
    ["failed", 400],
  ] as const)("whose import is %s is a %i", async (importStatus, status) => {
    const mock = await startTestMock();
    const { world } = mock.mock.host;
    const found = world.directory.templateOfVersion(mock.version("web-agent").id);
    if (found === undefined) throw new Error("No such version.");
    const versions = found.template.versions.map((version) => ({ ...version, importStatus }));
    world.tables.saveTemplate({ ...found.template, versions });
    expect((await build(mock, { transition: "stop" })).status).toBe(status);
  });

  it("is refused when the template is another, or the version unknown", async () => {
    const mock = await startTestMock();
    const other = mock.version("data-agent").id;
    const ids = [other, "00000000-0000-4000-8000-000000000000"];
    for (const template_version_id of ids) {
      expect((await build(mock, { transition: "stop", template_version_id })).status).toBe(400);
    }
  });
});

describe("a bad order", () => {
  it.each([
    [{}, 400],
    [{ transition: "explode" }, 400],
    [{ transition: "stop", reason: "autostop" }, 400],
    [{ transition: "stop", template_version_id: "v1" }, 400],
    [{ transition: "stop", rich_parameter_values: "cpu" }, 400],
    [{ transition: "stop", rich_parameter_values: [1] }, 400],
    [{ transition: "stop", rich_parameter_values: [{ name: 1, value: "" }] }, 400],
    [{ transition: "stop", rich_parameter_values: [{ name: "a", value: 1 }] }, 400],
    [{ transition: "stop", template_version_preset_id: "00000000-0000-4000-8000-000000000001" }, 500],
  ])("such as %j is a %i, whether the contract is enforced or not", async (order, status) => {
    for (const requests of ["enforce", "warn"] as const) {
      const mock = await startTestMock({ requests });
      expect((await build(mock, order)).status).toBe(status);
      expect(mock.inside("dark-mode").workspace.builds).toHaveLength(1);
    }
  });
});
