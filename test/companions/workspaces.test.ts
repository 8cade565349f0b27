import { describe, expect, it } from "vitest";
import { startTestMock, type TestMock } from "../support/test-mock.ts";

const api = "/api/v2";

function workspaceOf(mock: TestMock, task: string) {
  return mock.inside(task).workspace;
}

describe("a workspace", () => {
  it("is found by owner and name, in any case, and its builds by number", async () => {
    const mock = await startTestMock();
    const { id, builds } = workspaceOf(mock, "dark-mode");
    const byName = await mock.ask("GET", `${api}/users/olga/workspace/DARK-mode`);
    expect(byName.body).toEqual((await mock.ask("GET", `${api}/workspaces/${id}`)).body);
    const build = await mock.ask("GET", `${api}/users/me/workspace/dark-mode/builds/1`);
    expect(build.body).toMatchObject({ id: builds[0]?.id, build_number: 1, template_version_name: "v2" });
  });

  it("shows its running agent with the app that the task names", async () => {
    const mock = await startTestMock({ profile: "wire" });
    const task = (await mock.ask("GET", "/tasks/me/dark-mode")).body;
    const { body } = await mock.ask("GET", `${api}/workspaces/${task.workspace_id}`);
    expect(body).toMatchObject({
      name: "dark-mode",
      owner_name: "olga",
      template_name: "web-agent",
      organization_name: "harbor",
      outdated: false,
      task_id: task.id,
      health: { healthy: true, failing_agents: [] },
      latest_app_status: { state: "working", message: "Adding the preference to the account API" },
      latest_build: { status: "running", has_ai_task: true, job: { status: "succeeded" } },
    });
    const [machine, home] = body.latest_build.resources;
    expect(machine.agents[0]).toMatchObject({ id: task.workspace_agent_id, status: "connected" });
    const [app] = machine.agents[0].apps;
    expect(app.id).toBe(task.workspace_app_id);
    expect(app.statuses.map(({ message }: { message: string }) => message)).toEqual([
      "Adding the preference to the account API",
      "Waiting for an answer about where to keep the choice",
      "Moving the colours into variables",
    ]);
    expect(home).toMatchObject({ type: "docker_volume" });
    expect(home).not.toHaveProperty("agents");
  });

  it("keeps the agent of a build that was stopped, switched off", async () => {
    const mock = await startTestMock();
    const { id } = workspaceOf(mock, "dark-mode");
    await mock.ask("POST", `/tasks/me/${mock.id("dark-mode")}/pause`);
    mock.pass(10);
    const [stop, start] = (await mock.ask("GET", `${api}/workspaces/${id}/builds`)).body;
    expect(stop.resources).toEqual([expect.objectContaining({ name: "home" })]);
    expect(start.resources[0].agents[0]).toMatchObject({
      status: "disconnected",
      lifecycle_state: "off",
      disconnected_at: stop.job.completed_at,
    });
  });

  it("tells how the startup script ended only where the revision does", async () => {
    for (const [revision, told] of [["2.31", false] as const, ["2.34", true] as const]) {
      const mock = await startTestMock({ revision });
      const { id } = workspaceOf(mock, "dark-mode");
      const { body } = await mock.ask("GET", `${api}/workspaces/${id}`);
      const [script] = body.latest_build.resources[0].agents[0].scripts;
      expect("exit_code" in script).toBe(told);
    }
  });

  it("can be looked up for a while after its deletion", async () => {
    const mock = await startTestMock();
    const { id } = workspaceOf(mock, "dark-mode");
    await mock.ask("DELETE", "/tasks/me/dark-mode");
    const going = await mock.ask("GET", `${api}/workspaces/${id}`);
    expect(going.body).toMatchObject({
      task_id: null,
      latest_build: { transition: "delete", status: "pending" },
    });
    mock.pass(10);
    const gone = await mock.ask("GET", `${api}/workspaces/${id}`);
    expect([gone.status, gone.body.message]).toEqual([410, expect.stringContaining("deleted")]);
    const shown = await mock.ask("GET", `${api}/workspaces/${id}?include_deleted=true`);
    expect(shown.body.latest_build).toMatchObject({ status: "deleted", resources: [] });
    const build = await mock.ask("GET", `${api}/workspacebuilds/${going.body.latest_build.id}`);
    expect(build.body.status).toBe("deleted");
    const byName = await mock.ask("GET", `${api}/users/me/workspace/dark-mode`);
    expect(byName.status).toBe(404);
  });
});

