import type { ClockSetting } from "../../domain/clock.ts";
import type { Instant } from "../../domain/instant.ts";
import type { WorldSettings, WorldStart } from "../../domain/world-start.ts";

/** How many a world keeps; each holds on to what has changed since. */
export const mostSnapshots = 50;

/** A moment of a world that it can begin anew from. Nothing changes one. */
export interface Snapshot {
  readonly name: string;
  /** In the world's own time. */
  readonly takenAt: Instant;
  readonly start: WorldStart;
  readonly settings: WorldSettings;
  readonly clock: ClockSetting;
}

/** The named snapshots of one world. They outlive its resets and go with it. */
export class Snapshots {
  readonly #byName = new Map<string, Snapshot>();

  /** Oldest first; one that was replaced counts as new. */
  list(): readonly Snapshot[] {
    return [...this.#byName.values()];
  }

  names(): readonly string[] {
    return [...this.#byName.keys()];
  }

  get(name: string): Snapshot | undefined {
    return this.#byName.get(name);
  }

  /** Whether there is room for one more of a new name. */
  get isFull(): boolean {
    return this.#byName.size >= mostSnapshots;
  }

  /** Keeps a snapshot, in place of one of its name. The caller has looked whether there is room. */
  keep(snapshot: Snapshot): void {
    this.#byName.delete(snapshot.name);
    this.#byName.set(snapshot.name, snapshot);
  }

  /** Whether there was one to forget. */
  forget(name: string): boolean {
    return this.#byName.delete(name);
  }
}
