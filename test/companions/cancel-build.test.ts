import { describe, expect, it } from "vitest";
import type { Answer } from "../support/http-client.ts";
import { startTestMock, type TestMock } from "../support/test-mock.ts";

const api = "/api/v2";

interface Started {
  readonly mock: TestMock;
  readonly build: string;
}

/** A task whose start build is as old as that. */
async function started(seconds: number): Promise<Started> {
  const mock = await startTestMock();
  const body = {
    template_version_id: mock.version("web-agent").id,
    input: "Count the lines",
    name: "counting",
  };
  await mock.ask("POST", "/tasks/me", { body });
  mock.pass(seconds);
  return { mock, build: mock.inside("counting").workspace.builds[0]?.id ?? "" };
}

function cancel({ mock, build }: Started, query = "", as = "olga"): Promise<Answer> {
  return mock.ask("PATCH", `${api}/workspacebuilds/${build}/cancel${query}`, { as });
}

async function look({ mock, build }: Started) {
  const { body } = await mock.ask("GET", `${api}/workspacebuilds/${build}`);
  const task = (await mock.ask("GET", "/tasks/me/counting")).body;
  return { build: body.status, job: body.job, task: task.status };
}

describe("canceling a build", () => {
  it("ends one at once that nobody has picked up", async () => {
    const waiting = await started(0);
    const answer = await cancel(waiting);
    expect([answer.status, answer.body]).toEqual([200, { message: expect.any(String) }]);
    const { build, task, job } = await look(waiting);
    expect([build, task]).toEqual(["canceled", "error"]);
    expect(job).toMatchObject({ canceled_at: "2026-02-02T09:00:00Z", completed_at: "2026-02-02T09:00:00Z" });
    expect(job).not.toHaveProperty("started_at");
  });

  it("gives one that runs the time to end", async () => {
    const running = await started(1);
    await cancel(running, "?expect_status=running");
    expect(await look(running)).toMatchObject({ build: "canceling", task: "error" });
    running.mock.pass(1);
    expect(await look(running)).toMatchObject({
      build: "canceled",
      job: { canceled_at: "2026-02-02T09:00:01Z", completed_at: "2026-02-02T09:00:01.750Z" },
    });
    running.mock.pass(60);
    expect(await look(running)).toMatchObject({ build: "canceled", task: "error" });
  });

  it("lets the workspace be built again, and so the prompt be edited", async () => {
    const running = await started(1);
    const { mock } = running;
    await cancel(running);
    mock.pass(1);
    const builds = `${api}/workspaces/${mock.inside("counting").workspace.id}/builds`;
    expect((await mock.ask("POST", builds, { body: { transition: "stop" } })).status).toBe(201);
    mock.pass(5);
    const edited = await mock.ask("PATCH", "/tasks/me/counting/input", {
      body: { input: "Count the words" },
    });
    expect(edited.status).toBe(204);
    await mock.ask("POST", builds, { body: { transition: "start" } });
    mock.pass(20);
    const { body } = await mock.ask("GET", `/tasks/me/counting`);
    expect(body).toMatchObject({ status: "active", initial_prompt: "Count the words" });
  });

  it("comes too late for what has ended or is ending", async () => {
    expect((await cancel(await started(20))).status).toBe(400);
    const twice = await started(1);
    await cancel(twice);
    expect((await cancel(twice)).status).toBe(400);
    twice.mock.pass(5);
    expect((await cancel(twice)).status).toBe(400);
  });

  it("looks at what is expected", async () => {
    const waiting = await started(0);
    expect((await cancel(waiting, "?expect_status=running")).status).toBe(412);
    expect((await cancel(waiting, "?expect_status=done")).status).toBe(400);
    expect((await look(waiting)).build).toBe("pending");
    expect((await cancel(waiting, "?expect_status=pending")).status).toBe(200);
  });

  it("is for those who may", async () => {
    const waiting = await started(0);
    expect((await cancel(waiting, "", "nobody")).status).toBe(401);
    expect((await cancel(waiting, "", "priya")).status).toBe(404);
    const { mock } = waiting;
    await mock.ask("POST", `/tasks/me/${mock.id("csv-import")}/pause`, { as: "mateo" });
    const shared = mock.inside("csv-import").workspace.builds.at(-1)?.id ?? "";
    expect((await cancel({ mock, build: shared }, "", "priya")).status).toBe(403);
    expect((await cancel({ mock, build: shared }, "", "mateo")).status).toBe(200);
  });
});
