import { describe, expect, it } from "vitest";
import { revisions } from "../../src/domain/revision.ts";
import { ClientBench } from "./client-bench.ts";
import { type ActionInputs, CreateTaskAction } from "./create-task-action.ts";

const inputs: ActionInputs = {
  githubUserId: 7340218,
  organization: "harbor",
  template: "web-agent",
  prefix: "issue",
  issue: 41,
  prompt: "Fix the broken link of issue 41.",
};

describe("the GitHub action that makes tasks", () => {
  it.each(revisions)("makes a task, and sends to it the next time (%s)", async (revision) => {
    await using bench = await ClientBench.open({ revision });
    using action = new CreateTaskAction(bench.as("olga"));
    const made = await action.run({ ...inputs, preset: "large" });
    expect(made).toMatchObject({
      isNew: true,
      task: { name: "issue-41", status: "pending", current_state: null },
    });
    expect(await bench.mock.task("issue-41").get()).toMatchObject({
      status: "active",
      current_state: { state: "idle" },
      prompt: inputs.prompt,
      owner: { username: "mateo" },
    });
    const again = await action.run({ ...inputs, prompt: "There is another one." });
    expect([again.isNew, again.task.id]).toEqual([false, made.task.id]);
    const { conversation } = await bench.mock.task("issue-41").get();
    expect(conversation.map(({ content }) => content)).toContain("There is another one.");
    await bench.expectFairExchanges();
    expect(await bench.needs("wire")).toEqual({ whole: "2.30", requests: "2.30" });
    expect(await bench.needs("documented")).toEqual({ whole: undefined, requests: "2.30" });
  });

  it("takes the default preset when it is told none", async () => {
    await using bench = await ClientBench.open();
    using action = new CreateTaskAction(bench.as("olga"));
    await action.run(inputs);
    const { preset_id } = await bench.mock.task("issue-41").get();
    const templates = await bench.mock.templates();
    const presets = templates.flatMap(({ versions }) => versions.flatMap((version) => version.presets));
    expect(presets.find(({ id }) => id === preset_id)?.name).toBe("small");
  });

  it("makes a task anew when the one that it waits for is not found twice in a row", async () => {
    await using bench = await ClientBench.open();
    using action = new CreateTaskAction(bench.as("olga"));
    const { task } = await action.run(inputs);
    bench.whileWaiting(() => bench.mock.task("issue-41").build({ transition: "delete" }));
    const again = await action.run(inputs);
    expect([again.isNew, again.task.name]).toEqual([true, "issue-41"]);
    expect(again.task.id).not.toBe(task.id);
    await bench.expectFairExchanges();
  });

  it("gives up on a task in error", async () => {
    await using bench = await ClientBench.open();
    using action = new CreateTaskAction(bench.as("olga"));
    bench.whileWaiting(() => bench.mock.task("issue-41").build({ job: "failed" }));
    await expect(action.run(inputs)).rejects.toThrow("is in error");
    await bench.expectFairExchanges();
  });

  it("cannot read a failure as 2.30 shows it, and can as all later ones do", async () => {
    for (const revision of revisions) {
      await using bench = await ClientBench.open({ revision });
      using action = new CreateTaskAction(bench.as("olga"));
      await action.run(inputs);
      await bench.mock.task("issue-41").report({ state: "failure", message: "No such link" });
      bench.whileWaiting(() => bench.mock.task("issue-41").report({ state: "idle", message: "Found it" }));
      const again = action.run(inputs);
      if (revision === "2.30") await expect(again).rejects.toThrow(/current_state\.state: .* got "failure"/);
      else expect((await again).isNew).toBe(false);
      await bench.expectFairExchanges();
    }
  });

  it("cannot read a new task as the pages show it, where no state is left out and not null, but sends to it later", async () => {
    await using bench = await ClientBench.open({ profile: "documented", scenario: "empty" });
    using action = new CreateTaskAction(bench.as("olga"));
    await expect(action.run(inputs)).rejects.toThrow("current_state: expected an object, got nothing.");
    await bench.mock.clock.until({ task: "issue-41", state: "idle" });
    expect((await action.run(inputs)).isNew).toBe(false);
    await bench.expectFairExchanges();
    expect(await bench.needs("documented")).toEqual({ whole: "2.30", requests: "2.30" });
  });
});
