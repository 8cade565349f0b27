import { createWorldTest } from "coder-tasks-mock/vitest";
import { describe } from "vitest";
import { type Access, startTask, statusOf } from "./tasks.ts";

/** Each test has a world whose clock stands still, and is mateo in it. */
const test = createWorldTest({ worldOptions: { clock: "manual" } }).extend<{
  access: Access;
  template: string;
}>({
  access: ({ world }, use) => use({ url: world.url, token: world.token("mateo") }),
  template: async ({ world }, use) => {
    const [template] = await world.templates();
    await use(template?.active_version_id ?? "");
  },
});

describe.concurrent("a task", () => {
  test("becomes active", async ({ world, access, template, expect }) => {
    const task = await startTask(access, template, "Mend the footer.");
    expect(await statusOf(access, task)).toBe("pending");
    await world.clock.until({ task, status: "active" });
    expect(await statusOf(access, task)).toBe("active");
    await world.requests.expect({ operation: "create-a-new-ai-task" }, { count: 1 });
  });

  test("fails with its app", async ({ world, access, template, expect }) => {
    const task = await startTask(access, template, "Mend the footer.");
    await world.clock.until({ task, status: "active" });
    await world.task(task).app({ health: "unhealthy" });
    expect(await statusOf(access, task)).toBe("error");
  });

  test("is started in spite of an outage", async ({ world, access, template, expect }) => {
    await world.faults.add({ fault: { kind: "status", status: 503 }, when: { first: 2 } });
    await expect(startTask(access, template, "Mend the footer.")).resolves.toBeTypeOf("string");
  });

  test("is not started when the outage lasts", async ({ world, access, template, expect }) => {
    await world.faults.add({ fault: { kind: "status", status: 503 } });
    await expect(startTask(access, template, "Mend the footer.")).rejects.toThrow("answered with 503");
    expect(await world.requests.count()).toBe(3);
  });
});

describe("a template that is no id", () => {
  test.override({ failOnViolations: false });

  test("is refused", async ({ access, expect }) => {
    await expect(startTask(access, "latest", "Mend the footer.")).rejects.toThrow("answered with 400");
  });
});
