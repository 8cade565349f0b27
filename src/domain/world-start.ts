import type { DurationSpans } from "./due.ts";
import type { PendingList } from "./due-queue.ts";
import type { FaultPlan } from "./fault-plan.ts";
import type { UserId } from "./ids.ts";
import type { Instant } from "./instant.ts";
import type { Profile, Revision } from "./revision.ts";
import { ShiftedPending } from "./shifted-pending.ts";
import { WorldTables } from "./world-tables.ts";

/** A checked start state. Nothing changes it; every world that starts from it works on a fork of its tables. */
export interface WorldStart {
  readonly tables: WorldTables;
  /** How often each kind of id was drawn while the state came about. */
  readonly counters: ReadonlyMap<string, number>;
  /** What ids derive from, for a state that goes on with another world's ids; absent: from seed and scenario. */
  readonly idOrigin?: IdOrigin;
  /** The user whom `--auth any` and the printed sample request stand for. */
  readonly defaultUserId: UserId | undefined;
  readonly durations: DurationSpans;
  /** What a manual clock shows at the start. */
  readonly startsAt: Instant;
  /** The workspaces that have something due, soonest first. */
  readonly pending: PendingList;
  /** Whether all its instants are so many milliseconds from `startsAt`, so that they may move with it; absent: no. */
  readonly movable?: boolean;
  /** What is planned to go wrong from the start on; absent: nothing. */
  readonly faults?: readonly FaultPlan[];
}

/**
 * A start state as if it had been made to begin at another instant. Costs the same for any number of tasks: each of them is
 * moved when it is first looked at. The start must be movable.
 */
export function movedTo(start: WorldStart, startsAt: Instant): WorldStart {
  const by = startsAt - start.startsAt;
  if (by === 0) return start;
  if (start.movable !== true) throw new Error("A start state that states instants was to be moved.");
  return {
    ...start,
    tables: new WorldTables(start.tables, by),
    startsAt,
    pending: new ShiftedPending(start.pending, by),
  };
}

/** The names from which the ids of a world derive. */
export interface IdOrigin {
  readonly scenario: string;
  readonly seed: string;
}

export interface WorldSettings {
  /** Of a world besides the default one, whose tokens are its own; absent in the default world. */
  readonly worldId?: string;
  readonly scenario: string;
  readonly seed: string;
  readonly revision: Revision;
  readonly profile: Profile;
  /** `any`: every non-empty token is the default user's. */
  readonly auth: "strict" | "any";
}
