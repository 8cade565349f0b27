import type { Method } from "../support/http-client.ts";
import type { TestMock } from "../support/test-mock.ts";

/** An operation as a test asks for it: on a task in a status that fits, with a body that fits. */
export interface AskedOperation {
  readonly id: string;
  readonly method: Method;
  /** Path for a user and a task; which of them count is the operation's business. */
  readonly path: (user: string, task: string) => string;
  /** A task of the default scenario's default user that the operation works on; none for what takes no task. */
  readonly task?: string;
  readonly takes?: "user" | "task" | "agent";
  readonly body?: (on: TestMock) => object;
  /** Status when all goes well. */
  readonly done: number;
}

const input = () => ({ input: "Go on." });

/** The ten operations of the newest revision. */
export const taskOperations: readonly AskedOperation[] = [
  { id: "list-ai-tasks", method: "GET", path: () => "/tasks", done: 200 },
  {
    id: "create-a-new-ai-task",
    method: "POST",
    path: (user) => `/tasks/${user}`,
    takes: "user",
    body: (on) => ({ template_version_id: on.version("web-agent").id, input: "Go on.", name: "fresh" }),
    done: 201,
  },
  {
    id: "get-ai-task-by-id-or-name",
    method: "GET",
    path: (user, task) => `/tasks/${user}/${task}`,
    takes: "task",
    task: "dark-mode",
    done: 200,
  },
  {
    id: "delete-ai-task",
    method: "DELETE",
    path: (user, task) => `/tasks/${user}/${task}`,
    takes: "task",
    task: "dark-mode",
    done: 202,
  },
  {
    id: "update-ai-task-input",
    method: "PATCH",
    path: (user, task) => `/tasks/${user}/${task}/input`,
    takes: "task",
    task: "cache-headers",
    body: input,
    done: 204,
  },
  {
    id: "get-ai-task-logs",
    method: "GET",
    path: (user, task) => `/tasks/${user}/${task}/logs`,
    takes: "task",
    task: "dark-mode",
    done: 200,
  },
  {
    id: "send-input-to-ai-task",
    method: "POST",
    path: (user, task) => `/tasks/${user}/${task}/send`,
    takes: "task",
    task: "fix-login-tests",
    body: input,
    done: 204,
  },
  {
    id: "pause-task",
    method: "POST",
    path: (user, task) => `/tasks/${user}/${task}/pause`,
    takes: "task",
    task: "dark-mode",
    done: 202,
  },
  {
    id: "resume-task",
    method: "POST",
    path: (user, task) => `/tasks/${user}/${task}/resume`,
    takes: "task",
    task: "cache-headers",
    done: 202,
  },
  {
    id: "upload-task-log-snapshot",
    method: "POST",
    path: (_, task) => `/api/v2/workspaceagents/me/tasks/${task}/log-snapshot?format=agentapi`,
    takes: "agent",
    task: "dark-mode",
    body: () => ({ messages: [] }),
    done: 204,
  },
];

/** Whose token an operation is asked with when nothing else is said. */
export function fittingToken(on: TestMock, { takes, task }: AskedOperation): string {
  return takes === "agent" ? on.agentToken(task ?? "") : "API_KEY";
}
