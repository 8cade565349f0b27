import type { AppStatus, ReportState } from "./agent.ts";
import type { Instant } from "./instant.ts";
import { taskStatus, workspaceStatus } from "./task-status.ts";
import { type Build, latestBuild, type Workspace } from "./workspace.ts";

/** What a task says it is doing. */
export interface CurrentState {
  readonly at: Instant;
  readonly state: ReportState;
  readonly message: string;
  readonly uri: string;
}

/**
 * The newest report of the agent, unless a start build made it stale; while the task initializes, a made-up one that says
 * what it waits for; otherwise undefined.
 */
export function currentState(workspace: Workspace | undefined): CurrentState | undefined {
  const build = workspace === undefined ? undefined : latestBuild(workspace);
  if (workspace === undefined || build === undefined) return undefined;
  const report = newest(workspace.statuses);
  if (report !== undefined && !isStale(report, build)) {
    return { at: report.createdAt, state: report.state, message: report.message, uri: report.uri };
  }
  if (taskStatus(workspace) !== "initializing") return undefined;
  return { at: build.createdAt, state: "working", message: waitingFor(build), uri: "" };
}

/**
 * A stop or delete build leaves the last report in sight; a start build hides what came before it. Told by build number,
 * because a clock that stands still gives a build and the report after it the same stamp.
 */
function isStale(report: AppStatus, build: Build): boolean {
  return build.transition === "start" && report.buildNumber < build.number;
}

function newest(statuses: readonly AppStatus[]): AppStatus | undefined {
  let found: AppStatus | undefined;
  for (const status of statuses) {
    if (found === undefined || status.createdAt >= found.createdAt) found = status;
  }
  return found;
}

function waitingFor(build: Build): string {
  const status = workspaceStatus(build.transition, build.job.status);
  if (status === "pending" || status === "starting") return `Workspace is ${status}`;
  if (build.agent === undefined) return "Initializing workspace";
  switch (build.agent.lifecycle) {
    case "created":
      return "Agent is connecting";
    case "starting":
      return "Agent is starting";
    case "ready":
      return build.agent.app.health === "initializing"
        ? "App is initializing"
        : "Initializing workspace applications";
    default:
      return "Initializing workspace agent";
  }
}
