import { describe, expect, it } from "vitest";
import type { Method } from "../support/http-client.ts";
import { outcomeOf, startTestMock, type TestMock } from "../support/test-mock.ts";

const api = "/api/v2";

interface Case {
  readonly method?: Method;
  /** Below the prefix. */
  readonly path: string;
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status?: number;
}

type Spelling = (uuid: string) => string;

/** How ids may be written. */
const spellings: readonly (readonly [string, Spelling])[] = [
  ["without hyphens", (uuid) => uuid.replaceAll("-", "")],
  ["as a URN", (uuid) => `urn:uuid:${uuid}`],
  ["in braces", (uuid) => `{${uuid}}`],
];

const compact: Spelling = (uuid) => uuid.replaceAll("-", "");

function template(mock: TestMock): string {
  for (const { id, name } of mock.mock.host.world.tables.templates.values()) {
    if (name === "web-agent") return id;
  }
  throw new Error("There is no template web-agent.");
}

function workspace(mock: TestMock): string {
  return mock.inside("dark-mode").workspace.id;
}

function agent(mock: TestMock): string {
  return mock.inside("dark-mode").agent?.id ?? "";
}

function latestBuild(mock: TestMock): string {
  return mock.inside("dark-mode").workspace.builds.at(-1)?.id ?? "";
}

/** Makes a build: what else its body may hold. */
function order(mock: TestMock, body: object | string | undefined): Case {
  const path = `/workspaces/${workspace(mock)}/builds`;
  return { method: "POST", path, ...(body === undefined ? {} : { body }), status: 201 };
}

const report = { app_slug: "agent", state: "idle", message: "Done", uri: "" };
const text = { "Content-Type": "text/plain" };

const table: readonly (readonly [string, (mock: TestMock) => Case])[] = [
  ["an empty limit", () => ({ path: "/users?limit=" })],
  ["a limit with a sign", () => ({ path: "/users?limit=%2B1" })],
  ["an empty offset", () => ({ path: "/workspaces?offset=&limit=" })],
  ["an empty after_id", () => ({ path: "/users?after_id=" })],
  [
    "an after_id without hyphens",
    (mock) => ({ path: `/workspaces/${workspace(mock)}/builds?after_id=${compact(latestBuild(mock))}` }),
  ],
  ["an empty since", (mock) => ({ path: `/workspaces/${workspace(mock)}/builds?since=&limit=` })],
  ["an empty read_status", () => ({ path: "/notifications/inbox?read_status=&starting_before=" })],
  ["an empty after", (mock) => ({ path: `/workspaceagents/${agent(mock)}/logs?after=` })],
  ["a before with zeros", (mock) => ({ path: `/workspacebuilds/${latestBuild(mock)}/logs?before=007` })],
  ["a build number with zeros", () => ({ path: "/users/me/workspace/dark-mode/builds/01" })],
  ["an archived flag of 1", (mock) => ({ path: `/templates/${template(mock)}/versions?include_archived=1` })],
  ["a deleted flag of T", (mock) => ({ path: `/workspaces/${workspace(mock)}?include_deleted=T` })],
  ["an empty deleted flag", () => ({ path: "/users/me/workspace/dark-mode?include_deleted=" })],
  ["a key in another case", (mock) => order(mock, { Transition: "stop" })],
  ["a version of null", (mock) => order(mock, { transition: "stop", template_version_id: null })],
  ["a preset of null", (mock) => order(mock, { transition: "stop", template_version_preset_id: null })],
  ["parameters of null", (mock) => order(mock, { transition: "stop", rich_parameter_values: null })],
  [
    "a parameter in another case",
    (mock) => order(mock, { transition: "start", rich_parameter_values: [{ Name: "cpu", Value: "4" }] }),
  ],
  [
    "a parameter that is half null",
    (mock) => order(mock, { transition: "stop", rich_parameter_values: [{ name: "colour", value: null }] }),
  ],
  ["an empty reason", (mock) => order(mock, { transition: "stop", reason: "" })],
  ["a reason of null", (mock) => order(mock, { transition: "stop", reason: null })],
  [
    "a version without hyphens",
    (mock) =>
      order(mock, { transition: "start", template_version_id: compact(mock.version("web-agent").id) }),
  ],
  ["a body of another content type", (mock) => ({ ...order(mock, '{"transition":"stop"}'), headers: text })],
  [
    "a report in another case",
    () => ({
      method: "PATCH",
      path: "/workspaceagents/me/app-status",
      body: { App_Slug: "agent", State: "idle" },
    }),
  ],
  [
    "a report with nulls",
    () => ({
      method: "PATCH",
      path: "/workspaceagents/me/app-status",
      body: { ...report, message: null, uri: null, icon: null, needs_user_attention: null },
    }),
  ],
  [
    "a report of no content type",
    () => ({ method: "PATCH", path: "/workspaceagents/me/app-status", body: JSON.stringify(report) }),
  ],
];

