import { beforeAll, describe, expect, it } from "vitest";
import { type Profile, profiles, type Revision, revisions } from "../../src/domain/revision.ts";
import { readConfig } from "../../src/runtime/config.ts";
import { outcomeOf, startTestMock, type TestMock } from "../support/test-mock.ts";

let on: TestMock;
beforeAll(async () => {
  on = await startTestMock();
});

/** What a step of a story ended with: status, and what of the body tells revisions apart. */
type Told = string;
type PerRevision = readonly [r230: Told, r231: Told, r234: Told];

const logsOf = (name: string) => async (): Promise<Told> => {
  const { status, body } = await on.ask("GET", `/tasks/me/${on.id(name)}/logs`);
  return `${status} ${Object.keys(body).sort().join(",")}`;
};
const sendTo = (name: string) => async (): Promise<Told> => {
  const body = { input: "Go on." };
  return String((await on.ask("POST", `/tasks/me/${on.id(name)}/send`, { body })).status);
};
const post = (name: string, what: string) => async (): Promise<Told> => {
  const answer = await on.ask("POST", `/tasks/me/${on.id(name)}/${what}`);
  return `${answer.status} ${outcomeOf(answer)}`;
};
const get = (name: string, field: (task: { current_state?: { state: string } }) => unknown) => async () =>
  String(field((await on.ask("GET", `/tasks/me/${on.id(name)}`)).body));

async function uploadThenRead(): Promise<Told> {
  const messages = [{ id: 3, role: "user", content: "Hi", time: "2026-01-31T12:00:00Z" }];
  const path = `/api/v2/workspaceagents/me/tasks/${on.id("audit-log-export")}/log-snapshot?format=agentapi`;
  const uploaded = await on.ask("POST", path, {
    token: on.agentToken("audit-log-export"),
    body: { messages },
  });
  const { status, body } = await on.ask("GET", `/tasks/me/${on.id("audit-log-export")}/logs`);
  return [uploaded.status, status, body.logs?.[0]?.id, body.snapshot, body.snapshot_at].join(" ");
}

async function sendToBusy(): Promise<Told> {
  on.changeApp("fix-login-tests", { busy: true });
  return await sendTo("fix-login-tests")();
}

const refused = "400 detail,message";
const conflict = "409 detail,message";
const stored = "200 logs,snapshot";
const storedAt = "200 logs,snapshot,snapshot_at";
const differences: readonly (readonly [topic: string, ask: () => Promise<Told>, told: PerRevision])[] = [
  ["logs of an active task", logsOf("dark-mode"), ["200 logs", "200 logs", "200 logs"]],
  ["logs of a pending task", logsOf("release-notes"), [refused, stored, stored]],
  ["logs of an initializing task", logsOf("search-index"), [refused, stored, stored]],
  ["logs of a paused task with a snapshot", logsOf("report-query"), [refused, storedAt, storedAt]],
  ["logs of a task in error", logsOf("mobile-menu"), [refused, conflict, conflict]],
  ["logs of a task in unknown", logsOf("email-templates"), [refused, conflict, conflict]],
  [
    "logs after an upload",
    uploadThenRead,
    ["204 400   ", "204 200 3 true 2026-02-02T09:00:00Z", "204 200 3 true 2026-02-02T09:00:00Z"],
  ],
  ["send to an active task", sendTo("fix-login-tests"), ["204", "204", "204"]],
  ["send to a busy task", sendToBusy, ["502", "409", "409"]],
  ["send to a pending task", sendTo("release-notes"), ["400", "409", "409"]],
  ["send to an initializing task", sendTo("search-index"), ["400", "409", "409"]],
  ["send to a paused task", sendTo("report-query"), ["400", "409", "409"]],
  ["send to a task in error", sendTo("mobile-menu"), ["400", "400", "400"]],
  ["send to a task in unknown", sendTo("email-templates"), ["400", "400", "400"]],
  ["pause", post("dark-mode", "pause"), ["404 no-match", "202 handled", "202 handled"]],
  ["resume", post("cache-headers", "resume"), ["404 no-match", "202 handled", "202 handled"]],
  [
    "a failure that the agent reports",
    get("upgrade-router", (task) => task.current_state?.state),
    ["failure", "failed", "failed"],
  ],
];

const contracts = revisions.flatMap((revision, index) =>
  profiles.map((profile) => ({ revision, profile, index })),
);

