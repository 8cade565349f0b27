import { parseUuid } from "../domain/ids.ts";
import { tagOfToken, tokenTag } from "../domain/world-token.ts";
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

/** The worlds of a server: the default one, which stays, and those that tests make for themselves. */
export class Worlds {
  readonly home: WorldHost;
  readonly limit: number;
  readonly strict: boolean;
  readonly #hostTime: () => number;
  readonly #hosts = new Map<string, WorldHost>();
  /** Six digits do not tell every world from every other. */
  readonly #byTag = new Map<string, readonly WorldHost[]>();
  #named = 0;
  #nextSweep: number;

  constructor(home: WorldHost, { limit, hostTime, strict }: WorldsOptions) {
    this.home = home;
    this.limit = limit;
    this.strict = strict;
    this.#hostTime = hostTime;
    this.#nextSweep = hostTime() + sweepEvery;
  }

  /** Whether a token can tell anything: whether there is a world besides the default one, or one has to be named. */
  get mayMeanOthers(): boolean {
    return this.strict || this.#hosts.size > 0;
  }

  get isFull(): boolean {
    this.#sweep();
    return this.#hosts.size >= this.limit;
  }

  get(id: string): WorldHost | undefined {
    if (id === this.home.id) return this.home;
    const now = this.#hostTime();
    if (now >= this.#nextSweep) this.#sweep();
    const host = this.#hosts.get(id);
    return host !== undefined && this.#isKept(host, now) ? host : undefined;
  }

  /** The default one first, then as they were made. */
  list(): readonly WorldHost[] {
    this.#sweep();
    return [this.home, ...this.#hosts.values()];
  }

  /** The world that has a token; undefined for a text that is a token of none. */
  ofToken(text: string): WorldHost | undefined {
    // An agent's token is a uuid, which may be written in several ways.
    const token = parseUuid(text) ?? text;
    const tagged = this.#byTag.get(tagOfToken(token)) ?? [];
    const alive = tagged.filter(({ id }) => this.get(id) !== undefined);
    return [...alive, this.home].find((host) => host.world.hasToken(token));
  }

  /** An id that no world ever had: what was meant for one that is gone must not reach another. */
  nextId(): string {
    do this.#named += 1;
    while (this.#hosts.has(`world-${this.#named}`));
    return `world-${this.#named}`;
  }

  add(host: WorldHost): void {
    this.#hosts.set(host.id, host);
    const tag = tokenTag(host.id);
    this.#byTag.set(tag, [...(this.#byTag.get(tag) ?? []), host]);
    host.tell({ kind: "world", change: "created" });
  }

  remove(host: WorldHost, change: "deleted" | "expired" = "deleted"): void {
    host.tell({ kind: "world", change });
    this.#hosts.delete(host.id);
    const tag = tokenTag(host.id);
    const others = (this.#byTag.get(tag) ?? []).filter((other) => other !== host);
    if (others.length === 0) this.#byTag.delete(tag);
    else this.#byTag.set(tag, others);
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
