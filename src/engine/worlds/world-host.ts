import { Clock } from "../../domain/clock.ts";
import { mintWorldTokens } from "../../domain/sign-ins.ts";
import { World } from "../../domain/world.ts";
import type { WorldSettings, WorldStart } from "../../domain/world-start.ts";
import type { LedgerBook } from "../coverage/ledger-book.ts";
import type { WorldLedger } from "../coverage/world-ledger.ts";
import { Fallback } from "../fallback/fallback.ts";
import { Faults } from "../faults/faults.ts";
import { Followers } from "../followers.ts";
import { Holds } from "../holds.ts";
import { EventLog, type WorldEvent } from "../journal/event-log.ts";
import type { Exchange } from "../journal/exchange.ts";
import { Journal } from "../journal/journal.ts";
import { lateViolations } from "../journal/late-violation.ts";
import { ViolationLog } from "../journal/violation-log.ts";
import type { Surface } from "../surface.ts";
import { Trace } from "../trace.ts";
import { Pulse } from "./pulse.ts";
import { Snapshots } from "./snapshots.ts";
import { WorldHooks } from "./world-hooks.ts";
import type { Restart, WorldOptions } from "./world-options.ts";
import type { WorldParts } from "./world-parts.ts";

/** As many violations can be looked at in a world; its totals go on counting. */
const keptViolations = 1_000;

interface Beginning {
  readonly parts: WorldParts<WorldHost>;
  readonly start: WorldStart;
}

