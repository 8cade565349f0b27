import { describe, expect, it } from "vitest";
import { plainAgentLog, plainBuildLogs } from "../../src/domain/log-script.ts";
import { ClientBench, outputsOf } from "./client-bench.ts";
import { type Task, VscodePanel } from "./vscode-panel.ts";

const isIdle = ({ status, current_state: now }: Task) => status === "active" && now?.state === "idle";
const isPaused = ({ status }: Task) => status === "paused";

/** Makes a task, sends to it, pauses, resumes and deletes it. */
async function wholeLife(panel: VscodePanel) {
  const made = await panel.create("Tidy the footer", "web-agent", "large");
  const first = await panel.showUntil(made, isIdle);
  expect(await panel.send(first.task, "And the header")).toBe("sent");
  const { task: answered } = await panel.showUntil(made, isIdle);
  const conversation = await panel.logs(answered);
  await panel.pause(answered);
  // Neither active nor paused, and what the agent said last still shows.
  expect(await panel.selected(answered)).toMatchObject({
    status: "unknown",
    workspace_status: "pending",
    current_state: { state: "idle" },
  });
  const { task: paused } = await panel.showUntil(made, isPaused);
  const whilePaused = await panel.logs(paused);
  await panel.resume(paused);
  const second = await panel.showUntil(made, isIdle);
  const agents = [first, second].map(({ task }) => task.workspace_agent_id);
  await panel.delete(second.task);
  expect((await panel.tasks())?.map(({ id }) => id)).not.toContain(made.id);
  return { first, second, agents, conversation, whilePaused };
}

describe("the panel of an editor", () => {
  it.each(["2.31", "2.34"])("makes a task, sends, pauses, resumes and deletes it (%s)", async (revision) => {
    await using bench = await ClientBench.open({ revision });
    using panel = new VscodePanel(bench.as("mateo"));
    const { version, ...user } = await panel.signIn();
    expect(version).toContain(revision);
    expect(user).toEqual({ username: "mateo", isOwner: false });
    expect((await panel.tasks())?.map(({ name }) => name)).toEqual([
      "csv-import",
      "mobile-menu",
      "report-query",
    ]);
    const life = await wholeLife(panel);
    for (const { build, agent } of [life.first, life.second]) {
      expect(build).toEqual(outputsOf(plainBuildLogs.start));
      expect(agent).toEqual(outputsOf(plainAgentLog));
    }
    expect(new Set(life.agents).size).toBe(2);
    const types = ["input", "output", "input", "output"].map((type) => ({ type }));
    expect(life.conversation).toMatchObject(types);
    expect(life.whilePaused).toMatchObject(types);
    await bench.expectFairExchanges();
    expect(await bench.needs("wire")).toEqual({ whole: "2.31", requests: "2.31" });
    expect(await bench.needs("documented")).toEqual({ whole: undefined, requests: "2.31" });
  });

  it("pauses and resumes by builds of the workspace where there is nothing else (2.30)", async () => {
    await using bench = await ClientBench.open({ revision: "2.30" });
    using panel = new VscodePanel(bench.as("mateo"));
    const life = await wholeLife(panel);
    expect(new Set(life.agents).size).toBe(2);
    expect(life.whilePaused, "2.30 has logs of active tasks only").toBe("error");
    await bench.expectFairExchanges({ lacking: ["pause", "resume"] });
    expect((await bench.needs("wire")).requests, "what it tries first").toBe("2.31");
  });

  it("tells what it cannot do: send while the agent works, or show what a failed task said", async () => {
    await using bench = await ClientBench.open();
    using panel = new VscodePanel(bench.as("mateo"));
    const tasks = (await panel.tasks()) ?? [];
    const [idle, failed, paused] = tasks;
    if (idle === undefined || failed === undefined || paused === undefined) throw new Error("Too few tasks.");
    await bench.mock.task(idle.id).app({ busy: true });
    expect(await panel.send(idle, "Hurry up")).toBe(409);
    await bench.mock.task(idle.id).app({ health: "unhealthy" });
    expect(await panel.send(idle, "Hurry up"), "what it last saw was an active task").toBe(400);
    await expect(panel.send(paused, "Hurry up")).rejects.toThrow("It is paused and takes no input.");
    expect(await panel.logs(failed)).toBe("not available");
    await panel.resume(failed);
    expect((await panel.selected(failed)).status).toBe("pending");
    await bench.expectFairExchanges();
  });

  it.each([
    ["a WebSocket", []],
    ["server-sent events where there is none", ["watch-workspace-by-websocket"]],
  ])("lists workspaces beside the panel, and watches one by %s", async (_, missing) => {
    await using bench = await ClientBench.open();
    using panel = new VscodePanel(bench.as("mateo"));
    const idle = (await panel.tasks())?.find(isIdle);
    const workspace = (await panel.workspaces()).find(({ name }) => name === idle?.workspace_name);
    if (idle === undefined || workspace === undefined) throw new Error("No task is idle.");
    for (const operation of missing) await bench.answerNotFound(operation);
    await panel.pause(idle);
    expect(await panel.watch(workspace.id, "stopped")).toEqual(["pending", "stopping", "stopped"]);
  });

  it("hides where there are no tasks, and shows no templates where nobody knows of any", async () => {
    await using bench = await ClientBench.open({ scenario: "empty" });
    using panel = new VscodePanel(bench.as("mateo"));
    expect(await panel.tasks()).toEqual([]);
    await bench.answerNotFound("list-ai-tasks");
    expect(await panel.tasks()).toBeUndefined();
    await bench.answerNotFound("list-templates");
    expect(await panel.templates()).toEqual([]);
  });

  it("bears with a template without presets, which are null", async () => {
    await using bench = await ClientBench.open();
    await bench.only({ templates: [{ name: "plain", organization: "harbor" }], users: ["mateo"] });
    using panel = new VscodePanel(bench.as("mateo"));
    expect(await panel.templates()).toMatchObject([{ name: "plain", presets: null }]);
    const made = await panel.create("Tidy the footer", "plain");
    expect((await panel.showUntil(made, isIdle)).task.status).toBe("active");
    await bench.expectFairExchanges();
  });

  it("cannot read tasks as the pages show them: it needs ids as text for its paths", async () => {
    await using bench = await ClientBench.open({ profile: "documented" });
    using panel = new VscodePanel(bench.as("mateo"));
    await panel.signIn();
    expect((await panel.templates()).map(({ name }) => name)).toEqual(["data-agent", "web-agent"]);
    const unreadable = /workspace_id: expected a uuid, got \{"uuid":/;
    await expect(panel.tasks()).rejects.toThrow(unreadable);
    await expect(panel.create("Tidy the footer", "web-agent")).rejects.toThrow(unreadable);
    await bench.expectFairExchanges();
  });
});
