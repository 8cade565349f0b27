import type { App } from "../domain/agent.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { RevisionRules } from "../domain/revision.ts";
import { taskStatus, workspaceStatus } from "../domain/task-status.ts";
import { isBuilding, isDeleted, latestBuild } from "../domain/workspace.ts";
import type { FoundTask } from "./find.ts";

/*
 * What in the state of a task stands against each operation, in the provider's order of checks; undefined when nothing
 * does. Rights and bodies are looked at elsewhere.
 */

/** Nobody looks at the task's status: only an active build keeps a task from being paused, even a paused one. */
export function pauseObstacle({ task, workspace }: FoundTask): Refusal | undefined {
  if (task.workspaceId === undefined) return { kind: "no-workspace" };
  if (workspace === undefined) return { kind: "not-found" };
  return isBuilding(workspace) ? { kind: "build-active" } : undefined;
}

/** The workspace's status decides: what runs cannot be resumed, what failed or was canceled can. */
export function resumeObstacle(found: FoundTask): Refusal | undefined {
  const build = found.workspace && latestBuild(found.workspace);
  const status = build && workspaceStatus(build.transition, build.job.status);
  return status === "running" ? { kind: "already-running", status } : pauseObstacle(found);
}

/** A workspace that is gone already stands against nothing. */
export function deleteObstacle({ workspace }: FoundTask): Refusal | undefined {
  const isBlocked = workspace !== undefined && !isDeleted(workspace) && isBuilding(workspace);
  return isBlocked ? { kind: "build-active" } : undefined;
}

export function inputObstacle({ workspace }: FoundTask): Refusal | undefined {
  const status = taskStatus(workspace);
  return status === "paused" ? undefined : { kind: "not-paused", status };
}

/** Whether the agent is busy is the app's own word; what the agent reported as its state plays no part. */
export function sendObstacle({ workspace }: FoundTask): Refusal | undefined {
  const status = taskStatus(workspace);
  if (status !== "active") return { kind: "cannot-send", status };
  const app = appOf(workspace);
  const obstacle = appObstacle(app, "status");
  if (obstacle !== undefined) return obstacle;
  if (app?.busy === true) return { kind: "app-busy" };
  return app?.accepts === false ? { kind: "app-refused" } : undefined;
}

export function logsObstacle({ task, workspace }: FoundTask, rules: RevisionRules): Refusal | undefined {
  const status = taskStatus(workspace);
  if (status === "active") return appObstacle(appOf(workspace), "messages");
  if (status === "unknown" || status === "error" || !rules.logsFromSnapshot) {
    return { kind: "logs-not-available", status };
  }
  // A snapshot's roles were not looked at when it came, so a bad one is found here.
  const stray = task.snapshot?.messages.find(({ role }) => role !== "user" && role !== "agent");
  return stray === undefined ? undefined : { kind: "snapshot-role", role: stray.role };
}

function appOf(workspace: FoundTask["workspace"]): App | undefined {
  return workspace === undefined ? undefined : latestBuild(workspace)?.agent?.app;
}

function appObstacle(app: App | undefined, what: "status" | "messages"): Refusal | undefined {
  if (app === undefined || !app.linked) return { kind: "no-app" };
  if (app.url === "") return { kind: "app-url-missing" };
  const scheme = (app.url.split(":", 1)[0] ?? "").toLowerCase();
  if (scheme !== "http" && scheme !== "https") return { kind: "app-url-scheme", scheme };
  return app.reachable ? undefined : { kind: "app-unreachable", what };
}
