import type { Agent, App } from "./agent.ts";
import { assertNever } from "./assert-never.ts";
import { type Build, type JobStatus, latestBuild, type Transition, type Workspace } from "./workspace.ts";

export const taskStatuses = ["pending", "initializing", "active", "paused", "unknown", "error"] as const;
export type TaskStatus = (typeof taskStatuses)[number];

/**
 * The status of a task, derived from its workspace on every read and never stored. The agent's connection plays no part,
 * and a failed startup script still lets a task become active (docs/lifecycle.md has the tables).
 */
export function taskStatus(workspace: Workspace | undefined): TaskStatus {
  const build = workspace === undefined ? undefined : latestBuild(workspace);
  return build === undefined ? "pending" : statusFromBuild(build);
}

function statusFromBuild(build: Build): TaskStatus {
  switch (build.job.status) {
    case "failed":
    case "canceling":
    case "canceled":
      return "error";
    case "pending":
      return build.transition === "start" ? "pending" : "unknown";
    case "running":
      return build.transition === "start" ? statusFromAgent(build.agent) : "unknown";
    case "succeeded":
      return build.transition === "start" ? statusFromAgent(build.agent) : "paused";
    default:
      return assertNever(build.job.status);
  }
}

function statusFromAgent(agent: Agent | undefined): TaskStatus {
  if (agent === undefined) return "initializing";
  switch (agent.lifecycle) {
    case "created":
    case "starting":
      return "initializing";
    case "ready":
    case "start_timeout":
    case "start_error":
      return statusFromApp(agent.app);
    case "shutting_down":
    case "shutdown_timeout":
    case "shutdown_error":
    case "off":
      return "unknown";
    default:
      return assertNever(agent.lifecycle);
  }
}

function statusFromApp(app: App): TaskStatus {
  if (!app.linked) return "unknown";
  switch (app.health) {
    case "initializing":
      return "initializing";
    case "healthy":
    case "disabled":
      return "active";
    case "unhealthy":
      return "error";
    default:
      return assertNever(app.health);
  }
}

export const workspaceStatuses = [
  "pending",
  "starting",
  "running",
  "stopping",
  "stopped",
  "failed",
  "canceling",
  "canceled",
  "deleting",
  "deleted",
] as const;
export type WorkspaceStatus = (typeof workspaceStatuses)[number];

const whileRunning = {
  start: "starting",
  stop: "stopping",
  delete: "deleting",
} as const satisfies Record<Transition, WorkspaceStatus>;

const onceSucceeded = {
  start: "running",
  stop: "stopped",
  delete: "deleted",
} as const satisfies Record<Transition, WorkspaceStatus>;

/** The status of a build, which for the latest build is its workspace's status. */
export function workspaceStatus(transition: Transition, job: JobStatus): WorkspaceStatus {
  if (job === "running") return whileRunning[transition];
  if (job === "succeeded") return onceSucceeded[transition];
  return job;
}
