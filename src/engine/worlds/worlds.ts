import { parseUuid } from "../../domain/ids.ts";
import { isSessionToken, tagOfToken, tokenTag } from "../../domain/world-token.ts";
import type { WorldHost } from "./world-host.ts";

export interface WorldsOptions {
  /** How many worlds there may be beside the default one. */
  readonly limit: number;
  readonly hostTime: () => number;
  /** Whether a request has to name its world. */
  readonly strict: boolean;
}

/** How often worlds that nobody uses are looked for, in milliseconds. */
const sweepEvery = 1_000;
/** How many worlds that are over are remembered, so that their tokens still mean them. */
const mostGone = 10_000;
/** An id that the mock makes up, with a number that is still exact. */
const madeUp = /^world-(\d{1,9})$/;

/** The worlds of a server: the default one, which stays, and those that tests make for themselves. */
export class Worlds {
  readonly home: WorldHost;
  readonly limit: number;
  readonly strict: boolean;
  readonly #hostTime: () => number;
  readonly #hosts = new Map<string, WorldHost>();
  readonly #byTag = new Map<string, WorldHost>();
  /** The ids of worlds that are over, by their tags: the latest, oldest first. */
  readonly #gone = new Map<string, string>();
  #named = 0;
  #nextSweep: number;

  constructor(home: WorldHost, { limit, hostTime, strict }: WorldsOptions) {
    this.home = home;
    this.limit = limit;
    this.strict = strict;
    this.#hostTime = hostTime;
    this.#nextSweep = hostTime() + sweepEvery;
  }

  /** Whether a token can tell anything: whether there ever was a world besides the default one, or one has to be named. */
  get mayMeanOthers(): boolean {
    return this.strict || this.#hosts.size > 0 || this.#gone.size > 0;
  }

  get isFull(): boolean {
    this.#sweep();
    return this.#hosts.size >= this.limit;
  }

  get(id: string): WorldHost | undefined {
    const now = this.#hostTime();
    if (now >= this.#nextSweep) this.#sweep();
    if (id === this.home.id) return this.home;
    const host = this.#hosts.get(id);
    return host !== undefined && this.#isKept(host, now) ? host : undefined;
  }

  /** The default one first, then as they were made. */
  list(): readonly WorldHost[] {
    this.#sweep();
    return [this.home, ...this.#hosts.values()];
  }

  /**
   * The id of the world that a token means: one that knows it, or else the one that has made it, which may have been reset
   * since, or be over. Undefined for a text that is a token of none.
   */
  idOfToken(text: string): string | undefined {
    // An agent's token is a uuid, which may be written in several ways.
    const uuid = parseUuid(text);
    const token = uuid ?? text;
    const tag = tagOfToken(token);
    const tagged = this.#byTag.get(tag);
    if (tagged?.world.hasToken(token) === true) return tagged.id;
    if (this.home.world.hasToken(token)) return this.home.id;
    return uuid !== undefined || isSessionToken(token) ? (tagged?.id ?? this.#gone.get(tag)) : undefined;
  }

  /** An id that no world ever had: what was meant for one that is gone must not reach another. */
  nextId(): string {
    do this.#named += 1;
    while (!this.isFree(`world-${this.#named}`));
    return `world-${this.#named}`;
  }

  /** Whether a world may have an id: no other has it, nor one whose tokens begin in the same way. */
  isFree(id: string): boolean {
    return this.get(id) === undefined && !this.#byTag.has(tokenTag(id));
  }

  add(host: WorldHost): void {
    this.#hosts.set(host.id, host);
    const tag = tokenTag(host.id);
    this.#byTag.set(tag, host);
    this.#gone.delete(tag);
    const number = Number(madeUp.exec(host.id)?.[1] ?? 0);
    this.#named = Math.max(this.#named, number);
    host.tell({ kind: "world", change: "created" });
    // Somebody may be listening to all worlds, who has to hear of this one's steps when they are due.
    host.settle();
  }

  remove(host: WorldHost, change: "deleted" | "expired" = "deleted"): void {
    host.tell({ kind: "world", change });
    this.#hosts.delete(host.id);
    const tag = tokenTag(host.id);
    this.#byTag.delete(tag);
    this.#gone.set(tag, host.id);
    const [oldest] = this.#gone.keys();
    if (this.#gone.size > mostGone && oldest !== undefined) this.#gone.delete(oldest);
    host.end("world-gone");
  }

  /** Lets go of all who wait or listen, because the server stops. */
  stop(): void {
    for (const host of [this.home, ...this.#hosts.values()]) host.end("stopping");
  }

  #sweep(): void {
    const now = this.#hostTime();
    this.#nextSweep = now + sweepEvery;
    for (const host of this.#hosts.values()) this.#isKept(host, now);
  }

  /** Whether a world's time is not over yet; it is let go of when it is. */
  #isKept(host: WorldHost, now: number): boolean {
    const isKept = host.expiresAt === undefined || host.expiresAt > now;
    if (!isKept) this.remove(host, "expired");
    return isKept;
  }
}
