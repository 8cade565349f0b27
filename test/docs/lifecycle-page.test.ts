import { describe, expect, test } from "vitest";
import { workspaceStatus } from "../../src/domain/task-status.ts";
import { readPage } from "../support/docs-samples.ts";
import { admin } from "../support/steer.ts";
import { startTestMock } from "../support/test-mock.ts";

/** The rows of the first table below a heading, without head and rule, as cells without marks. */
function rowsBelow(heading: string, tableNumber = 0): readonly (readonly string[])[] {
  const page = readPage("docs/lifecycle.md");
  const from = page.indexOf(`\n## ${heading}\n`);
  const to = page.indexOf("\n## ", from + 1);
  const tables = page
    .slice(from, to < 0 ? undefined : to)
    .split(/\n{2,}/)
    .filter((part) => part.startsWith("|"));
  const lines = (tables[tableNumber] ?? "").trim().split("\n").slice(2);
  return lines.map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.replaceAll("`", "").trim()),
  );
}

/** A stage of a scenario for each state that the page speaks of. */
const stageOf: Readonly<Record<string, string>> = {
  pending: "pending",
  "initializing, the job runs": "provisioning",
  "initializing, the job is through": "connecting",
  active: "active",
  "unknown, a stop build runs": "stopping",
  "unknown, the workspace runs": "shutting-down",
  paused: "paused",
  "error, the build failed or was canceled": "build-failed",
  "error, the build is being canceled": "build-canceling",
  "error, the app is unhealthy": "unhealthy",
};

interface Inside {
  readonly name: string;
  readonly status: string;
  readonly answers: Readonly<Record<string, number>>;
}

/** A task in each stage, as the admin API shows it. */
async function tasksByStage(revision: string): Promise<ReadonlyMap<string, Inside>> {
  const on = await startTestMock({ revision });
  const tasks = Object.values(stageOf).map((stage) => ({
    name: stage,
    owner: "olga",
    template: "web-agent",
    prompt: "Go on.",
    created: "1h",
    stage,
  }));
  await admin(on, "PUT", "/state", { tasks });
  const listed: { readonly body: { readonly tasks: readonly Inside[] } } = await admin(on, "GET", "/tasks");
  return new Map(listed.body.tasks.map((task) => [task.name, task]));
}

const columns = ["pause", "resume", "send", "logs", "input", "delete"] as const;

describe("docs/lifecycle.md", () => {
  test("has the status of a workspace for every job and transition", () => {
    const jobs = ["pending", "running", "succeeded", "failed", "canceling", "canceled"] as const;
    const table = jobs.map((job) => [
      job,
      ...(["start", "stop", "delete"] as const).map((transition) => workspaceStatus(transition, job)),
    ]);
    expect(rowsBelow("Status of the workspace")).toEqual(table);
  });

  test.each(["2.31", "2.34"])("says what is allowed in %s", async (revision) => {
    const tasks = await tasksByStage(revision);
    const rows = rowsBelow("What is allowed").filter(([state]) => state !== "deleted");
    expect(rows.map(([state]) => state)).toEqual(Object.keys(stageOf));
    for (const [state = "", ...cells] of rows) {
      const task = tasks.get(stageOf[state] ?? "");
      expect([state, task?.status]).toEqual([state, state.split(",", 1)[0]]);
      const said = cells.map((cell) => Number.parseInt(cell, 10));
      expect([state, ...columns.map((name) => task?.answers[name])]).toEqual([state, ...said]);
    }
  });

  test("says what is different in 2.30", async () => {
    const tasks = await tasksByStage("2.30");
    for (const [statuses = "", send = "", logs = ""] of rowsBelow("What is allowed", 1)) {
      const concerned = [...tasks.values()].filter(({ status }) => statuses.split(", ").includes(status));
      expect(concerned.length).toBeGreaterThan(0);
      for (const { name, answers } of concerned) {
        const said = [name, Number.parseInt(send, 10), Number.parseInt(logs, 10), 404, 404];
        expect([name, answers["send"], answers["logs"], answers["pause"], answers["resume"]]).toEqual(said);
      }
    }
  });

  test("has the course of a new task, second by second", async () => {
    const on = await startTestMock();
    const known = await on.ask("GET", "/tasks/me/dark-mode", { as: "olga" });
    const body = { template_version_id: known.body.template_version_id, name: "watched", input: "Go on." };
    expect((await on.ask("POST", "/tasks/me", { as: "olga", body })).status).toBe(201);
    let now = 0;
    for (const [step = "", , , at = "", status, workspace] of rowsBelow("What happens by itself")) {
      const then = Number.parseFloat(at) * 1_000;
      if (then > now) await admin(on, "POST", "/clock/advance", { by: `${then - now}ms` });
      now = then;
      const shown = await on.ask("GET", "/tasks/me/watched", { as: "olga" });
      expect([step, shown.status, shown.body.status, shown.body.workspace_status]).toEqual([
        step,
        200,
        status,
        workspace,
      ]);
      const reported = /reports `?(working|idle)/.exec(step)?.[1];
      if (reported !== undefined) expect([step, shown.body.current_state?.state]).toEqual([step, reported]);
    }
    expect(now).toBe(7_000);
  });
});
