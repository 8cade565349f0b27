import type {
  AgentId,
  AppId,
  BuildId,
  OrganizationId,
  PresetId,
  TaskId,
  TemplateId,
  TemplateVersionId,
  UserId,
  WorkspaceId,
} from "./ids.ts";
import type { Instant } from "./instant.ts";
import type { Due, Durations } from "./lifecycle-plan.ts";

export const transitions = ["start", "stop", "delete"] as const;
export type Transition = (typeof transitions)[number];

export const jobStatuses = ["pending", "running", "succeeded", "canceling", "canceled", "failed"] as const;
export type JobStatus = (typeof jobStatuses)[number];

export const buildReasons = [
  "initiator",
  "autostart",
  "autostop",
  "dormancy",
  "dashboard",
  "cli",
  "ssh_connection",
  "vscode_connection",
  "jetbrains_connection",
  "task_auto_pause",
  "task_manual_pause",
  "task_resume",
] as const;
export type BuildReason = (typeof buildReasons)[number];

/** The provisioner's work for one build. */
export interface Job {
  readonly id: string;
  readonly fileId: string;
  readonly status: JobStatus;
  readonly startedAt?: Instant;
  readonly completedAt?: Instant;
  readonly canceledAt?: Instant;
  /** Empty unless the job failed. */
  readonly error: string;
}

export const agentLifecycles = [
  "created",
  "starting",
  "start_timeout",
  "start_error",
  "ready",
  "shutting_down",
  "shutdown_timeout",
  "shutdown_error",
  "off",
] as const;
export type AgentLifecycle = (typeof agentLifecycles)[number];

export const connections = ["connecting", "connected", "disconnected", "timeout"] as const;
export type Connection = (typeof connections)[number];

export const appHealths = ["disabled", "initializing", "healthy", "unhealthy"] as const;
export type AppHealth = (typeof appHealths)[number];

/** The chat app of a task's agent, together with how the program behind it behaves. */
export interface App {
  readonly id: AppId;
  readonly slug: string;
  readonly displayName: string;
  readonly url: string;
  readonly health: AppHealth;
  /** Whether the build names this app as the task's app. */
  readonly linked: boolean;
  /** At work on an input, so that it takes no other. */
  readonly busy: boolean;
  readonly reachable: boolean;
  /** Whether it takes a message that it is free to take. */
  readonly accepts: boolean;
}

/** The program in a started workspace that connects to the service. A new one, with a new id, for each start. */
export interface Agent {
  readonly id: AgentId;
  readonly name: string;
  /** A UUID; what the agent shows to the service. */
  readonly token: string;
  readonly lifecycle: AgentLifecycle;
  readonly connection: Connection;
  readonly createdAt: Instant;
  readonly firstConnectedAt?: Instant;
  readonly lastConnectedAt?: Instant;
  readonly disconnectedAt?: Instant;
  readonly startedAt?: Instant;
  readonly readyAt?: Instant;
  readonly app: App;
}

export interface Build {
  readonly id: BuildId;
  /** From 1, rising by one in its workspace. */
  readonly number: number;
  readonly transition: Transition;
  readonly reason: BuildReason;
  readonly initiatorId: UserId;
  readonly templateVersionId: TemplateVersionId;
  readonly presetId?: PresetId;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly job: Job;
  /** There from the moment a start job succeeds. */
  readonly agent?: Agent;
}

export const reportStates = ["working", "idle", "complete", "failure"] as const;
/** What an agent says of itself, in the words of the app-status API. */
export type ReportState = (typeof reportStates)[number];

/** One report of the agent on its work. */
export interface AppStatus {
  readonly id: string;
  readonly agentId: AgentId | undefined;
  readonly appId: AppId | undefined;
  /** The workspace's latest build when the report came. */
  readonly buildNumber: number;
  readonly createdAt: Instant;
  readonly state: ReportState;
  readonly message: string;
  readonly uri: string;
}

export interface Workspace {
  readonly id: WorkspaceId;
  readonly name: string;
  readonly ownerId: UserId;
  readonly organizationId: OrganizationId;
  readonly templateId: TemplateId;
  readonly taskId?: TaskId;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** Oldest first; the last is the latest. */
  readonly builds: readonly Build[];
  /** Reports of all its agents, oldest first. */
  readonly statuses: readonly AppStatus[];
  /** Users who may see it and connect to it, but neither start, stop nor delete it. */
  readonly sharedWith: readonly UserId[];
  readonly durations: Durations;
  /** What is going to happen by itself, soonest first. */
  readonly due: readonly Due[];
}

export function latestBuild(workspace: Workspace): Build | undefined {
  return workspace.builds.at(-1);
}

/** Whether the latest build's job is still pending, running or canceling, so that no other build may start. */
export function isBuilding(workspace: Workspace): boolean {
  const status = latestBuild(workspace)?.job.status;
  return status === "pending" || status === "running" || status === "canceling";
}

export function isDeleted(workspace: Workspace): boolean {
  const build = latestBuild(workspace);
  return build?.transition === "delete" && build.job.status === "succeeded";
}