describe.each(contracts)("revision $revision in profile $profile", ({ revision, profile, index }) => {
  it.each(differences)("%s", async (_, ask, told) => {
    on.reset({ revision, profile });
    expect(await ask()).toBe(told[index]);
  });

  it("serves tasks under both prefixes with the same bytes, and agents under one", async () => {
    on.reset({ revision, profile });
    const paths = ["", "/me/dark-mode", "/me/dark-mode/logs", "/me/none", "?q=:"];
    for (const path of paths) {
      const [stable, older] = await Promise.all([
        on.ask("GET", `/api/v2/tasks${path}`),
        on.ask("GET", `/api/experimental/tasks${path}`),
      ]);
      expect([path, older.status, older.text]).toEqual([path, stable.status, stable.text]);
    }
    const upload = `/workspaceagents/me/tasks/${on.id("dark-mode")}/log-snapshot?format=agentapi`;
    const asking = { token: on.agentToken("dark-mode"), body: { messages: [] } };
    expect((await on.ask("POST", `/api/v2${upload}`, asking)).status).toBe(204);
    expect((await on.ask("POST", `/api/experimental${upload}`, asking)).status).toBe(404);
  });

  it("changes tasks under the older prefix, too", async () => {
    on.reset({ revision, profile });
    const body = { template_version_id: on.version("web-agent").id, input: "a", name: "older" };
    expect((await on.ask("POST", "/api/experimental/tasks/me", { body })).status).toBe(201);
    const path = `/api/experimental/tasks/me/${on.id("dark-mode")}`;
    expect((await on.ask("POST", `${path}/pause`)).status).toBe(revision === "2.30" ? 404 : 202);
    expect((await on.ask("DELETE", "/api/experimental/tasks/me/fix-login-tests")).status).toBe(202);
    expect((await on.ask("GET", "/tasks/me/older")).status).toBe(200);
  });

  it("says which it is", async () => {
    on.reset({ revision, profile });
    const document = (await on.ask("GET", "/openapi.json")).body;
    expect([document.info.version, document.info["x-profile"]]).toEqual([revision, profile]);
    expect(Object.keys(document.paths)).toHaveLength(revision === "2.30" ? 7 : 9);
    const { headers } = await on.ask("GET", "/tasks");
    expect(headers["x-coder-build-version"]).toMatch(new RegExp(`^v${revision}\\.`));
  });
});

/** What is absent or optional, as each profile writes it. */
const shapes: Readonly<Record<Profile, object>> = {
  documented: {
    workspace_agent_id: { uuid: "00000000-0000-0000-0000-000000000000", valid: false },
    workspace_app_id: { uuid: "00000000-0000-0000-0000-000000000000", valid: false },
    workspace_id: { uuid: expect.any(String), valid: true },
  },
  wire: {
    workspace_agent_id: null,
    workspace_app_id: null,
    workspace_id: expect.any(String),
    workspace_agent_lifecycle: null,
    workspace_agent_health: null,
    current_state: null,
  },
};

describe.each(profiles)("the shapes of profile %s", (profile) => {
  it("of a pending task", async () => {
    on.reset({ revision: "2.34", profile });
    const { body } = await on.ask("GET", "/tasks/priya/release-notes");
    expect(body).toMatchObject(shapes[profile]);
    const optional = ["current_state", "workspace_agent_health", "workspace_agent_lifecycle"];
    expect(optional.filter((field) => field in body)).toEqual(profile === "wire" ? optional : []);
    expect(body).not.toHaveProperty("owner_avatar_url");
  });

  it.each(["2.31", "2.34"] as const)("of a build in revision %s", async (revision) => {
    on.reset({ revision, profile });
    const { body } = await on.ask("POST", `/tasks/me/${on.id("email-templates")}/pause`);
    expect(body.message).toMatch(/already active/);
    const { workspace_build: build } = (await on.ask("POST", `/tasks/me/${on.id("cache-headers")}/resume`))
      .body;
    expect(build).toMatchObject({
      transition: "start",
      reason: "task_resume",
      status: "pending",
      resources: [],
      template_version_name: "",
      daily_cost: 0,
      initiator_name: "olga",
      job: { status: "pending", type: "workspace_build", input: { workspace_build_id: build.id } },
    });
    for (const field of ["deadline", "max_deadline"]) {
      expect([field, build[field]]).toEqual([field, profile === "wire" ? null : undefined]);
    }
    for (const field of ["started_at", "completed_at", "canceled_at", "error", "error_code", "worker_id"]) {
      expect(build.job).not.toHaveProperty(field);
    }
  });

  it("of a task's name in the path of a pause", async () => {
    on.reset({ revision: "2.34", profile });
    const answer = await on.ask("POST", "/tasks/me/dark-mode/pause");
    expect([answer.status, outcomeOf(answer)]).toEqual(
      profile === "wire" ? [202, "handled"] : [400, "contract-request"],
    );
  });
});

describe("a revision may be given as a release", () => {
  it.each<[asked: string, meant: Revision | undefined]>([
    ["2.30", "2.30"],
    ["v2.30.4", "2.30"],
    ["2.32", "2.31"],
    ["2.33.9", "2.31"],
    ["2.34", "2.34"],
    ["2.99", "2.34"],
    ["3.0", "2.34"],
    ["2.29", undefined],
    ["latest", undefined],
    ["2", undefined],
    ["", undefined],
  ])("%j", (asked, meant) => {
    const read = readConfig({ flags: { revision: asked }, environment: {} });
    expect(read.ok ? read.config.revision : undefined).toBe(meant);
  });
});
