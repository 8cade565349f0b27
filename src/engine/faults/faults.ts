import type { Fault, FaultPlan } from "../../domain/fault-plan.ts";
import type { World } from "../../domain/world.ts";
import type { WhenGone } from "../../operations/operation.ts";
import type { After, Release } from "../holds.ts";
import type { AtOperation } from "../hooks.ts";
import type { Served } from "../served.ts";
import type { Trace } from "../trace.ts";
import type { WorldHooks } from "../worlds/world-hooks.ts";
import { brokenConnection, noRoomAnswer, releasedAnswer, statusAnswer } from "./fault-answer.ts";
import { FaultCount } from "./fault-count.ts";
import { drawDelay, share } from "./fault-delay.ts";
import { FaultHolds } from "./fault-holds.ts";
import { isMatch } from "./fault-match.ts";
import { spoiled } from "./fault-spoil.ts";

/** A world that things can go wrong in. */
interface FaultedWorld {
  readonly world: World;
  readonly hooks: Pick<WorldHooks, "faults">;
  /** Makes the present now for a request that was held up. */
  wake(trace: Trace): void;
}

/** A fault with what has come of it. */
export interface PlannedFault {
  readonly plan: FaultPlan;
  readonly count: FaultCount;
}

/** A fault that hits a request, by the number of the request among those that it is about. */
interface Hit extends PlannedFault {
  readonly of: string;
}

/** More faults than these make no plan. */
export const mostFaults = 100;

/** The planned faults of a world, and what they do to its requests. They are counted per run of the world. */
export class Faults {
  readonly #host: FaultedWorld;
  readonly #holds: FaultHolds;
  readonly #planned = new Map<string, PlannedFault>();
  /** What is to spoil an answer whose operation is under way. */
  readonly #spoiling = new WeakMap<Trace, Hit>();

  constructor(host: FaultedWorld, after: After) {
    this.#host = host;
    this.#holds = new FaultHolds(after);
    this.begin();
  }

  get isHolding(): boolean {
    return this.#holds.size > 0;
  }

  get isFull(): boolean {
    return this.#planned.size >= mostFaults;
  }

