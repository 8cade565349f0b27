import type { ClockSetting } from "../../domain/clock.ts";
import type { Instant } from "../../domain/instant.ts";
import type { WorldSettings, WorldStart } from "../../domain/world-start.ts";
import type { ResetCause } from "../journal/event-log.ts";
import type { JournalLimits } from "../journal/journal.ts";

/** What a world is made with, and what a reset leads back to. */
export interface WorldOptions {
  readonly settings: WorldSettings;
  readonly clock: ClockSetting;
  readonly journal: JournalLimits;
  /** Real milliseconds without a request after which the world goes; absent: it stays. */
  readonly ttl?: number;
  /** What the clock shows whenever the world begins; absent: what a scenario's start asks for. */
  readonly startsAt?: Instant;
  /** Where a reset leads to that names no scenario, in a world that began from none. */
  readonly origin?: WorldStart;
}

/** What a world begins anew with. */
export interface Restart {
  readonly start: WorldStart;
  readonly settings: WorldSettings;
  readonly clock: ClockSetting;
  readonly cause: ResetCause;
}
