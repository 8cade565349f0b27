import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { isJsonObject, type JsonObject, type JsonValue } from "../../src/contract/json.ts";
import { applyOverlay } from "../../src/contract/overlay.ts";
import { profiles, revisions } from "../../src/domain/revision.ts";
import { derivation, namedContracts } from "../../src/runtime/contract-files.ts";
import { documents as files } from "../support/assets.ts";
import {
  type BodyPlace,
  exampleValidator,
  follow,
  objectAt,
  operationsOf,
} from "../support/validate-example.ts";

const specFolder = fileURLToPath(new URL("../../spec", import.meta.url));
const documents = namedContracts(files);

interface Row {
  readonly id: string;
  readonly route: string;
  /** From 2.30 on, or the revision named. */
  readonly since?: string;
  readonly statuses: string;
  /** Statuses that 2.31 added. */
  readonly added?: string;
}

const task = "/tasks/{user}/{task}";
const table: readonly Row[] = [
  { id: "list-ai-tasks", route: "get /tasks", statuses: "200 400 401 500" },
  { id: "create-a-new-ai-task", route: "post /tasks/{user}", statuses: "201 400 401 403 404 406 409 500" },
  { id: "get-ai-task-by-id-or-name", route: `get ${task}`, statuses: "200 400 401 404 500" },
  { id: "delete-ai-task", route: `delete ${task}`, statuses: "202 400 401 403 404 409 500" },
  { id: "update-ai-task-input", route: `patch ${task}/input`, statuses: "204 400 401 404 409" },
  { id: "get-ai-task-logs", route: `get ${task}/logs`, statuses: "200 400 401 404 500 502", added: "409" },
  {
    id: "send-input-to-ai-task",
    route: `post ${task}/send`,
    statuses: "204 400 401 404 500 502",
    added: "409",
  },
  {
    id: "upload-task-log-snapshot",
    route: "post /workspaceagents/me/tasks/{task}/log-snapshot",
    statuses: "204 400 401 404",
  },
  { id: "pause-task", route: `post ${task}/pause`, since: "2.31", statuses: "202 400 401 403 404 409 500" },
  { id: "resume-task", route: `post ${task}/resume`, since: "2.31", statuses: "202 400 401 403 404 409 500" },
];

/** The responses of an operation, references followed. */
function responsesOf(
  document: JsonObject,
  operation: JsonObject,
): readonly (readonly [string, JsonObject])[] {
  return Object.entries(objectAt(operation, ["responses"])).flatMap(([status, response]) => {
    const resolved = follow(document, response);
    return isJsonObject(resolved) ? [[status, resolved] as const] : [];
  });
}

function examplesIn(holder: JsonObject): readonly string[] {
  const content = isJsonObject(holder["content"]) ? holder["content"]["application/json"] : undefined;
  const examples = isJsonObject(content) ? content["examples"] : undefined;
  return isJsonObject(examples) ? Object.keys(examples) : [];
}

describe("the derivation", () => {
  it("starts from the base and adds each revision in turn, the profile last", () => {
    expect(derivation("2.30", "documented")).toEqual([]);
    expect(derivation("2.31", "wire")).toEqual(["revisions/2.31.overlay.yaml", "profiles/wire.overlay.yaml"]);
    expect(derivation("2.34", "documented")).toEqual([
      "revisions/2.31.overlay.yaml",
      "revisions/2.34.overlay.yaml",
    ]);
  });

  it("gives each revision in each profile", () => {
    expect(documents.map(({ name }) => name)).toEqual(
      revisions.flatMap((revision) => profiles.map((profile) => `${revision}-${profile}`)),
    );
  });

  it("leaves no optional action of the wire profile without effect in the newest revision", () => {
    const newest = files.contract("2.34", "documented");
    const file: JsonObject = parse(readFileSync(`${specFolder}/profiles/wire.overlay.yaml`, "utf8"));
    const actions = objectAt({ file }, ["file"])["actions"];
    const binding = (Array.isArray(actions) ? actions : []).map((action: JsonObject) => ({
      ...action,
      "x-optional": false,
    }));

    expect(() => applyOverlay(newest, { ...file, actions: binding })).not.toThrow();
  });
});

