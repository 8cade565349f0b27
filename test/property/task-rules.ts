/*
 * A second formulation of the rules, as plain tables of words, that shares nothing with the sources: what a task shows, and
 * what each operation is going to answer.
 */

export type Transition = "start" | "stop" | "delete";
export type Job = "pending" | "running" | "succeeded" | "failed" | "canceling" | "canceled";

export interface ModelAgent {
  readonly lifecycle: string;
  readonly connection: "connecting" | "connected" | "disconnected" | "timeout";
  readonly health: string;
  readonly linked: boolean;
  readonly busy: boolean;
  readonly reachable: boolean;
  readonly accepts: boolean;
}

export interface Report {
  readonly state: string;
  /** Undefined where the wording is the mock's. */
  readonly message: string | undefined;
  /** Number of the build that was the latest then. */
  readonly build: number;
}

/** What everything that a task shows derives from. */
export interface Facts {
  readonly build: { readonly number: number; readonly transition: Transition; readonly job: Job };
  readonly agent: ModelAgent | undefined;
  readonly report: Report | undefined;
}

const byBuild: Readonly<Record<string, string>> = {
  "start pending": "pending",
  "stop pending": "unknown",
  "delete pending": "unknown",
  "stop running": "unknown",
  "delete running": "unknown",
  "stop succeeded": "paused",
  "delete succeeded": "paused",
};
const byLifecycle: Readonly<Record<string, string>> = {
  created: "initializing",
  starting: "initializing",
  shutting_down: "unknown",
  shutdown_timeout: "unknown",
  shutdown_error: "unknown",
  off: "unknown",
};
const byHealth: Readonly<Record<string, string>> = {
  initializing: "initializing",
  healthy: "active",
  disabled: "active",
  unhealthy: "error",
};
const workspaceWords: Readonly<Record<string, string>> = {
  "start running": "starting",
  "stop running": "stopping",
  "delete running": "deleting",
  "start succeeded": "running",
  "stop succeeded": "stopped",
  "delete succeeded": "deleted",
};

export function statusOf({ build, agent }: Facts): string {
  if (["failed", "canceling", "canceled"].includes(build.job)) return "error";
  const decided = byBuild[`${build.transition} ${build.job}`];
  if (decided !== undefined) return decided;
  if (agent === undefined) return "initializing";
  const going = byLifecycle[agent.lifecycle];
  if (going !== undefined) return going;
  return agent.linked ? (byHealth[agent.health] ?? "unknown") : "unknown";
}

export function workspaceStatusOf({ build: { transition, job } }: Facts): string {
  return workspaceWords[`${transition} ${job}`] ?? job;
}

const waitingFor: Readonly<Record<string, string>> = {
  created: "Agent is connecting",
  starting: "Agent is starting",
  ready: "App is initializing",
};

/** State and message as an agent words them; undefined for none. */
export function currentStateOf(facts: Facts): Pick<Report, "state" | "message"> | undefined {
  const { build, report, agent } = facts;
  if (report !== undefined && (build.transition !== "start" || report.build === build.number)) return report;
  if (statusOf(facts) !== "initializing") return undefined;
  if (build.job === "running") return { state: "working", message: "Workspace is starting" };
  const message = waitingFor[agent?.lifecycle ?? ""] ?? "Initializing workspace agent";
  return { state: "working", message };
}

/** Why an agent is not well; undefined when it is. */
export function complaintOf({ connection, lifecycle }: ModelAgent): string | undefined {
  if (connection === "timeout") return "agent is taking too long to connect";
  if (lifecycle === "off") return "agent is not running";
  if (connection === "disconnected") return "agent has lost connection";
  if (lifecycle === "start_error") return "agent startup script exited with an error";
  return lifecycle.startsWith("shut") ? "agent is shutting down" : undefined;
}

export const asked = ["get", "pause", "resume", "send", "logs", "input", "delete"] as const;
export type Asked = (typeof asked)[number];

export function isBuilding({ build }: Facts): boolean {
  return ["pending", "running", "canceling"].includes(build.job);
}

/** The status that an operation answers with, its body being in order. `old`: in revision 2.30. */
export function answerTo(operation: Asked, facts: Facts, old: boolean): number {
  const status = statusOf(facts);
  switch (operation) {
    case "get":
      return 200;
    case "pause":
      if (old) return 404;
      return isBuilding(facts) ? 409 : 202;
    case "resume":
      if (old) return 404;
      return isBuilding(facts) || workspaceStatusOf(facts) === "running" ? 409 : 202;
    case "delete":
      return isBuilding(facts) ? 409 : 202;
    case "input":
      return status === "paused" ? 204 : 409;
    case "logs":
      if (status === "active") return facts.agent?.reachable === true ? 200 : 502;
      if (old) return 400;
      return status === "error" || status === "unknown" ? 409 : 200;
    case "send":
      return answerToSend(facts, status, old);
  }
}

function answerToSend({ agent }: Facts, status: string, old: boolean): number {
  if (status === "error" || status === "unknown") return 400;
  if (status !== "active") return old ? 400 : 409;
  if (agent?.reachable !== true) return 502;
  if (agent.busy) return old ? 502 : 409;
  return agent.accepts ? 204 : 502;
}
