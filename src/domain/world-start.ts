import type { Durations } from "./due.ts";
import type { UserId } from "./ids.ts";
import type { Instant } from "./instant.ts";
import type { Profile, Revision } from "./revision.ts";
import type { WorldTables } from "./world-tables.ts";

/** A checked start state. Nothing changes it; every world that starts from it works on a fork of its tables. */
export interface WorldStart {
  readonly tables: WorldTables;
  /** How often each kind of id was drawn while the state came about. */
  readonly counters: ReadonlyMap<string, number>;
  /** The user whom `--auth any` and the printed sample request stand for. */
  readonly defaultUserId: UserId | undefined;
  readonly durations: Durations;
  /** What a manual clock shows at the start. */
  readonly startsAt: Instant;
}

export interface WorldSettings {
  readonly scenario: string;
  readonly seed: string;
  readonly revision: Revision;
  readonly profile: Profile;
  /** `any`: every non-empty token is the default user's. */
  readonly auth: "strict" | "any";
}