describe.each(documents)("the contract $name", ({ revision, profile, document }) => {
  const operations = operationsOf(document);
  const validator = exampleValidator(resolveResponses(document));
  const rows = table.filter(({ since }) => since === undefined || since <= revision);

  it("says what it is", () => {
    expect(document["openapi"]).toBe("3.1.0");
    expect(document["info"]).toMatchObject({ version: revision, "x-profile": profile });
    expect(document["servers"]).toMatchObject([{ url: "/api/v2" }, { url: "/api/experimental" }]);
  });

  it("has the operations of its revision and no others", () => {
    const found = [...operations].map(([id, { method, path }]) => `${id}: ${method} ${path}`);
    expect(found.sort()).toEqual(rows.map(({ id, route }) => `${id}: ${route}`).sort());
  });

  it.each(rows)("documents the statuses of $id", ({ id, statuses, added }) => {
    const expected = [...statuses.split(" "), ...(added !== undefined && revision !== "2.30" ? [added] : [])];
    const operation = operations.get(id)?.operation ?? {};
    expect(responsesOf(document, operation).map(([status]) => status)).toEqual(expected.sort());
  });

  it.each(rows)("keeps the agents' route of $id off the experimental prefix", ({ id }) => {
    const { path = "" } = operations.get(id) ?? {};
    const servers = objectAt(document, ["paths", path])["servers"];
    if (id === "upload-task-log-snapshot") expect(servers).toMatchObject([{ url: "/api/v2" }]);
    else expect(servers).toBeUndefined();
  });

  it.each(rows)("gives each body of $id an example, and only valid ones", ({ id }) => {
    const operation = operations.get(id)?.operation ?? {};
    const bodies: [BodyPlace, JsonObject][] = responsesOf(document, operation)
      .filter(([, response]) => response["content"] !== undefined)
      .map(([status, response]) => [`${Number(status)}`, response]);
    const request = operation["requestBody"];
    if (isJsonObject(request)) bodies.push(["request", request]);

    for (const [place, holder] of bodies) {
      const names = examplesIn(holder);
      expect(names, `${id} ${place}`).not.toEqual([]);
      for (const name of names) {
        const value = validator.example(id, place, name) ?? null;
        expect(validator.errors(id, place, value), `${id} ${place} ${name}`).toEqual([]);
      }
    }
  });

  it("answers 202 of delete and 204 without content", () => {
    for (const { id, place } of [
      { id: "delete-ai-task", place: "202" },
      { id: "update-ai-task-input", place: "204" },
      { id: "send-input-to-ai-task", place: "204" },
      { id: "upload-task-log-snapshot", place: "204" },
    ]) {
      const { operation = {} } = operations.get(id) ?? {};
      expect(objectAt(operation, ["responses", place])).not.toHaveProperty("content");
    }
  });

  it("names an answer for what no operation fits", () => {
    const unmatched = objectAt(document, ["x-unmatched"]);
    expect(follow(document, unmatched["method"])).toMatchObject({ headers: { Allow: {} } });
    expect(follow(document, unmatched["method"])).not.toHaveProperty("content");
    expect(follow(document, unmatched["path"])).toHaveProperty("content");
  });
});

/** With the response components in place, so that every body has an address below its operation. */
function resolveResponses(document: JsonObject): JsonObject {
  const resolved: Record<string, JsonValue | undefined> = JSON.parse(JSON.stringify(document));
  for (const { path, method, operation } of operationsOf(document).values()) {
    const responses = Object.fromEntries(responsesOf(document, operation));
    Object.assign(objectAt(resolved, ["paths", path, method]), { responses });
  }
  return resolved;
}