describe("who may not see a workspace", () => {
  it("does not find it, nor its builds", async () => {
    const mock = await startTestMock();
    const { id, builds } = workspaceOf(mock, "dark-mode");
    const paths = [
      `/workspaces/${id}`,
      `/workspaces/${id}/builds`,
      `/workspacebuilds/${builds[0]?.id}`,
      "/users/olga/workspace/dark-mode",
      "/users/olga/workspace/dark-mode/builds/1",
      "/users/me/workspace/dark-mode",
      "/users/me/workspace/dark-mode/builds/1",
    ];
    for (const path of paths) {
      expect([path, (await mock.ask("GET", api + path, { as: "priya" })).status]).toEqual([path, 404]);
      expect([path, (await mock.ask("GET", api + path, { as: "nobody" })).status]).toEqual([path, 401]);
    }
  });

  it("sees it when it was shared", async () => {
    const mock = await startTestMock();
    const { id } = workspaceOf(mock, "csv-import");
    expect((await mock.ask("GET", `${api}/workspaces/${id}`, { as: "priya" })).status).toBe(200);
  });
});

describe("a path that names nothing", () => {
  it.each([
    ["/workspaces/dark-mode", 400],
    ["/workspaces/00000000-0000-4000-8000-000000000000", 404],
    ["/workspaces/dark-mode/builds", 400],
    ["/workspacebuilds/1", 400],
    ["/workspacebuilds/00000000-0000-4000-8000-000000000000", 404],
    ["/users/nobody-known/workspace/dark-mode", 400],
    ["/users/nobody-known/workspace/dark-mode/builds/1", 400],
    ["/users/me/workspace/none", 404],
    ["/users/me/workspace/none/builds/1", 404],
    ["/users/me/workspace/dark-mode/builds/99", 404],
    ["/users/me/workspace/dark-mode/builds/first", 400],
  ])("%s is a %i", async (path, status) => {
    const mock = await startTestMock();
    const answer = await mock.ask("GET", api + path);
    expect([answer.status, answer.headers["x-mock-outcome"]]).toEqual([status, "refused"]);
  });
});

describe("the builds of a workspace", () => {
  it("come in pages", async () => {
    const mock = await startTestMock();
    const { id } = workspaceOf(mock, "dark-mode");
    await mock.ask("POST", `/tasks/me/${mock.id("dark-mode")}/pause`);
    mock.pass(10);
    await mock.ask("POST", `/tasks/me/${mock.id("dark-mode")}/resume`);
    const numbers = async (query: string) => {
      const { status, body } = await mock.ask("GET", `${api}/workspaces/${id}/builds${query}`);
      return status === 200 ? body.map((build: { build_number: number }) => build.build_number) : status;
    };
    const [newest, middle] = (await mock.ask("GET", `${api}/workspaces/${id}/builds`)).body;
    expect(await numbers("")).toEqual([3, 2, 1]);
    expect(await numbers("?limit=1")).toEqual([3]);
    expect(await numbers("?limit=2&offset=1")).toEqual([2, 1]);
    expect(await numbers(`?after_id=${newest.id}&limit=1`)).toEqual([2]);
    expect(await numbers(`?since=${middle.created_at}`)).toEqual([3, 2]);
    expect(await numbers(`?after_id=${id}`)).toBe(400);
    expect(await numbers("?limit=-1")).toBe(400);
    expect(await numbers("?since=yesterday")).toBe(400);
  });
});
