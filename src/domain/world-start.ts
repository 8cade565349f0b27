import type { DurationSpans } from "./due.ts";
import type { Pending } from "./due-queue.ts";
import type { UserId } from "./ids.ts";
import type { Instant } from "./instant.ts";
import type { Profile, Revision } from "./revision.ts";
import type { WorldTables } from "./world-tables.ts";

/** A checked start state. Nothing changes it; every world that starts from it works on a fork of its tables. */
export interface WorldStart {
  readonly tables: WorldTables;
  /** How often each kind of id was drawn while the state came about. */
  readonly counters: ReadonlyMap<string, number>;
  /** What ids derive from, for a state that goes on with another world's ids; absent: from seed and scenario. */
  readonly idRoot?: string;
  /** The user whom `--auth any` and the printed sample request stand for. */
  readonly defaultUserId: UserId | undefined;
  readonly durations: DurationSpans;
  /** What a manual clock shows at the start. */
  readonly startsAt: Instant;
  /** The workspaces that have something due, soonest first. */
  readonly pending: readonly Pending[];
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
