import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createContract } from "../../src/contract/create-contract.ts";
import type { JsonObject } from "../../src/contract/json.ts";
import { anyCharacter } from "../support/any-character.ts";
import { documentOf, noContent } from "./sample-document.ts";

function operation(operationId: string, ...names: readonly string[]): JsonObject {
  const parameters = names.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } }));
  return { operationId, parameters, responses: noContent };
}

const document: JsonObject = {
  ...documentOf({
    "/tasks": { get: operation("list") },
    "/tasks/{user}": { post: operation("create", "user") },
    "/tasks/stats": { get: operation("stats") },
    "/tasks/{user}/{task}": {
      get: operation("get", "user", "task"),
      delete: operation("delete", "user", "task"),
    },
    "/tasks/{user}/{task}/logs": { get: operation("logs", "user", "task") },
    "/tasks/me/latest": { put: operation("latest") },
    "/tasks/me/{name}/deep": { get: operation("deep", "name") },
    "/slash/": { get: operation("slash") },
    "/": { get: operation("root") },
    "/agents": {
      servers: [{ url: "/agent-api/" }],
      get: operation("agents"),
      post: {
        ...operation("agents-post"),
        servers: [{ url: "https://{host}/x", variables: { host: { default: "example.com" } } }],
      },
    },
  }),
  servers: [{ url: "/api/v2" }, { url: "http://localhost:3000/api/experimental" }],
};
const contract = createContract(document);

function matched(method: string, path: string): unknown {
  const match = contract.match(method, path);
  return match.kind === "operation" ? [match.operation.id, match.path] : match;
}

describe("a path and method find their operation", () => {
  it.each<[method: string, path: string, id: string, parameters: Readonly<Record<string, string>>]>([
    ["GET", "/api/v2/tasks", "list", {}],
    ["GET", "/api/experimental/tasks", "list", {}],
    ["GET", "//api///v2//tasks", "list", {}],
    ["POST", "/api/v2/tasks/alice", "create", { user: "alice" }],
    ["GET", "/api/v2/tasks/stats", "stats", {}],
    ["GET", "/api/v2/tasks/st%61ts", "stats", {}],
    ["GET", "/api/v2/tasks/Stats/x", "get", { user: "Stats", task: "x" }],
    ["GET", "/api/v2/tasks/a%2Fb/c%20d", "get", { user: "a/b", task: "c d" }],
    ["GET", "/api/v2/tasks/%C3%A9/x+y", "get", { user: "é", task: "x+y" }],
    ["GET", "/api/v2/tasks/me/x", "get", { user: "me", task: "x" }],
    ["GET", "/api/v2/tasks/me/x/logs", "logs", { user: "me", task: "x" }],
    ["GET", "/api/v2/tasks/me/x/deep", "deep", { name: "x" }],
    ["GET", "/api/v2/slash/", "slash", {}],
    ["GET", "/api/v2/", "root", {}],
    ["GET", "/agent-api/agents", "agents", {}],
    ["POST", "/x/agents", "agents-post", {}],
  ])("%s %s is %s", (method, path, id, parameters) => {
    expect(matched(method, path)).toEqual([id, parameters]);
  });

  it("and carries what the document says about it", () => {
    expect(contract.match("POST", "/api/v2/tasks/a")).toMatchObject({
      operation: { id: "create", method: "POST", path: "/tasks/{user}", takesBody: false },
    });
  });
});

describe("a method that a path does not have", () => {
  it.each<[method: string, path: string, template: string, allow: readonly string[]]>([
    ["PUT", "/api/v2/tasks/a/b", "/api/v2/tasks/{user}/{task}", ["DELETE", "GET"]],
    ["get", "/api/v2/tasks", "/api/v2/tasks", ["GET"]],
    // The literal path is the one that was meant, although the template with parameters has this method.
    ["POST", "/api/v2/tasks/stats", "/api/v2/tasks/stats", ["GET"]],
    ["GET", "/api/v2/tasks/me/latest", "/api/v2/tasks/me/latest", ["PUT"]],
    ["GET", "/x/agents", "/x/agents", ["POST"]],
  ])("%s %s", (method, path, template, allow) => {
    expect(contract.match(method, path)).toEqual({ kind: "no-method", template, allow });
  });
});

describe("a path that does not exist", () => {
  it.each<[path: string, nearest: string]>([
    ["/api/v2/tasks/", "GET /api/v2/tasks"],
    ["/api/v2/Tasks", "GET /api/v2/tasks"],
    ["/api/v2/taks", "GET /api/v2/tasks"],
    ["/tasks", "GET /api/v2/tasks"],
    ["/api/v1/tasks", "GET /api/v2/tasks"],
    ["/api/v2/tasks/me/x/log", "GET /api/v2/tasks/{user}/{task}/logs"],
    ["/api/v2/slash", "GET /api/v2/slash/"],
  ])("%s is most like %s", (path, nearest) => {
    const match = contract.match("GET", path);
    expect(match).toMatchObject({ kind: "no-path" });
    expect(match.kind === "no-path" ? match.nearest[0] : undefined).toBe(nearest);
  });

  it("names at most three look-alikes, and none when nothing is alike", () => {
    const near = contract.match("GET", "/api/v2/tasks/");
    expect(near.kind === "no-path" && near.nearest.length).toBe(3);
    expect(contract.match("GET", "/completely/different/and/much/longer/path")).toEqual({
      kind: "no-path",
      nearest: [],
    });
    expect(contract.match("OPTIONS", "*")).toMatchObject({ kind: "no-path" });
  });

  it("costs little even when it is absurd", () => {
    const path = `/${"x".repeat(100_000)}${"/y".repeat(50_000)}`;
    expect(contract.match("GET", path)).toMatchObject({ kind: "no-path" });
  });
});

it.each(["%", "%2", "%zz", "%C3", "%FF"])("the segment %s is bad percent-encoding", (segment) => {
  expect(contract.match("GET", `/api/v2/tasks/me/${segment}`)).toEqual({ kind: "bad-encoding", segment });
});

it("every template matches itself, whatever its parameters are", () => {
  const templates = [...contract.operations.values()].filter(({ path }) => path.includes("{"));
  const segment = fc
    .string({ unit: anyCharacter, minLength: 1 })
    .filter((text) => text !== "me" && text !== "stats");
  fc.assert(
    fc.property(
      fc.constantFrom(...templates),
      fc.array(segment, { minLength: 2, maxLength: 2 }),
      (one, values) => {
        const names = [...one.path.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name ?? "");
        const parameters = Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""]));
        const path = one.path.replace(/\{(\w+)\}/gu, (_, name: string) =>
          encodeURIComponent(parameters[name] ?? ""),
        );
        expect(matched(one.method, `/api/v2${path}`)).toEqual([one.id, parameters]);
      },
    ),
  );
});
