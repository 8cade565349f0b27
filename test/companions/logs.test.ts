import { describe, expect, it } from "vitest";
import { asInstant } from "../../src/domain/instant.ts";
import { profiles, revisions } from "../../src/domain/revision.ts";
import { startTestMock, type TestMock } from "../support/test-mock.ts";

const api = "/api/v2";

async function create(flags: Parameters<typeof startTestMock>[0] = {}): Promise<TestMock> {
  const mock = await startTestMock(flags);
  const body = {
    template_version_id: mock.version("web-agent").id,
    input: "Count the lines",
    name: "counting",
  };
  expect((await mock.ask("POST", "/tasks/me", { body })).status).toBe(201);
  return mock;
}

async function buildLines(mock: TestMock, query = "", number = -1) {
  const build = mock.inside("counting").workspace.builds.at(number);
  return (await mock.ask("GET", `${api}/workspacebuilds/${build?.id}/logs${query}`)).body;
}

async function agentLines(mock: TestMock, query = "") {
  const { agent } = mock.inside("counting");
  return (await mock.ask("GET", `${api}/workspaceagents/${agent?.id}/logs${query}`)).body;
}

describe("the log of a build", () => {
  it.each(revisions)(
    "grows with the world's clock and is whole once the job is through (%s)",
    async (revision) => {
      const mock = await create({ revision });
      expect(await buildLines(mock)).toEqual([]);
      let known: readonly object[] = [];
      const lengths = new Set<number>();
      for (let step = 0; step < 25; step++) {
        mock.pass(0.1);
        const lines = await buildLines(mock);
        expect(lines.slice(0, known.length)).toEqual(known);
        known = lines;
        lengths.add(lines.length);
      }
      expect(lengths.size).toBeGreaterThan(6);
      expect(known[0]).toEqual({
        id: 1,
        created_at: "2026-02-02T09:00:00.500Z",
        log_source: "provisioner_daemon",
        log_level: "info",
        stage: "Setting up",
        output: "Unpacking the template",
      });
      expect(known.at(-1)).toMatchObject({ stage: "Cleaning Up" });
      mock.pass(60);
      expect(await buildLines(mock)).toEqual(known);
    },
  );

  it("tells stages of the other transitions", async () => {
    const mock = await create();
    mock.pass(20);
    await mock.ask("POST", `/tasks/me/${mock.id("counting")}/pause`);
    mock.pass(10);
    const stages = (await buildLines(mock)).map(({ stage }: { readonly stage: string }) => stage);
    expect(stages).toContain("Stopping workspace");
    expect((await buildLines(mock, "", 0)).length).toBeGreaterThan(5);
  });

  it("ends with the error of a job that failed", async () => {
    const mock = await startTestMock({ scenario: "build-failures" });
    for (const { builds } of mock.mock.host.world.tables.workspaces.values()) {
      const failed = builds.find(({ job }) => job.status === "failed");
      if (failed === undefined) continue;
      const { body } = await mock.ask("GET", `${api}/workspacebuilds/${failed.id}/logs`);
      expect(body.at(-1)).toMatchObject({ log_level: "error", output: failed.job.error });
      return;
    }
    expect.unreachable("No build has failed.");
  });

  it("stops where the build was canceled", async () => {
    const mock = await create();
    mock.pass(0.7);
    const before = await buildLines(mock);
    await mock.ask(
      "PATCH",
      `${api}/workspacebuilds/${mock.inside("counting").workspace.builds[0]?.id}/cancel`,
    );
    mock.pass(10);
    const after = await buildLines(mock);
    expect(after.slice(0, -1)).toEqual(before);
    expect(after.at(-1)).toMatchObject({ log_level: "warn", output: expect.stringContaining("canceled") });
  });

  it("comes in parts", async () => {
    const mock = await create();
    mock.pass(10);
    const all = await buildLines(mock);
    expect(await buildLines(mock, "?after=3")).toEqual(all.slice(3));
    expect(await buildLines(mock, "?after=3&before=6")).toEqual(all.slice(3, 5));
  });
});