/** A world with what surrounds it: its journal, the surface of its contract, who watches it, and how it begins anew. */
export class WorldHost {
  readonly id: string;
  readonly options: WorldOptions;
  readonly journal: Journal;
  readonly snapshots = new Snapshots();
  readonly events = new EventLog();
  readonly violations = new ViolationLog(keptViolations);
  readonly holds: Holds;
  readonly followers = new Followers();
  readonly hooks = new WorldHooks((follow) =>
    this.followers.open(follow, { begun: () => this.#pulse.beatNext(), left: () => this.touch() }),
  );
  readonly faults: Faults;
  readonly createdAt: number;
  readonly #parts: WorldParts<WorldHost>;
  readonly #pulse: Pulse;
  #world: World;
  #surface: Surface<World>;
  #ledger: WorldLedger;
  #epoch = 1;
  #requests = 0;
  /** A call that began before the end may still come to its own after it. */
  #isOver = false;
  /** The request that is served; of several at once, the latest. */
  #serving: Trace | undefined;
  #usedAt: number;

  constructor(id: string, options: WorldOptions, { parts, start }: Beginning) {
    this.id = id;
    this.options = options;
    this.journal = new Journal(options.journal);
    this.holds = new Holds(parts.after);
    this.#parts = parts;
    this.#pulse = new Pulse(this, parts.after);
    this.createdAt = parts.hostTime();
    this.#usedAt = this.createdAt;
    this.#surface = parts.surfaceFor(options.settings);
    this.#world = this.#begin({ start, settings: options.settings, clock: options.clock });
    this.#listen();
    this.faults = new Faults(this, parts.after);
    this.#ledger = this.#openLedger(options.settings);
  }

  get world(): World {
    return this.#world;
  }

  get surface(): Surface<World> {
    return this.#surface;
  }

  /** What its exchanges since the last reset have shown of its contract. */
  get ledger(): WorldLedger {
    return this.#ledger;
  }

  /** The same for all worlds of the server, those that are over among them. */
  get coverage(): LedgerBook {
    return this.#parts.coverage;
  }

  /** Rises with every reset, so that what was begun before one can be told. */
  get epoch(): number {
    return this.#epoch;
  }

  get requests(): number {
    return this.#requests;
  }

  nextRequestId(): string {
    this.#requests += 1;
    return String(this.#requests);
  }

  /** Whether somebody wants to be told of things when they happen, not only when they next look. */
  get isWatched(): boolean {
    const waiting = this.holds.size + this.followers.size;
    return waiting > 0 || this.events.listeners > 0 || this.#parts.events.listeners > 0;
  }

  /** When it goes unless somebody uses it, in host milliseconds; undefined when it stays. */
  get expiresAt(): number | undefined {
    const { ttl } = this.options;
    if (ttl === undefined) return undefined;
    const waiting = this.holds.size + this.followers.size + this.events.listeners;
    const isInUse = waiting > 0 || this.faults.isHolding;
    return (isInUse ? this.#parts.hostTime() : this.#usedAt) + ttl;
  }

  /** Begins anew the time that it may lie unused: somebody uses it, or has done so until now. */
  touch(): void {
    if (this.options.ttl !== undefined) this.#usedAt = this.#parts.hostTime();
  }

  /** Makes the present now, before a request is looked at. */
  wake(trace = this.#serving): void {
    this.#serving = trace;
    this.touch();
    this.catchUp();
  }

  /** Makes the present now, also for who looks without using it. What is watched happens at once and in order. */
  catchUp(): void {
    if (this.isWatched) this.#pulse.catchUp();
    else this.#world.moveTo(this.#world.clock.read());
  }

  /** Looks whether what a request did is what somebody waits for. */
  settle(): void {
    this.#serving = undefined;
    if (!this.isWatched) return;
    this.look();
    this.#pulse.beatNext();
  }

  /** Lets those who wait or follow see what has become of it. */
  look(): void {
    this.holds.look();
    this.followers.look();
  }

  get hostTime(): () => number {
    return this.#parts.hostTime;
  }

  /** A trace that learns of the steps that happen while its request is served. */
  newTrace(): Trace {
    this.#serving = new Trace(this.#parts.hostTime);
    return this.#serving;
  }

  tell(event: WorldEvent): void {
    if (this.#isOver) return;
    const happening = { world: this.id, at: this.#world.now, event };
    this.events.publish(happening);
    this.#parts.events.publish(happening);
  }

  /** Puts down where an exchange broke the contract, for this world and for the server. */
  broke(exchange: Exchange): void {
    const broken = lateViolations(this, exchange);
    this.violations.add(broken);
    this.#parts.violations.add(broken);
    this.tell({ kind: "violation", exchange });
  }

  /**
   * Begins anew from a start state, as a fresh process would: clock, ids, journal and all. Answers that are held go out,
   * and nothing that was begun before can be counted any more. Snapshots stay.
   */
  restart({ start, settings, clock, cause }: Restart): void {
    // A reset may come to its own after the end: the run was told of and counted there.
    if (this.#isOver) return;
    this.#leave();
    this.#surface = this.#parts.surfaceFor(settings);
    this.#epoch += 1;
    this.#requests = 0;
    this.journal.clear();
    this.violations.clear();
    this.hooks.explorer = undefined;
    this.holds.release("reset");
    this.followers.end();
    this.#world = this.#begin({ start, settings, clock });
    this.#listen();
    this.faults.begin();
    this.coverage.close(this.#ledger);
    this.#ledger = this.#openLedger(settings);
    this.tell({ kind: "reset", epoch: this.#epoch, cause });
    this.#pulse.beatNext();
  }

  /** Lets go of everybody who waits or listens; the world is of no more use. */
  end(why: "world-gone" | "stopping"): void {
    if (why === "world-gone") this.#leave();
    this.#isOver = true;
    this.#epoch += 1;
    this.holds.release(why);
    this.followers.end();
    this.faults.end(why);
    this.events.end();
    this.#pulse.stop();
    // What is under way when the server stops still counts.
    if (why === "world-gone") this.coverage.close(this.#ledger);
  }

  #leave(): void {
    this.#parts.leaving?.(this);
    this.#parts.violations.tellAll(this.id);
  }

  #openLedger({ revision, profile }: WorldSettings): WorldLedger {
    const name = `${revision} ${profile}`;
    const ledger = this.coverage.open(this.#surface.contract, { name, since: this.#parts.hostTime() });
    this.hooks.ledger = ledger;
    return ledger;
  }

  #listen(): void {
    this.#world.watch((fired) => {
      this.#serving?.happened(fired);
      this.tell({ kind: "lifecycle", fired });
    });
  }

  #begin({ start, settings, clock }: Pick<Restart, "start" | "settings" | "clock">): World {
    this.hooks.fallback = new Fallback({ seed: settings.seed, answers: this.#parts.answers });
    const time = new Clock(this.#parts.hostTime, start.startsAt, clock);
    const world = new World(start, settings, time);
    if (settings.worldId !== undefined) mintWorldTokens(world.directory, settings.worldId, world.now);
    return world;
  }
}