  /** In the order in which they were planned. */
  list(): readonly PlannedFault[] {
    return [...this.#planned.values()];
  }

  get(name: string): PlannedFault | undefined {
    return this.#planned.get(name);
  }

  /** A name that no fault has. */
  freeName(): string {
    let number = this.#planned.size + 1;
    while (this.#planned.has(`fault-${number}`)) number += 1;
    return `fault-${number}`;
  }

  /** The caller has looked whether the name is free and whether there is room. */
  plan(plan: FaultPlan): PlannedFault {
    const planned = { plan, count: new FaultCount(plan.when) };
    this.#planned.set(plan.name, planned);
    this.#changed();
    return planned;
  }

  /** Whether there was one to remove. What it holds up goes on. */
  remove(name: string): boolean {
    const isKnown = this.#planned.delete(name);
    this.#changed();
    this.#holds.letGo(name);
    return isKnown;
  }

  clear(): void {
    for (const name of [...this.#planned.keys()]) this.remove(name);
  }

  /** Begins to count anew. */
  recount(): void {
    for (const { plan } of this.list())
      this.#planned.set(plan.name, { plan, count: new FaultCount(plan.when) });
  }

  /** Begins with what the world's start says: nothing that was held up before gets into the world as it is now. */
  begin(): void {
    this.#holds.release("reset");
    this.#planned.clear();
    this.#host.hooks.faults = undefined;
    for (const plan of this.#host.world.faults) this.plan(plan);
  }

  end(why: Exclude<Release, "client-gone">): void {
    this.#holds.release(why);
  }

  before(at: AtOperation): Promise<Served | undefined> | undefined {
    const hits = this.#hits(at);
    if (hits.length === 0) return undefined;
    const other = hits.find(({ plan }) => plan.fault.kind !== "delay");
    const delays = hits.filter(({ plan }) => plan.fault.kind === "delay");
    if (delays.length > 0) return this.#delayed(at, delays, other);
    const answer = other === undefined ? undefined : this.#instead(at, other);
    return answer === undefined ? undefined : Promise.resolve(answer);
  }

  spoil(at: AtOperation, served: Served): Served {
    const hit = this.#spoiling.get(at.trace);
    if (hit === undefined) return marked(at, served);
    const { plan, of } = hit;
    const { ids } = this.#host.world;
    const connection = this.#holds.connection(plan.name);
    const result = spoiled(served, { at, fault: plan.fault, ids, of, connection });
    if (result === undefined) return marked(at, served);
    met(at, hit);
    return { ...marked(at, result), outcome: "fault" };
  }

  /** Counts a request for every fault that is about it, and gives those that hit it. */
  #hits(at: AtOperation): readonly Hit[] {
    const { world } = this.#host;
    const hits: Hit[] = [];
    for (const planned of this.#planned.values()) {
      const { plan, count } = planned;
      if (!isMatch(plan.match, at, world) || !count.see(world.now)) continue;
      const of = `${plan.name}/${count.seen}`;
      const { probability = 1 } = plan.when;
      if (probability >= 1 || share(world.ids, of) < probability) hits.push({ ...planned, of });
    }
    return hits;
  }

  async #delayed(
    at: AtOperation,
    delays: readonly Hit[],
    other: Hit | undefined,
  ): Promise<Served | undefined> {
    const whenGone = at.whenGone && latestOf(at.whenGone);
    for (const hit of delays) {
      const { plan, of } = hit;
      if (plan.fault.kind !== "delay" || !this.#isPlanned(hit)) continue;
      if (this.#holds.isFull) return marked(at, noRoomAnswer(at));
      met(at, hit);
      const time = drawDelay(plan.fault.time, this.#host.world.ids, of);
      const end = await this.#holds.delay(plan.name, time, whenGone);
      if (end !== "over") return marked(at, releasedAnswer(at, end));
    }
    this.#host.wake(at.trace);
    return other !== undefined && this.#isPlanned(other) ? this.#instead(at, other) : undefined;
  }

  /** What was removed while a request was held up does not hit it any more. */
  #isPlanned({ plan }: Hit): boolean {
    return this.#planned.get(plan.name)?.plan === plan;
  }

  /** What a fault has to say in place of the operation; undefined for one that waits for its answer. */
  #instead(at: AtOperation, hit: Hit): Served | undefined {
    const { plan } = hit;
    const answer = this.#answer(at, plan, plan.fault);
    if (answer === undefined) {
      this.#spoiling.set(at.trace, hit);
      return undefined;
    }
    met(at, hit);
    return marked(at, answer);
  }

  #answer(at: AtOperation, plan: FaultPlan, fault: Fault): Served | undefined {
    switch (fault.kind) {
      case "status":
        return statusAnswer(at, plan, fault);
      case "empty":
        return brokenConnection({ kind: "empty" });
      case "hang":
        if (this.#holds.isFull) return noRoomAnswer(at);
        return brokenConnection({ kind: "hang", held: this.#holds.connection(plan.name) });
      case "reset":
        return fault.afterBytes === undefined ? brokenConnection({ kind: "reset" }) : undefined;
      case "delay":
      case "truncate":
      case "malformed-chunk":
      case "not-http":
      case "dribble":
      case "cut-json":
      case "wrong-content-type":
      case "break-contract":
        return undefined;
    }
  }

  #changed(): void {
    const { world, hooks } = this.#host;
    world.faults = this.list().map(({ plan }) => plan);
    // It stays until the world begins anew: a request may be on its way that has met one.
    hooks.faults = this;
  }
}

/** Has only what was asked for last run, with one listener for all of it: a request may be held up a hundred times. */
function latestOf(whenGone: WhenGone): WhenGone {
  let latest: () => void = () => undefined;
  whenGone(() => latest());
  return (run) => {
    latest = run;
  };
}

function met({ trace }: AtOperation, { plan, count }: PlannedFault): void {
  count.hits += 1;
  trace.faults = [...(trace.faults ?? []), plan.name];
}

/** An answer that says which faults its request has met. Who was only held up is told of a breach all the same. */
function marked({ trace }: AtOperation, served: Served): Served {
  const { faults } = trace;
  if (faults === undefined) return served;
  const isBreach = served.outcome === "contract-request" || served.outcome === "contract-response";
  const headers = { ...served.headers, "X-Mock-Fault": faults.join(", ") };
  return { ...served, outcome: isBreach ? served.outcome : "fault", headers };
}
