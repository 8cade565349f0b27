import type { ReportState } from "./agent.ts";
import { currentState } from "./current-state.ts";
import type { Instant } from "./instant.ts";
import type { Task } from "./task.ts";
import { type TaskStatus, taskStatus } from "./task-status.ts";
import type { Workspace } from "./workspace.ts";
import type { Observe, World } from "./world.ts";

/*
 * Whatever is due by now has happened already as far as anybody can tell, although nobody may have looked yet. So it is
 * brought about before the clock moves and never told of: which events an advance tells of depends on the two instants
 * between which it moved, and not on who looked when.
 */

/** Puts the clock to an instant that is not past, and lets everything happen that is due by then. */
export function advanceTo(world: World, instant: Instant, observe: Observe): void {
  world.settle(world.now);
  world.clock.moveTo(instant);
  world.settle(instant, observe);
}

/**
 * Goes from event to event until at least `count` have happened, but not beyond `latest`, and gives how many did. The
 * clock stops with the last of them. What falls on one instant happens together.
 */
export function advanceByEvents(
  world: World,
  { count, latest }: { readonly count: number; readonly latest: Instant },
  observe: Observe,
): number {
  let fired = 0;
  goFromEventToEvent(world, {
    isThere: () => fired >= count,
    latest,
    observe: (event) => {
      fired += 1;
      observe(event);
    },
  });
  return fired;
}

/** What a task is to be; whatever is given has to hold together. */
export interface TaskCondition {
  readonly status: TaskStatus | undefined;
  readonly state: ReportState | undefined;
  /** Whether its deletion is through. */
  readonly deleted: boolean | undefined;
}

/** A task as a condition looks at it. One that is gone for good has neither status nor state. */
export interface Seen {
  readonly status?: TaskStatus;
  readonly state?: ReportState;
  readonly deleted: boolean;
  /** When something happens to it next; undefined when nothing is pending for it. */
  readonly nextDue?: Instant;
}

/**
 * Goes from event to event until a task is as wanted, which may be at once, and gives what it is then. The clock stops with
 * the event that brought it about, or else at `limit`. A state that lasts no time is never seen.
 */
export function advanceUntil(
  world: World,
  {
    task,
    condition,
    limit,
  }: { readonly task: Task; readonly condition: TaskCondition; readonly limit: Instant },
  observe: Observe,
): { readonly reached: boolean; readonly seen: Seen } {
  goFromEventToEvent(world, { isThere: () => holds(condition, see(world, task)), latest: limit, observe });
  const reached = holds(condition, see(world, task));
  if (!reached) advanceTo(world, limit, observe);
  return { reached, seen: see(world, task) };
}

function goFromEventToEvent(
  world: World,
  {
    isThere,
    latest,
    observe,
  }: { readonly isThere: () => boolean; readonly latest: Instant; observe: Observe },
): void {
  world.settle(world.now);
  while (!isThere()) {
    const next = world.nextDue;
    if (next === undefined || next > latest) break;
    world.settle(next, observe);
  }
  world.clock.moveTo(world.now);
}

function see(world: World, { id, workspaceId }: Task): Seen {
  if (world.task(id) === undefined) return { deleted: true };
  const workspace = workspaceId === undefined ? undefined : world.workspace(workspaceId);
  return { status: taskStatus(workspace), ...stateOf(workspace), ...nextDueOf(workspace), deleted: false };
}

function stateOf(workspace: Workspace | undefined): Pick<Seen, "state"> {
  const state = currentState(workspace)?.state;
  return state === undefined ? {} : { state };
}

function nextDueOf(workspace: Workspace | undefined): Pick<Seen, "nextDue"> {
  const due = workspace?.due[0];
  return due === undefined ? {} : { nextDue: due.at };
}

function holds({ status, state, deleted }: TaskCondition, seen: Seen): boolean {
  return (
    (status === undefined || status === seen.status) &&
    (state === undefined || state === seen.state) &&
    (deleted === undefined || deleted === seen.deleted)
  );
}
