import type { Contract } from "../contract/contract.ts";
import { Clock, type ClockSetting } from "../domain/clock.ts";
import type { Profile, Revision } from "../domain/revision.ts";
import { World } from "../domain/world.ts";
import type { WorldSettings, WorldStart } from "../domain/world-start.ts";
import type { Operation } from "../operations/operation.ts";
import { Journal } from "./journal.ts";

/** A contract with the operations that answer for it. */
export interface Surface<Context> {
  readonly contract: Contract;
  /** By operation id. */
  readonly operations: Readonly<Record<string, Operation<Context> | undefined>>;
}

/** What a world is made from; the runtime provides it. */
export interface WorldParts {
  surfaceFor(contract: { readonly revision: Revision; readonly profile: Profile }): Surface<World>;
  /** Milliseconds of a clock that never goes back, with 1970 as its zero. */
  readonly hostTime: () => number;
}

export interface WorldOptions {
  readonly settings: WorldSettings;
  readonly clock: ClockSetting;
  /** How many exchanges the journal keeps. */
  readonly journalLimit: number;
}

/** A world with what surrounds it: its journal, the surface of its contract, and how it begins anew. */
export class WorldHost {
  readonly id: string;
  readonly options: WorldOptions;
  readonly journal: Journal;
  readonly #parts: WorldParts;
  #world: World;
  #surface: Surface<World>;
  #epoch = 1;
  #requests = 0;

  constructor(id: string, options: WorldOptions, { parts, start }: { parts: WorldParts; start: WorldStart }) {
    this.id = id;
    this.options = options;
    this.journal = new Journal(options.journalLimit);
    this.#parts = parts;
    this.#surface = parts.surfaceFor(options.settings);
    this.#world = new World(start, options.settings, this.#clock(start, options.clock));
  }

  get world(): World {
    return this.#world;
  }

  get surface(): Surface<World> {
    return this.#surface;
  }

  /** Rises with every reset, so that what was begun before one can be told. */
  get epoch(): number {
    return this.#epoch;
  }

  nextRequestId(): string {
    this.#requests += 1;
    return String(this.#requests);
  }

  /** Begins anew from a start state, as a fresh process would: clock, ids, journal and all. */
  restart(start: WorldStart, settings: WorldSettings, clock: ClockSetting = this.options.clock): void {
    this.#surface = this.#parts.surfaceFor(settings);
    this.#world = new World(start, settings, this.#clock(start, clock));
    this.#epoch += 1;
    this.#requests = 0;
    this.journal.clear();
  }

  #clock(start: WorldStart, setting: ClockSetting): Clock {
    return new Clock(this.#parts.hostTime, start.startsAt, setting);
  }
}
