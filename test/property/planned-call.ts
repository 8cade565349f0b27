import type { Method } from "../support/http-client.ts";
import type { Asking, TestMock } from "../support/test-mock.ts";
import type { Step } from "./random-calls.ts";
import { steerNames } from "./random-steering.ts";
import { uuid } from "./random-values.ts";

/** A call as it goes out. `admin` is the admin operation that it means; without, it is a call of the API. */
export interface Call {
  readonly method: Method;
  readonly path: string;
  readonly admin?: string;
  readonly asking: Asking;
}

/** The call that a step means in the present state. */
export async function planned(on: TestMock, step: Step): Promise<Call> {
  switch (step.kind) {
    case "task":
    case "input": {
      const { method, rest } = step.operation;
      const path = `${step.prefix}/tasks/${step.user}/${taskSegment(on, step.task)}${rest}`;
      return { method, path, asking: asking(on, step.token, "body" in step ? step.body : undefined) };
    }
    case "create":
      return {
        method: "POST",
        path: `/api/v2/tasks/${step.user}`,
        asking: asking(on, step.token, withVersion(on, step.body)),
      };
    case "list": {
      const path = `/api/v2/tasks?q=${encodeURIComponent(step.query)}${step.extra}`;
      return { method: "GET", path, asking: asking(on, step.token, undefined) };
    }
    case "snapshot":
      return {
        method: "POST",
        path: `/api/v2/workspaceagents/me/tasks/${taskSegment(on, step.task)}/log-snapshot${step.query}`,
        asking: asking(on, step.ownToken ? { agentOf: step.task } : "agent", step.body),
      };
    case "steer":
      return adminCallOf(on, {
        method: "POST",
        path: `/tasks/${taskSegment(on, step.task)}/${step.order.path}`,
        admin: steerNames[step.order.path],
        body: step.order.body,
      });
    case "admin":
      return adminCallOf(on, step.call);
    case "load":
      return adminCallOf(on, {
        method: "PUT",
        path: "/state",
        admin: "load-state",
        body: await stateBody(on, step.document),
      });
  }
}

type Body = object | string | undefined;

function adminCallOf(
  on: TestMock,
  { method, path, admin, body }: { method: Method; path: string; admin: string; body: Body },
): Call {
  return { method, path: `/__admin${path}`, admin, asking: asking(on, "none", body) };
}

function asking(
  on: TestMock,
  who: "first" | "none" | "garbage" | "agent" | number | { readonly agentOf: TaskKey },
  body: Body,
): Asking {
  const sent =
    typeof body === "string" ? { body, headers: { "Content-Type": "application/json" } } : { body };
  const credentials = who === "none" ? { as: "nobody" } : { token: tokenText(on, who) };
  return body === undefined ? credentials : { ...credentials, ...sent, body };
}

function tokenText(on: TestMock, who: "first" | "garbage" | "agent" | number | { agentOf: TaskKey }): string {
  const { tables, start } = on.mock.host.world;
  const tokens = [...tables.tokens.values()];
  if (who === "garbage") return "garbage";
  if (who === "first") return tokens.find(({ userId }) => userId === start.defaultUserId)?.text ?? "garbage";
  if (typeof who === "number") return tokens[who % Math.max(tokens.length, 1)]?.text ?? "garbage";
  const agents = [...tables.workspaces.values()].flatMap((workspace) => {
    const agent = workspace.builds.at(-1)?.agent;
    return agent === undefined ? [] : [{ taskId: workspace.taskId, token: agent.token }];
  });
  const wanted = who === "agent" ? undefined : taskSegment(on, who.agentOf);
  return (agents.find(({ taskId }) => taskId === wanted) ?? agents[0])?.token ?? "garbage";
}

type TaskKey = string | { readonly by: "id" | "name" | "urn"; readonly n: number };

function taskSegment(on: TestMock, key: TaskKey): string {
  if (typeof key === "string") return key;
  const tasks = [...on.mock.host.world.tables.tasks.values()];
  const task = tasks[key.n % Math.max(tasks.length, 1)];
  if (task === undefined) return uuid;
  switch (key.by) {
    case "id":
      return task.id;
    case "name":
      return encodeURIComponent(task.name);
    case "urn":
      return `urn:uuid:${task.id.toUpperCase()}`;
  }
}

function withVersion(on: TestMock, body: object | string): object | string {
  if (typeof body === "string" || !("template_version_id" in body)) return body;
  const { template_version_id: wanted } = body;
  if (typeof wanted !== "number") return body;
  const versions = [...on.mock.host.world.tables.templates.values()].flatMap((template) => template.versions);
  return { ...body, template_version_id: versions[wanted % Math.max(versions.length, 1)]?.id ?? uuid };
}

async function stateBody(on: TestMock, document: "own" | readonly string[] | string): Promise<Body> {
  if (document === "own") return (await on.ask("GET", "/__admin/state", { as: "nobody" })).text;
  if (typeof document === "string") return document;
  return {
    organizations: ["harbor", "labs"],
    users: ["olga", "priya"],
    templates: ["web-agent"],
    default_user: "olga",
    tasks: document.map((stage, n) => ({
      name: `loaded-${n}`,
      owner: n === 0 ? "olga" : "priya",
      template: "web-agent",
      prompt: "Fix it.",
      stage,
    })),
  };
}