describe("the two profiles", () => {
  const id = "5f0c8a52-3d0e-4f4b-9f5c-0f2f6d1f8a10";
  const documented = exampleValidator(files.contract("2.34", "documented"));
  const wire = exampleValidator(files.contract("2.34", "wire"));
  const sent = wire.example("get-ai-task-by-id-or-name", "200", "wire");
  const published = documented.example("get-ai-task-by-id-or-name", "200", "seed");
  const wireTask = isJsonObject(sent) ? sent : {};
  const documentedTask = isJsonObject(published) ? published : {};
  const wireLogs = { logs: [] };
  const snapshotTime = { logs: [], snapshot: true, snapshot_at: "2026-02-25T09:30:00Z" };
  const message = { id: 1, content: "Hello", role: "user", time: "2026-02-25T09:30:00Z" };

  it.each<[string, string, BodyPlace, JsonValue, boolean, boolean]>([
    ["an id as an object", "get-ai-task-by-id-or-name", "200", documentedTask, true, false],
    ["an id as a bare uuid", "get-ai-task-by-id-or-name", "200", wireTask, false, true],
    [
      "no id as null",
      "get-ai-task-by-id-or-name",
      "200",
      { ...wireTask, workspace_app_id: null },
      false,
      true,
    ],
    [
      "an id that is no uuid",
      "get-ai-task-by-id-or-name",
      "200",
      { ...wireTask, workspace_app_id: "x" },
      false,
      false,
    ],
    [
      "no state as null",
      "get-ai-task-by-id-or-name",
      "200",
      { ...wireTask, current_state: null },
      false,
      true,
    ],
    [
      "no health as null",
      "get-ai-task-by-id-or-name",
      "200",
      { ...wireTask, workspace_agent_health: null },
      false,
      true,
    ],
    [
      "no lifecycle as null",
      "get-ai-task-by-id-or-name",
      "200",
      { ...wireTask, workspace_agent_lifecycle: null },
      false,
      true,
    ],
    [
      "an empty avatar",
      "get-ai-task-by-id-or-name",
      "200",
      { ...wireTask, owner_avatar_url: "" },
      false,
      false,
    ],
    ["live logs", "get-ai-task-logs", "200", wireLogs, true, true],
    ["the logs of a snapshot", "get-ai-task-logs", "200", snapshotTime, true, true],
    [
      "a snapshot's time that is none",
      "get-ai-task-logs",
      "200",
      { ...snapshotTime, snapshot_at: "x" },
      true,
      false,
    ],
    ["a mark that says no", "get-ai-task-logs", "200", { logs: [], snapshot: false }, true, false],
    ["a create without a template version", "create-a-new-ai-task", "request", { input: "x" }, false, true],
    [
      "a template version in braces",
      "create-a-new-ai-task",
      "request",
      { template_version_id: `{${id}}` },
      false,
      true,
    ],
    [
      "a template version that is null",
      "create-a-new-ai-task",
      "request",
      { template_version_id: null },
      false,
      true,
    ],
    ["a create of nothing", "create-a-new-ai-task", "request", null, false, true],
    ["a create of a list", "create-a-new-ai-task", "request", [], false, false],
    ["an input that is a number", "send-input-to-ai-task", "request", { input: 5 }, false, false],
    ["no input", "send-input-to-ai-task", "request", {}, false, true],
    ["a new prompt of null", "update-ai-task-input", "request", { input: null }, false, true],
    ["a snapshot of anything", "upload-task-log-snapshot", "request", {}, true, false],
    ["a snapshot without messages", "upload-task-log-snapshot", "request", { messages: null }, true, false],
    ["a snapshot with messages", "upload-task-log-snapshot", "request", { messages: [message] }, true, true],
    ["a bare message", "upload-task-log-snapshot", "request", { messages: [{}] }, true, true],
    [
      "a message with an id as text",
      "upload-task-log-snapshot",
      "request",
      { messages: [{ id: "1" }] },
      true,
      false,
    ],
    [
      "a message at no time",
      "upload-task-log-snapshot",
      "request",
      { messages: [{ time: "noon" }] },
      true,
      false,
    ],
    [
      "a message of another role",
      "upload-task-log-snapshot",
      "request",
      { messages: [{ role: "x" }] },
      true,
      true,
    ],
  ])("judge %s", (_, operation, place, body, inDocumented, inWire) => {
    expect({
      documented: documented.errors(operation, place, body).length === 0,
      wire: wire.errors(operation, place, body).length === 0,
    }).toEqual({ documented: inDocumented, wire: inWire });
  });

  it("differ in what may name the task of a pause", () => {
    for (const [profile, schema] of [
      ["documented", { type: "string", format: "uuid" }],
      ["wire", { type: "string" }],
    ] as const) {
      const document = files.contract("2.34", profile);
      expect(objectAt(document, ["components", "parameters", "taskId"])["schema"]).toEqual(schema);
    }
  });

  it("differ in which bodies they take at all", () => {
    for (const { name, profile, document } of documents) {
      for (const { operation } of operationsOf(document).values()) {
        const body = operation["requestBody"];
        if (!isJsonObject(body)) continue;
        const types = Object.keys(objectAt(body, ["content"]));
        expect([body["required"], types], name).toEqual(
          profile === "wire" ? [false, ["application/json", "*/*"]] : [true, ["application/json"]],
        );
      }
    }
  });
});

describe("the state of a task", () => {
  it.each(documents)("may be `failure` only in 2.30: $name", ({ revision, document }) => {
    const state = objectAt(document, ["components", "schemas", "TaskStateEntry", "properties", "state"]);
    const states = ["working", "idle", "complete", "failed"];
    expect(state["enum"]).toEqual(revision === "2.30" ? [...states, "failure"] : states);
  });
});
