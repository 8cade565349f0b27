import { describe, expect, it } from "vitest";
import { mockOf } from "../http/own-scenario.ts";
import { startTestMock, type TestMock } from "../support/test-mock.ts";

const hour = 3600;
const setUp = `
organizations: [harbor]
users: [mateo]
templates: [web-agent]
clock: { start: 2026-02-02T09:00:00Z }
tasks:`;

/** A task in a stage that has lasted for so long that any line which goes by the clock alone has come. */
function staged(stage: string): Promise<TestMock> {
  const error = stage.endsWith("-failed") ? ", error: No space" : "";
  return mockOf(
    `${setUp}\n  - { name: one, owner: mateo, template: web-agent, created: 3h, stage: "${stage}"${error} }`,
  );
}

async function outputs(
  mock: TestMock,
  kind: "workspacebuilds" | "workspaceagents",
  task = "one",
): Promise<readonly string[]> {
  const { workspace, agent } = mock.inside(task);
  const id = kind === "workspacebuilds" ? workspace.builds.at(-1)?.id : agent?.id;
  const { status, body } = await mock.ask("GET", `/api/v2/${kind}/${id}/logs`);
  expect(status).toBe(200);
  return body.map(({ output }: { readonly output: string }) => output);
}

const whole = "Removing the working directory";
const isClosing = (text: string) => /complete!|Creation complete|Destruction complete|Removing/.test(text);

/** The machine, not the volume that is there before it. */
function closingLines(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => isClosing(line) && !line.startsWith("docker_volume"));
}

describe("the log of a build whose job", () => {
  it.each([
    ["pending", "pending", undefined],
    ["running", "provisioning", "docker_container.workspace: Creating..."],
    ["succeeded", "idle", whole],
    ["canceling", "build-canceling", "docker_container.workspace: Creating..."],
    ["canceled", "build-canceled", "The build was canceled."],
    ["failed", "build-failed", "No space"],
    ["pending", "pausing", undefined],
    ["running", "stopping", "docker_container.workspace: Destroying..."],
    ["succeeded", "paused", whole],
    ["canceling", "stop-canceling", "docker_container.workspace: Destroying..."],
    ["canceled", "stop-canceled", "The build was canceled."],
    ["failed", "stop-failed", "No space"],
    ["pending", "delete-pending", undefined],
    ["running", "delete-running", "docker_volume.home: Destroying..."],
    ["canceling", "delete-canceling", "docker_volume.home: Destroying..."],
    ["canceled", "delete-canceled", "The build was canceled."],
    ["failed", "delete-failed", "No space"],
  ])("is %s (%s) ends with %j, however long that lasts", async (status, stage, last) => {
    const mock = await staged(stage);
    const lines = await outputs(mock, "workspacebuilds");
    expect(mock.inside("one").workspace.builds.at(-1)?.job.status).toBe(status);
    expect(lines.at(-1)).toBe(last);
    expect(closingLines(lines)).toHaveLength(status === "succeeded" ? 3 : 0);
    mock.pass(hour);
    expect(await outputs(mock, "workspacebuilds")).toEqual(lines);
  });

  it.each([
    ["hangs", "docker_container.workspace: Creating..."],
    ["canceled", "The build was canceled."],
    ["{ fails: No space }", "No space"],
    ["succeeds", whole],
  ])("%s only ever grows, up to %j", async (outcome, last) => {
    const mock = await mockOf(
      `${setUp}\n  - { name: one, owner: mateo, template: web-agent, stage: pending, continues: true, behaviour: { start: ${outcome} } }`,
    );
    let known: readonly string[] = [];
    for (let step = 0; step < 40; step++) {
      mock.pass(0.1);
      const lines = await outputs(mock, "workspacebuilds");
      const { status } = mock.inside("one").workspace.builds[0]?.job ?? {};
      expect(lines.slice(0, known.length)).toEqual(known);
      expect(closingLines(lines)).toHaveLength(status === "succeeded" ? 3 : 0);
      known = lines;
    }
    expect(known.at(-1)).toBe(last);
  });

  it("was fixed as running, and is canceled, has nothing of a good end before the bad one", async () => {
    const mock = await startTestMock();
    const build = mock.inside("search-index").workspace.builds[0];
    const before = await outputs(mock, "workspacebuilds", "search-index");
    expect(
      (await mock.ask("PATCH", `/api/v2/workspacebuilds/${build?.id}/cancel`, { as: "priya" })).status,
    ).toBe(200);
    mock.pass(10);
    const after = await outputs(mock, "workspacebuilds", "search-index");
    expect(after).toEqual([...before, "The build was canceled."]);
    expect(closingLines(after)).toEqual([]);
  });
});

describe("the log of an agent that is", () => {
  const app = "Starting the agent's app on port 3284";
  const through = "Startup script is through";
  it.each([
    ["created", "connecting", undefined],
    ["created", "connect-timeout", undefined],
    ["starting", "starting", app],
    ["start_timeout", "start-timeout", app],
    ["start_error", "start-error", "Startup script exited with code 1"],
    ["ready", "idle", through],
    ["ready", "disconnected", through],
    ["shutting_down", "shutting-down", through],
    ["shutdown_timeout", "shutdown-timeout", through],
    ["shutdown_error", "shutdown-error", through],
    ["off", "off", through],
  ])("%s (%s) ends with %j, however long that lasts", async (lifecycle, stage, last) => {
    const mock = await staged(stage);
    expect(mock.inside("one").agent?.lifecycle).toBe(lifecycle);
    const lines = await outputs(mock, "workspaceagents");
    expect(lines.at(-1)).toBe(last);
    expect(lines.includes(through)).toBe(last === through);
    mock.pass(hour);
    expect(await outputs(mock, "workspaceagents")).toEqual(lines);
  });

  it.each(["starting", "start-timeout", "start-error", "idle"])(
    "%s, and stays what it was when another build takes its place",
    async (stage) => {
      const mock = await mockOf(
        `${setUp}\n  - { name: one, owner: mateo, template: web-agent, created: 300ms, stage: ${stage} }`,
      );
      const id = mock.inside("one").agent?.id;
      const read = async () => (await mock.ask("GET", `/api/v2/workspaceagents/${id}/logs`)).body;
      const before = await read();
      expect((await mock.ask("POST", `/tasks/me/${mock.id("one")}/pause`)).status).toBe(202);
      expect(await read()).toEqual(before);
      for (const seconds of [0.5, 1, 1, hour]) {
        mock.pass(seconds);
        expect(await read()).toEqual(before);
      }
    },
  );
});