async function ask(mock: TestMock, one: Case): Promise<readonly [number, string | undefined]> {
  const { method = "GET", path, body, headers } = one;
  const token = path.startsWith("/workspaceagents/me/") ? mock.agentToken("dark-mode") : undefined;
  const answer = await mock.ask(method, api + path, {
    ...(token === undefined ? {} : { token }),
    ...(body === undefined ? {} : { body }),
    ...(headers === undefined ? {} : { headers }),
  });
  return [answer.status, outcomeOf(answer)];
}

describe("a companion", () => {
  it.each(table)("takes %s as a deployment does, but not as documented", async (_, make) => {
    const wire = await startTestMock({ profile: "wire" });
    const one = make(wire);
    expect(await ask(wire, one)).toEqual([one.status ?? 200, "handled"]);
    const documented = await startTestMock({ profile: "documented" });
    expect(await ask(documented, make(documented))).toEqual([400, "contract-request"]);
  });

  it.each(spellings)("finds by an id %s", async (_, spell) => {
    const wire = await startTestMock({ profile: "wire" });
    const documented = await startTestMock({ profile: "documented" });
    const paths = (mock: TestMock) => [
      `/templates/${spell(template(mock))}`,
      `/templateversions/${spell(mock.version("web-agent").id)}/presets`,
      `/workspaces/${spell(workspace(mock))}`,
      `/workspacebuilds/${spell(latestBuild(mock))}`,
      `/workspaceagents/${spell(agent(mock))}/logs`,
    ];
    for (const path of paths(wire)) {
      expect([path, ...(await ask(wire, { path }))]).toEqual([path, 200, "handled"]);
    }
    for (const path of paths(documented)) {
      expect([path, ...(await ask(documented, { path }))]).toEqual([path, 400, "contract-request"]);
    }
  });

  it.each([
    ["a limit that is no number", () => ({ path: "/users?limit=many" })],
    ["a limit below nothing", () => ({ path: "/users?limit=-1" })],
    ["an after that is no number", (mock) => ({ path: `/workspaceagents/${agent(mock)}/logs?after=first` })],
    ["an after_id that is none", () => ({ path: "/users?after_id=first" })],
    ["a since that is no time", (mock) => ({ path: `/workspaces/${workspace(mock)}/builds?since=noon` })],
    ["another read_status", () => ({ path: "/notifications/inbox?read_status=some" })],
    ["no body", (mock) => order(mock, undefined)],
    ["a body of null", (mock) => order(mock, "null")],
    ["a body without a transition", (mock) => order(mock, {})],
    ["a transition that there is not", (mock) => order(mock, { Transition: "dance" })],
    ["a version that is no id", (mock) => order(mock, { transition: "start", template_version_id: "v2" })],
    ["parameters that are no list", (mock) => order(mock, { transition: "stop", rich_parameter_values: {} })],
  ] as readonly (readonly [string, (mock: TestMock) => Case])[])(
    "takes %s in no profile",
    async (_, make) => {
      for (const profile of ["wire", "documented"] as const) {
        const mock = await startTestMock({ profile });
        expect((await ask(mock, make(mock)))[0]).toBe(400);
      }
    },
  );
});

describe("the upload of a log snapshot", () => {
  it.each(spellings)("finds its task by an id %s", async (_, spell) => {
    for (const [profile, status] of [["wire", 204] as const, ["documented", 400] as const]) {
      const mock = await startTestMock({ profile });
      const path = `/workspaceagents/me/tasks/${spell(mock.id("dark-mode"))}/log-snapshot?format=agentapi`;
      expect((await ask(mock, { method: "POST", path, body: { messages: [] } }))[0]).toBe(status);
    }
  });
});
