import type { ReportState } from "./agent.ts";
import { currentState } from "./current-state.ts";
import type { Due } from "./due.ts";
import type { Task } from "./task.ts";
import { type TaskStatus, taskStatus } from "./task-status.ts";
import type { World } from "./world.ts";

/** What a task is to be; whatever is given has to hold together. */
export interface TaskCondition {
  readonly status: TaskStatus | undefined;
  readonly state: ReportState | undefined;
  /** Whether its deletion is through. */
  readonly deleted: boolean | undefined;
  /** How many entries its conversation has at least. */
  readonly logs?: number | undefined;
}

/** A task as a condition looks at it. One that is gone for good has neither status, state nor conversation. */
export interface Seen {
  readonly status?: TaskStatus;
  readonly state?: ReportState;
  readonly deleted: boolean;
  /** Entries of its conversation. */
  readonly logs?: number;
  /** What happens to it next; undefined when nothing is pending for it. */
  readonly next?: Due;
}

export function seeTask(world: World, { id, workspaceId }: Task): Seen {
  const task = world.task(id);
  if (task === undefined) return { deleted: true };
  const workspace = workspaceId === undefined ? undefined : world.workspace(workspaceId);
  const state = currentState(workspace)?.state;
  const next = workspace?.due[0];
  return {
    status: taskStatus(workspace),
    ...(state === undefined ? {} : { state }),
    ...(next === undefined ? {} : { next }),
    logs: task.conversation.length,
    deleted: false,
  };
}

/** The parts of a condition that do not hold; none when all of it does. */
export function unmet(condition: TaskCondition, seen: Seen): readonly (keyof TaskCondition)[] {
  const { status, state, deleted, logs } = condition;
  const parts: (keyof TaskCondition)[] = [];
  if (status !== undefined && status !== seen.status) parts.push("status");
  if (state !== undefined && state !== seen.state) parts.push("state");
  if (deleted !== undefined && deleted !== seen.deleted) parts.push("deleted");
  if (logs !== undefined && (seen.logs ?? 0) < logs) parts.push("logs");
  return parts;
}