describe("the log of an agent", () => {
  it("is found by an id that an earlier run has told, though nobody has looked at the task since", async () => {
    const mock = await startTestMock();
    const body = { template_version_id: mock.version("web-agent").id, input: "Again", name: "again" };
    const start = async () => {
      await mock.ask("POST", "/tasks/me", { body });
      const { clock } = mock.mock.host.world;
      clock.moveTo(asInstant(clock.read() + 5_000));
    };
    await start();
    const { workspace_agent_id: id } = (await mock.ask("GET", "/tasks/me/again")).body;
    mock.reset();
    await start();
    expect((await mock.ask("GET", `${api}/workspaceagents/${id.uuid}/logs`)).status).toBe(200);
  });

  it("is written while it starts up", async () => {
    const mock = await create();
    mock.pass(2.5);
    expect(await agentLines(mock)).toEqual([]);
    mock.pass(0.6);
    const early = await agentLines(mock);
    mock.pass(5);
    const all = await agentLines(mock);
    expect(all.length).toBeGreaterThan(early.length);
    expect(all.slice(0, early.length)).toEqual(early);
    expect(await agentLines(mock, "?after=1&no_compression=true")).toEqual(all.slice(1));
    const workspace = (await mock.ask("GET", `${api}/users/me/workspace/counting`)).body;
    const [agent] = workspace.latest_build.resources[0].agents;
    expect(all[0].source_id).toBe(agent.log_sources[0].id);
    expect(agent.logs_length).toBe(all.map(({ output }: { output: string }) => output).join("").length);
  });

  it.each(profiles)(
    "is asked for without compression by a name alone, as browsers do (%s)",
    async (profile) => {
      const mock = await startTestMock({ profile });
      const path = `${api}/workspaceagents/${mock.inside("dark-mode").agent?.id}/logs`;
      for (const [query, status] of [
        ["?after=0&no_compression", 200] as const,
        ["?after=0&no_compression=yes", 200] as const,
        ["?follow&after=0&no_compression", 426] as const,
      ]) {
        const answer = await mock.ask("GET", path + query);
        expect([query, answer.status]).toEqual([query, status]);
        expect(answer.headers).not.toHaveProperty("x-mock-violations");
      }
    },
  );

  it("ends with the failure of its startup script", async () => {
    const mock = await startTestMock({ scenario: "agent-trouble" });
    for (const { builds } of mock.mock.host.world.tables.workspaces.values()) {
      const agent = builds.at(-1)?.agent;
      if (agent?.lifecycle !== "start_error") continue;
      const { body } = await mock.ask("GET", `${api}/workspaceagents/${agent.id}/logs`);
      expect(body.at(-1)).toMatchObject({ level: "error", output: expect.stringContaining("exited") });
      return;
    }
    expect.unreachable("No startup script has failed.");
  });
});

describe.each(["workspacebuilds", "workspaceagents"])("%s with a log", (kind) => {
  it("are found by those who may see the workspace", async () => {
    const mock = await startTestMock({ requests: "warn" });
    const { workspace, agent } = mock.inside("dark-mode");
    const id = kind === "workspacebuilds" ? workspace.builds[0]?.id : agent?.id;
    const path = `${api}/${kind}/${id}/logs`;
    expect((await mock.ask("GET", path)).status).toBe(200);
    expect((await mock.ask("GET", path, { as: "priya" })).status).toBe(404);
    expect((await mock.ask("GET", path, { as: "nobody" })).status).toBe(401);
    expect((await mock.ask("GET", `${api}/${kind}/first/logs`)).status).toBe(400);
    expect((await mock.ask("GET", `${api}/${kind}/${workspace.id}/logs`)).status).toBe(404);
    const bad = await mock.ask("GET", `${path}?after=first&before=last`);
    expect([bad.status, bad.body.validations.map(({ field }: { field: string }) => field)]).toEqual([
      400,
      ["after", "before"],
    ]);
  });
});
