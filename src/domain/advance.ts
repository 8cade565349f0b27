import type { Instant } from "./instant.ts";
import type { Observe } from "./lifecycle.ts";
import type { Task } from "./task.ts";
import { type Seen, seeTask, type TaskCondition, unmet } from "./task-condition.ts";
import type { World } from "./world.ts";

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
  goFromEventToEvent(world, {
    isThere: () => unmet(condition, seeTask(world, task)).length === 0,
    latest: limit,
    observe,
  });
  const reached = unmet(condition, seeTask(world, task)).length === 0;
  if (!reached) advanceTo(world, limit, observe);
  return { reached, seen: seeTask(world, task) };
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
