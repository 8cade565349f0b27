import { describe, expect, it } from "vitest";
import { plainAgentLog, plainBuildLogs } from "../../src/domain/log-script.ts";
import { profiles, revisions } from "../../src/domain/revision.ts";
import { ClientBench, outputsOf } from "./client-bench.ts";
import { type Task, WebUi } from "./web-ui.ts";

const isIdle = ({ status, current_state: now }: Task) => status === "active" && now?.state === "idle";
const isPaused = ({ status }: Task) => status === "paused";

/** Opens the page of tasks and makes one. */
async function makeTask(ui: WebUi, prompt = "Tidy the footer"): Promise<Task> {
  const { user } = await ui.shell();
  const { templates } = await ui.tasksPage(user.username);
  const template = templates.find(({ name }) => name === "web-agent");
  return ui.newTask(user.id, template?.id ?? "", prompt);
}

describe("the web UI", () => {
  it("asks all that its pages need before they show anything", async () => {
    await using bench = await ClientBench.open();
    using ui = new WebUi(bench.as("olga"));
    expect(await ui.shell()).toMatchObject({
      user: { username: "olga", roles: [{ name: "owner" }] },
      may: { viewAllUsers: true, viewDeployment: true },
      unread_count: 0,
    });
    expect(await ui.usersLike("ma")).toEqual(["mateo", "tomasz"]);
    using plain = new WebUi(bench.as("mateo"));
    expect((await plain.shell()).may).toEqual({ viewAllUsers: false, viewDeployment: false });
    const { tasks, waiting, templates } = await plain.tasksPage("mateo");
    expect(tasks.map(({ name }) => name)).toEqual(["csv-import", "mobile-menu", "report-query"]);
    expect(waiting.map(({ name }) => name)).toEqual(["csv-import", "report-query"]);
    expect(templates.map(({ name }) => name)).toEqual(["data-agent", "web-agent"]);
    await bench.expectFairExchanges();
  });

  describe.each(profiles)("in profile %s", (profile) => {
    it("makes a task, follows its build, pauses, resumes and deletes it", async () => {
      await using bench = await ClientBench.open({ profile });
      using ui = new WebUi(bench.as("olga"));
      const made = await makeTask(ui);
      const first = await ui.taskPage(made);
      expect([first.build.status, first.agents, first.parameters]).toMatchObject([
        "pending",
        [],
        [{ name: "cpu" }, { name: "memory" }],
      ]);
      expect(await ui.buildLog(first.build)).toEqual(outputsOf(plainBuildLogs.start));
      const built = await ui.taskPage(made);
      expect(built.build.status, "the end of its log is the end of a build").toBe("running");
      const [agent] = built.agents;
      if (agent === undefined) throw new Error("There is no agent.");
      const lines = outputsOf(plainAgentLog);
      expect(await ui.agentLog(agent, lines.at(-1) ?? "")).toEqual(lines);
      const active = await ui.stayUntil(made, isIdle);
      expect(active.agents).toHaveLength(1);
      const ended = await ui.ended(made, await ui.pause(made));
      expect([ended.status, ended.transition]).toEqual(["stopped", "stop"]);
      const { task: paused } = await ui.stayUntil(made, isPaused);
      const shown = await ui.pausedView(paused);
      expect(shown.map(({ type }) => type)).toEqual(["input", "output"]);
      expect(await ui.buildLog(await ui.resume(paused))).toEqual(outputsOf(plainBuildLogs.start));
      await ui.stayUntil(made, isIdle);
      await ui.delete(made);
      const { tasks } = await ui.tasksPage("olga");
      expect(tasks.map(({ id }) => id)).not.toContain(made.id);
      await bench.expectFairExchanges();
      expect(await bench.needs(profile)).toEqual({ whole: "2.31", requests: "2.31" });
    });

    it.each([
      ...revisions.map((revision) => [revision, "pending", 0] as const),
      ["2.34", "starting", 1] as const,
    ])(
      "edits the prompt of a task whose build is still under way (%s, %s)",
      async (revision, status, seconds) => {
        await using bench = await ClientBench.open({ profile, revision });
        using ui = new WebUi(bench.as("mateo"));
        const made = await makeTask(ui, "Tidy the footer");
        await bench.as("mateo").pause(seconds);
        expect((await ui.taskPage(made)).build.status).toBe(status);
        const started = await ui.editPrompt(made, "Tidy the header");
        expect([started.build_number, started.transition]).toEqual([3, "start"]);
        const { task } = await ui.stayUntil(made, isIdle);
        expect(task.initial_prompt).toBe("Tidy the header");
        const { builds, conversation } = await bench.mock.task(made.id).get();
        expect(builds.map(({ transition, job }) => [transition, job.status])).toEqual([
          ["start", "canceled"],
          ["stop", "succeeded"],
          ["start", "succeeded"],
        ]);
        expect(new Set(builds.map(({ template_version_id: version }) => version)).size).toBe(1);
        expect(conversation[0]?.content).toBe("Tidy the header");
        await bench.expectFairExchanges();
        expect(await bench.needs(profile)).toEqual({ whole: "2.30", requests: "2.30" });
      },
    );

    it("edits the prompt of a paused task without canceling anything", async () => {
      await using bench = await ClientBench.open({ profile });
      using ui = new WebUi(bench.as("mateo"));
      const { tasks } = await ui.tasksPage("mateo");
      const paused = tasks.find(isPaused);
      if (paused === undefined) throw new Error("No task is paused.");
      await ui.ended(paused, await ui.editPrompt(paused, "Make it take ten seconds."));
      expect((await ui.stayUntil(paused, isIdle)).task.initial_prompt).toBe("Make it take ten seconds.");
      await bench.expectFairExchanges();
    });

    it("pauses and resumes by builds of the workspace, as it did before there was anything else", async () => {
      await using bench = await ClientBench.open({ profile, revision: "2.30" });
      using ui = new WebUi(bench.as("olga"));
      const made = await makeTask(ui);
      await ui.stayUntil(made, isIdle);
      await ui.ended(made, await ui.build(made, "stop"));
      const { task } = await ui.stayUntil(made, isPaused);
      expect(await ui.buildLog(await ui.build(task, "start"))).not.toEqual([]);
      await ui.stayUntil(made, isIdle);
      await bench.expectFairExchanges();
      expect(await bench.needs(profile)).toEqual({ whole: "2.30", requests: "2.30" });
    });
  });

  it("finds the app with the conversation by its id, which is no text where the shapes are those of the pages", async () => {
    for (const profile of profiles) {
      await using bench = await ClientBench.open({ profile });
      using ui = new WebUi(bench.as("olga"));
      const { chat, agents } = await ui.stayUntil(await makeTask(ui), isIdle);
      expect(agents.flatMap(({ apps }) => apps)).toHaveLength(1);
      if (profile === "wire") expect(chat?.health).toBe("healthy");
      else expect(chat).toBeUndefined();
    }
  });
});
