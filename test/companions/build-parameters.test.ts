import { describe, expect, it } from "vitest";
import { mockOf } from "../http/own-scenario.ts";
import type { Answer } from "../support/http-client.ts";
import type { TestMock } from "../support/test-mock.ts";

const scenario = `
organizations: [harbor]
users: [{ username: olga, roles: [owner] }]
templates:
  - name: needy
    organization: harbor
    active_version: v2
    versions:
      - { name: v1, created: 2d }
      - name: v2
        created: 1d
        parameters:
          - { name: need, type: number }
        presets:
          - { name: giving, parameters: [{ name: need, value: "3" }] }
  - name: typed
    organization: harbor
    versions:
      - name: v1
        parameters:
          - { name: cores, type: number, default: "2" }
          - { name: fast, type: bool, default: "true" }
          - { name: tags, type: list(string), default: "[]" }
          - { name: note, default: "" }
          - { name: size, default: small, options: [{ value: small }, { value: large }] }
          - { name: once, type: number, ephemeral: true }
tasks:
  - { name: bare, owner: olga, template: needy, stage: idle }
  - { name: plain, owner: olga, template: typed, stage: idle }
`;

type Values = Readonly<Record<string, string>>;

function build(mock: TestMock, task: string, values: Values, order: object = {}): Promise<Answer> {
  const rich_parameter_values = Object.entries(values).map(([name, value]) => ({ name, value }));
  return mock.ask("POST", `/api/v2/workspaces/${mock.inside(task).workspace.id}/builds`, {
    body: { transition: "start", rich_parameter_values, ...order },
  });
}

async function stored(mock: TestMock, { status, body }: Answer): Promise<Values> {
  expect(status).toBe(201);
  const { body: values } = await mock.ask("GET", `/api/v2/workspacebuilds/${body.id}/parameters`);
  return Object.fromEntries(values.map(({ name, value }: { name: string; value: string }) => [name, value]));
}

function preset(mock: TestMock, name: string): object {
  const id = mock.version("needy").presets.find((one) => one.name === name)?.id;
  return { template_version_preset_id: id };
}

describe("a parameter without a default", () => {
  it("must be given by the preset that a task is created with", async () => {
    const mock = await mockOf(scenario);
    const order = { template_version_id: mock.version("needy").id, input: "Do it.", name: "fresh" };
    const refused = await mock.ask("POST", "/api/v2/tasks/olga", { body: order });
    expect([refused.status, refused.body.validations]).toEqual([
      400,
      [{ field: "need", detail: expect.stringContaining("no default") }],
    ]);
    const { status } = await mock.ask("POST", "/api/v2/tasks/olga", {
      body: { ...order, ...preset(mock, "giving") },
    });
    expect(status).toBe(201);
  });

  it("must be given with a build of any transition", async () => {
    const mock = await mockOf(scenario);
    for (const transition of ["start", "stop", "delete"]) {
      const { status, body } = await build(mock, "bare", {}, { transition });
      expect([status, body]).toEqual([
        400,
        {
          message: expect.stringContaining("parameter"),
          validations: [{ field: "need", detail: expect.stringContaining("no default") }],
        },
      ]);
    }
    expect(mock.inside("bare").workspace.builds).toHaveLength(1);
  });

  it("may come from the client, from the build before, or from a preset, which goes first", async () => {
    const mock = await mockOf(scenario);
    expect(await stored(mock, await build(mock, "bare", { need: "1.5" }))).toEqual({ need: "1.5" });
    mock.pass(20);
    expect(await stored(mock, await build(mock, "bare", {}, { transition: "stop" }))).toEqual({
      need: "1.5",
    });
    mock.pass(20);
    const chosen = await build(mock, "bare", { need: "x" }, preset(mock, "giving"));
    expect(await stored(mock, chosen)).toEqual({ need: "3" });
  });

  it("has to be given each time when it holds for one build alone", async () => {
    const mock = await mockOf(scenario);
    expect((await build(mock, "plain", {})).body.validations).toMatchObject([{ field: "once" }]);
    expect((await build(mock, "plain", { once: "1" })).status).toBe(201);
    mock.pass(20);
    expect((await build(mock, "plain", {})).status).toBe(400);
  });

  it("is no matter on a version that does not have it", async () => {
    const mock = await mockOf(scenario);
    const versions = [...mock.mock.host.world.tables.templates.values()].flatMap((one) => one.versions);
    const old = versions.find(({ parameters, name }) => name === "v1" && parameters.length === 0);
    expect((await build(mock, "bare", {}, { template_version_id: old?.id })).status).toBe(201);
  });
});

describe("the value of a parameter", () => {
  it.each([
    ["cores", ["0", "-1", "+2", "1.5", ".5", "3.", "1e3"], ["", "x", "2 cores", "1,5", "0b1", "1e999", " 1"]],
    ["fast", ["true", "FALSE", "True", "t", "1", "0"], ["", "yes", "tRUE", "2"]],
    ["tags", ["[]", '["a"]', ' [ "a", "b" ] '], ["", "a,b", "[1]", '{"a":"b"}', '"a"', "["]],
    ["note", ["", "anything", "[1]"], []],
    ["size", ["small", "large"], ["", "Small", "medium"]],
  ] as const)("is checked by its type and options: %s", async (name, good, bad) => {
    const mock = await mockOf(scenario);
    for (const value of good) {
      mock.reset();
      expect([value, await stored(mock, await build(mock, "plain", { once: "1", [name]: value }))]).toEqual([
        value,
        expect.objectContaining({ [name]: value }),
      ]);
    }
    mock.reset();
    for (const value of bad) {
      const { status, body } = await build(mock, "plain", { once: "1", [name]: value });
      expect([value, status, body.validations]).toEqual([
        value,
        400,
        [{ field: name, detail: expect.stringContaining("must be") }],
      ]);
    }
  });

  it("is refused with all that are wrong, in the version's order", async () => {
    const mock = await mockOf(scenario);
    const { body } = await build(mock, "plain", { size: "medium", fast: "perhaps", cores: "few" });
    const fields = body.validations.map(({ field }: { readonly field: string }) => field);
    expect(fields).toEqual(["cores", "fast", "size", "once"]);
  });

  it("is looked at after other builds, and before an unknown preset comes out", async () => {
    const mock = await mockOf(scenario);
    const unknown = { template_version_preset_id: "00000000-0000-4000-8000-000000000001" };
    expect((await build(mock, "bare", { need: "x" }, unknown)).status).toBe(400);
    expect((await build(mock, "bare", { need: "1" }, unknown)).status).toBe(500);
    expect((await build(mock, "bare", { need: "1" })).status).toBe(201);
    expect((await build(mock, "bare", { need: "x" })).status).toBe(409);
  });
});
