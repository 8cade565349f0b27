import { describe, expect, it } from "vitest";
import type { TaskHandle } from "../../src/client/task-handle.ts";
import { plainBuildLogs } from "../../src/domain/log-script.ts";
import { ClientBench, outputsOf } from "./client-bench.ts";
import { CommandLine } from "./command-line.ts";
import { UnreadableAnswer } from "./strict-reader.ts";

describe("the command line", () => {
  it.each(["2.31", "2.34"])("makes a task, sends, pauses, resumes and deletes it (%s)", async (revision) => {
    await using bench = await ClientBench.open({ revision });
    using coder = new CommandLine(bench.as("mateo"));
    expect(await coder.version()).toContain(revision);
    const order = { input: "Sort the list", template: "web-agent", preset: "small" };
    const { name, id, current_state } = await coder.create(order);
    expect(current_state).toBeNull();
    expect((await coder.list({ status: "pending" })).map((task) => task.id)).toEqual([id]);
    expect((await coder.watch(name)).current_state?.state).toBe("idle");
    await coder.send(`mateo/${name}`, "From the newest to the oldest");
    expect((await coder.watch(id)).current_state?.state).toBe("idle");
    expect((await coder.logs(name)).map(({ content }) => content)).toContain("From the newest to the oldest");
    expect(await coder.pause(name)).toEqual(outputsOf(plainBuildLogs.stop));
    expect((await coder.watch(name)).status).toBe("paused");
    expect((await coder.logs(name)).map(({ type }) => type)).toEqual(["input", "output", "input", "output"]);
    expect(await coder.resume(name)).toEqual(outputsOf(plainBuildLogs.start));
    expect((await coder.watch(name)).status).toBe("active");
    await coder.delete(name);
    expect((await coder.list()).map((task) => task.id)).not.toContain(id);
    await bench.expectFairExchanges();
    expect(await bench.needs("wire")).toEqual({ whole: "2.31", requests: "2.31" });
    expect(await bench.needs("documented")).toEqual({ whole: undefined, requests: "2.31" });
  });

  it("does without pause and resume on 2.30, as programs of that day", async () => {
    await using bench = await ClientBench.open({ revision: "2.30" });
    using coder = new CommandLine(bench.as("mateo"), { isOld: true });
    const { name } = await coder.create({ input: "Sort the list", template: "web-agent", version: "v1" });
    await coder.watch(name);
    await coder.send(name, "From the newest to the oldest");
    expect((await coder.watch(name)).current_state?.state).toBe("idle");
    expect(await bench.needs("wire")).toEqual({ whole: "2.30", requests: "2.30" });
    await expect(coder.pause(name)).rejects.toThrow("404");
    await coder.delete(name);
    await bench.expectFairExchanges({ lacking: ["pause"] });
    expect(await bench.needs("wire")).toEqual({ whole: "2.31", requests: "2.31" });
  });

  it("wakes a paused task before it sends, and waits until it has said something", async () => {
    await using bench = await ClientBench.open();
    using coder = new CommandLine(bench.as("mateo"));
    await coder.send("report-query", "Is it fast enough?");
    const { builds, conversation, status } = await bench.mock.task("report-query").get();
    expect([status, builds.at(-1)?.reason]).toEqual(["active", "task_resume"]);
    expect(conversation.map(({ content }) => content)).toContain("Is it fast enough?");
    await bench.expectFairExchanges();
  });

  it("waits for a task that is on its way before it sends, and refuses one that goes nowhere", async () => {
    await using bench = await ClientBench.open();
    using coder = new CommandLine(bench.as("mateo"));
    const { name } = await coder.create({ input: "Sort the list", template: "web-agent" });
    await expect(coder.send(name, "And then?")).rejects.toThrow("is pending and takes no input");
    await bench.as("mateo").pause(1);
    await coder.send(name, "And then?");
    await expect(coder.send("mobile-menu", "And then?")).rejects.toThrow("is error and takes no input");
    await expect(coder.resume(name)).rejects.toThrow("is active, not paused");
    await bench.expectFairExchanges();
  });

  describe("that has woken a task", () => {
    it.each<readonly [string, readonly ((task: TaskHandle) => Promise<unknown>)[], string]>([
      [
        "bears with an app that is unhealthy for a while",
        [
          (task) => task.app({ health: "unhealthy" }),
          (task) => task.app({ health: "healthy" }),
          (task) => task.report({ state: "idle", message: "Here I am" }),
        ],
        "",
      ],
      [
        "gives up on one that stays so for five minutes",
        [(task) => task.app({ health: "unhealthy" })],
        "is error",
      ],
      ["gives up at once on one that is not there", [(task) => task.app({ linked: false })], "is unknown"],
      [
        "waits for ever on an agent that says nothing",
        [(task) => task.app({ health: "unhealthy" }), (task) => task.app({ health: "healthy" })],
        "waited for too long",
      ],
    ])("%s", async (_, changes, complaint) => {
      await using bench = await ClientBench.open();
      using coder = new CommandLine(bench.as("mateo"));
      const task = bench.mock.task("report-query");
      const [first, ...others] = changes.map((change) => () => change(task));
      bench.whileWaiting(
        async () => {
          await bench.mock.clock.until({ task: task.ref, status: "active" });
          await first?.();
        },
        ...others,
      );
      const sending = coder.send(task.ref, "Is it fast enough?");
      if (complaint === "") await sending;
      else await expect(sending).rejects.toThrow(complaint);
      await bench.expectFairExchanges();
    });
  });

  it("resumes without waiting when it is told so", async () => {
    await using bench = await ClientBench.open();
    using coder = new CommandLine(bench.as("mateo"));
    expect(await coder.resume("report-query", { wait: false })).toEqual([]);
    expect((await coder.status("report-query")).status).toBe("pending");
  });

  it("watches until the agent is well", async () => {
    await using bench = await ClientBench.open();
    using coder = new CommandLine(bench.as("mateo"));
    const task = bench.mock.task("csv-import");
    await task.agent({ connected: false });
    expect((await coder.status(task.ref)).workspace_agent_health).toEqual({ healthy: false });
    const looks: string[] = [];
    bench.whileWaiting(
      async () => looks.push("not yet"),
      () => task.agent({ connected: true }),
    );
    expect((await coder.watch(task.ref)).workspace_agent_health).toEqual({ healthy: true });
    expect(looks).toEqual(["not yet"]);
    await bench.expectFairExchanges();
  });

  it('works on the task of another owner by its id, with "me" for the owner all the same', async () => {
    await using bench = await ClientBench.open();
    using coder = new CommandLine(bench.as("olga"));
    const { id, owner_name } = await coder.status("mateo/csv-import");
    expect(owner_name).toBe("mateo");
    await coder.send(id, "Is it fast enough?");
    expect((await coder.watch(id)).current_state?.state).toBe("idle");
    expect((await coder.logs(id)).map(({ content }) => content)).toContain("Is it fast enough?");
    await coder.pause(id);
    await coder.resume(id);
    await coder.delete(id);
    await expect(coder.status(id)).rejects.toThrow("404");
    const { requests } = await bench.mock.requests.list({ limit: 1_000 });
    const paths = requests.filter(({ path }) => path.includes(`/${id}`)).map(({ path }) => path);
    expect(new Set(paths.map((path) => path.replace(/^\/api\/v2\/tasks\//, "").replace(id, "id")))).toEqual(
      new Set(["me/id", "me/id/send", "me/id/logs", "mateo/id/pause", "mateo/id/resume", "mateo/id"]),
    );
    await bench.expectFairExchanges();
  });

  it("makes a task for somebody else, from the only template for tasks", async () => {
    await using bench = await ClientBench.open();
    const templates = [
      { name: "plain", organization: "harbor", ai: false },
      { name: "agents", organization: "harbor" },
    ];
    await bench.only({ templates, users: ["olga", "priya"] });
    using coder = new CommandLine(bench.as("olga"));
    const { id, owner_name } = await coder.create({ input: "Sort the list", owner: "priya" });
    expect(owner_name).toBe("priya");
    expect(await bench.mock.task(id).get()).toMatchObject({ template: { name: "agents" } });
    await bench.expectFairExchanges();
  });

  it("makes a task for somebody else, from the template that is named where there are several", async () => {
    await using bench = await ClientBench.open();
    using coder = new CommandLine(bench.as("olga"));
    const input = "Sort the list";
    await expect(coder.create({ input })).rejects.toThrow(
      "Name one of the templates: data-agent, web-agent.",
    );
    await expect(coder.create({ input: "" })).rejects.toThrow("told what to do");
    const { owner_name } = await coder.create({ input, template: "data-agent", owner: "priya" });
    expect(owner_name).toBe("priya");
    await bench.expectFairExchanges();
  });

  it("lists its own tasks, those in a state, and those of everybody", async () => {
    await using bench = await ClientBench.open();
    using coder = new CommandLine(bench.as("olga"));
    const owners = (tasks: readonly { readonly owner_name: string }[]) => [
      ...new Set(tasks.map(({ owner_name }) => owner_name)),
    ];
    expect(owners(await coder.list())).toEqual(["olga"]);
    expect((await coder.list({ status: "paused" })).map(({ name }) => name)).toEqual(["cache-headers"]);
    expect(owners(await coder.list({ all: true })).length).toBeGreaterThan(3);
    await bench.expectFairExchanges();
  });

  it("cannot read tasks as the pages show them: an id that may be missing is an object there", async () => {
    await using bench = await ClientBench.open({ profile: "documented" });
    using coder = new CommandLine(bench.as("mateo"));
    for (const command of [
      () => coder.list(),
      () => coder.status("csv-import"),
      () => coder.create({ input: "Sort the list", template: "web-agent" }),
    ]) {
      const outcome = command();
      await expect(outcome).rejects.toThrow(UnreadableAnswer);
      await expect(outcome).rejects.toThrow(
        /workspace_id: expected text|workspace_id: expected a uuid, got \{/,
      );
    }
    await bench.expectFairExchanges();
  });
});
