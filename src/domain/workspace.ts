import type { Agent, AppStatus } from "./agent.ts";
import type { Behaviour } from "./behaviour.ts";
import type { Due, DurationSpans } from "./due.ts";
import type {
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

/** A parameter of the template with its value for a workspace. */
export interface BuildParameter {
  readonly name: string;
  readonly value: string;
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
  /** Values that whoever ordered the build gave; absent: none. What else holds follows from src/domain/build-parameters.ts. */
  readonly parameters?: readonly BuildParameter[];
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly job: Job;
  /** There from the moment a start job succeeds. */
  readonly agent?: Agent;
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
  readonly durations: DurationSpans;
  readonly behaviour: Behaviour;
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
