import { describe, expect, it } from "vitest";
import { profiles, revisions } from "../../src/domain/revision.ts";
import { mockOf } from "../http/own-scenario.ts";
import { startTestMock, type TestMock } from "../support/test-mock.ts";

const api = "/api/v2";

async function shown(mock: TestMock, task: string): Promise<readonly string[]> {
  const { workspace } = mock.inside(task);
  const { body } = await mock.ask("GET", `${api}/workspaces/${workspace.id}/builds`);
  const reasons = body.map(({ reason }: { readonly reason: string }) => reason);
  const latest = await mock.ask("GET", `${api}/users/me/workspace/${task}`);
  expect(latest.body.latest_build.reason).toBe(reasons[0]);
  return reasons;
}

function stop(mock: TestMock, reason: string) {
  const { id } = mock.inside("dark-mode").workspace;
  return mock.ask("POST", `${api}/workspaces/${id}/builds`, { body: { transition: "stop", reason } });
}

const scenario = `
organizations: [harbor]
users: [mateo]
templates: [web-agent]
tasks:
  - name: one
    owner: mateo
    template: web-agent
    builds:
      - { transition: start, created: 9d }
      - { transition: stop, created: 8d, reason: task_manual_pause }
      - { transition: start, created: 7d, reason: task_resume }
      - { transition: stop, created: 6d, reason: task_auto_pause }
      - { transition: start, created: 5d, reason: dashboard }
      - { transition: stop, created: 4d, reason: autostop }
`;

describe("why a build was made", () => {
  const then = ["autostop", "dashboard", "task_auto_pause", "task_resume", "task_manual_pause", "initiator"];
  const before = ["autostop", "dashboard", "autostop", "initiator", "initiator", "initiator"];

  it.each([
    ["2.30", before],
    ["2.31", then],
    ["2.34", then],
  ] as const)(
    "is told in the words of revision %s, whatever was served before",
    async (revision, expected) => {
      const mock = await mockOf(scenario);
      expect(await shown(mock, "one")).toEqual(then);
      for (const other of revisions) {
        await mock.ask("POST", "/__admin/reset", { body: { revision: other } });
        await mock.ask("POST", "/__admin/reset", { body: { revision } });
        expect(await shown(mock, "one")).toEqual(expected);
      }
    },
  );

  it.each(profiles)(
    "is that of a plain stop where a stage is a pause that 2.30 does not know (%s)",
    async (profile) => {
      const mock = await startTestMock({ revision: "2.30", profile });
      expect(await shown(mock, "cache-headers")).toEqual(["initiator", "initiator"]);
    },
  );

  it("stays what it is in the state and from the inside, so that a later revision can be served from it", async () => {
    const mock = await startTestMock({ revision: "2.30" });
    const { body } = await mock.ask("GET", "/__admin/tasks/cache-headers");
    expect(body.builds.at(-1).reason).toBe("task_manual_pause");
    const state = await mock.ask("GET", "/__admin/state?format=yaml");
    const again = await mockOf(state.text);
    await again.ask("POST", "/__admin/reset", { body: { revision: "2.34" } });
    expect(await shown(again, "cache-headers")).toEqual(["task_manual_pause", "initiator"]);
  });

  it("is an autostop when a task is stopped from outside under 2.30", async () => {
    const mock = await startTestMock({ revision: "2.30" });
    const path = "/__admin/tasks/dark-mode/build";
    const { status, body } = await mock.ask("POST", path, { body: { transition: "stop" } });
    expect([status, body.builds.at(-1).reason]).toEqual([200, "task_auto_pause"]);
    expect((await shown(mock, "dark-mode"))[0]).toBe("autostop");
  });
});

describe("a build that is ordered to pause a task", () => {
  it.each([
    ["2.30", "enforce", 400],
    ["2.30", "warn", 400],
    ["2.31", "enforce", 201],
    ["2.34", "enforce", 201],
  ] as const)("is, under revision %s and %s, a %i", async (revision, requests, status) => {
    const mock = await startTestMock({ revision, requests });
    const { body, ...answer } = await stop(mock, "task_manual_pause");
    expect(answer.status).toBe(status);
    if (status === 400) {
      expect(body.validations).toEqual([
        { field: "reason", detail: expect.stringContaining("none of dashboard") },
      ]);
      expect(body.validations[0].detail.split("none of")[1]).not.toContain("task_manual_pause");
      expect(mock.inside("dark-mode").workspace.builds).toHaveLength(1);
    } else expect(body.reason).toBe("task_manual_pause");
  });

  it.each(["dashboard", "cli", "ssh_connection", "vscode_connection", "jetbrains_connection"])(
    "may give %s as its reason everywhere",
    async (reason) => {
      for (const revision of revisions) {
        const mock = await startTestMock({ revision });
        const { status, body } = await stop(mock, reason);
        expect([status, body.reason]).toEqual([201, reason]);
      }
    },
  );
});
