import { describe, expect, it } from "vitest";
import type { Answer } from "../support/http-client.ts";
import { startTestMock, type TestMock } from "../support/test-mock.ts";

const path = "/api/v2/workspaceagents/me/app-status";
const report = {
  app_slug: "agent",
  state: "idle",
  message: "Waiting for a review",
  uri: "https://git.example/1",
};

function patch(mock: TestMock, body: object, token = mock.agentToken("dark-mode")): Promise<Answer> {
  return mock.ask("PATCH", path, { token, body });
}

describe("an agent's report", () => {
  it("is its task's current state from then on", async () => {
    const mock = await startTestMock({ profile: "wire" });
    mock.pass(3600);
    expect((await patch(mock, report)).status).toBe(200);
    const task = (await mock.ask("GET", "/tasks/me/dark-mode")).body;
    expect(task.current_state).toEqual({
      timestamp: "2026-02-02T10:00:00Z",
      state: "idle",
      message: "Waiting for a review",
      uri: "https://git.example/1",
    });
    const { body } = await mock.ask("GET", "/api/v2/users/me/workspace/dark-mode");
    expect(body.latest_app_status).toMatchObject({ state: "idle", app_id: task.workspace_app_id });
    const [machine] = body.latest_build.resources;
    expect(machine.agents[0].apps[0].statuses[0]).toEqual(body.latest_app_status);
  });

  it("may lack a message and an address", async () => {
    const mock = await startTestMock({ profile: "wire" });
    expect((await patch(mock, { app_slug: "agent", state: "failure" })).status).toBe(200);
    const { body } = await mock.ask("GET", "/tasks/me/dark-mode");
    expect(body.current_state).toMatchObject({ state: "failed", message: "", uri: "" });
  });

  it.each([
    ["an app that the agent does not have", { ...report, app_slug: "editor" }],
    ["no app", { ...report, app_slug: undefined }],
    ["a state that there is not", { ...report, state: "failed" }],
    ["a message that is too long", { ...report, message: "x".repeat(161) }],
    ["a message that is no text", { ...report, message: 1 }],
  ])("with %s is refused, whether the contract is enforced or not", async (_, body) => {
    for (const requests of ["enforce", "warn"] as const) {
      const mock = await startTestMock({ requests });
      expect((await patch(mock, body)).status).toBe(400);
      const { body: task } = await mock.ask("GET", "/tasks/me/dark-mode");
      expect(task.current_state.state).toBe("working");
    }
  });

  it("is taken from the agent alone", async () => {
    const mock = await startTestMock();
    expect((await patch(mock, report, mock.token("olga"))).status).toBe(401);
    expect((await mock.ask("PATCH", path, { as: "nobody", body: report })).status).toBe(401);
    const token = mock.agentToken("dark-mode");
    await mock.ask("POST", `/tasks/me/${mock.id("dark-mode")}/pause`);
    mock.pass(10);
    expect((await patch(mock, report, token)).status).toBe(401);
  });
});
