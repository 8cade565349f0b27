import type { AgentLifecycle, App, Connection, ReportState } from "../../domain/agent.ts";
import type { BuildReason, JobStatus, Transition } from "../../domain/workspace.ts";

/** How a stage comes about: builds that are through, the latest build with how far it got, and what the agent said. */
export interface StagePlan {
  readonly before: readonly Transition[];
  readonly transition: Transition;
  readonly reason: BuildReason;
  readonly job: JobStatus;
  /** How many steps of the latest build's plan have happened. */
  readonly steps: number;
  readonly lifecycle?: AgentLifecycle;
  readonly connection?: Connection;
  readonly app?: Partial<App>;
  /** The agent's last report; undefined when it has not said anything yet. */
  readonly says?: ReportState;
  /** Whether DELETE has been answered for the task. */
  readonly deleted?: boolean;
  readonly noWorkspace?: boolean;
}

/** Steps of a start plan (domain/lifecycle-plan.ts): job running, job succeeded, agent starting, agent ready, app healthy. */
const started = { before: [], transition: "start", reason: "initiator", job: "succeeded" } as const;
const up = { ...started, steps: 5 } as const;
const broken = { ...started, steps: 1 } as const;
const stop = { before: ["start"], transition: "stop", reason: "task_manual_pause", says: "idle" } as const;
const resume = { before: ["start", "stop"], transition: "start", reason: "task_resume" } as const;
const remove = { before: ["start"], transition: "delete", reason: "initiator", says: "idle" } as const;

/** Every stage that a task can be put into by one word. */
const stages = {
  pending: { ...started, job: "pending", steps: 0 },
  provisioning: { ...started, job: "running", steps: 1 },
  connecting: { ...started, steps: 2 },
  "connect-timeout": { ...started, steps: 2, connection: "timeout" },
  starting: { ...started, steps: 3 },
  "app-starting": { ...started, steps: 4 },
  active: up,
  working: { ...up, says: "working" },
  idle: { ...up, says: "idle" },
  complete: { ...up, says: "complete" },
  failed: { ...up, says: "failure" },
  "build-failed": { ...broken, job: "failed" },
  "build-canceling": { ...broken, job: "canceling" },
  "build-canceled": { ...broken, job: "canceled" },
  "start-error": { ...up, lifecycle: "start_error", says: "idle" },
  "start-timeout": { ...up, lifecycle: "start_timeout", says: "idle" },
  "shutting-down": { ...up, lifecycle: "shutting_down", says: "idle" },
  "shutdown-timeout": { ...up, lifecycle: "shutdown_timeout", says: "idle" },
  "shutdown-error": { ...up, lifecycle: "shutdown_error", says: "idle" },
  off: { ...up, lifecycle: "off", says: "idle" },
  disconnected: { ...up, connection: "disconnected", says: "working" },
  unhealthy: { ...up, app: { health: "unhealthy" }, says: "working" },
  "app-disabled": { ...up, app: { health: "disabled" }, says: "idle" },
  "no-app": { ...up, app: { linked: false } },
  unreachable: { ...up, app: { reachable: false }, says: "working" },
  busy: { ...up, app: { busy: true }, says: "working" },
  rejecting: { ...up, app: { accepts: false }, says: "idle" },
  pausing: { ...stop, job: "pending", steps: 0 },
  stopping: { ...stop, job: "running", steps: 1 },
  paused: { ...stop, job: "succeeded", steps: 3 },
  "stop-failed": { ...stop, job: "failed", steps: 1 },
  "stop-canceling": { ...stop, job: "canceling", steps: 1 },
  "stop-canceled": { ...stop, job: "canceled", steps: 1 },
  resuming: { ...resume, job: "pending", steps: 0, says: "idle" },
  resumed: { ...resume, job: "succeeded", steps: 5, says: "idle" },
  "delete-pending": { ...remove, job: "pending", steps: 0 },
  "delete-running": { ...remove, job: "running", steps: 1 },
  "delete-failed": { ...remove, job: "failed", steps: 1 },
  "delete-canceling": { ...remove, job: "canceling", steps: 1 },
  "delete-canceled": { ...remove, job: "canceled", steps: 1 },
  "workspace-deleted": { ...remove, job: "succeeded", steps: 2 },
  deleting: { ...remove, job: "running", steps: 1, deleted: true },
  "no-workspace": { ...started, job: "pending", steps: 0, noWorkspace: true },
} as const satisfies Record<string, StagePlan>;

export type Stage = keyof typeof stages;

export const stageNames: readonly Stage[] = Object.keys(stages).filter(isStage);

function isStage(name: string): name is Stage {
  return Object.hasOwn(stages, name);
}

/** What a task is at when its scenario does not say. */
export const defaultStage = "idle" satisfies Stage;

export function stagePlan(stage: Stage): StagePlan {
  return stages[stage];
}

/** Whether a stage is one that a task leaves by itself within seconds. */
export function isInFlight(stage: Stage): boolean {
  const { job, transition, steps } = stagePlan(stage);
  return (
    job !== "failed" && job !== "canceled" && (job !== "succeeded" || (transition === "start" && steps < 5))
  );
}
