import type { WorkspaceId } from "./ids.ts";
import type { Instant } from "./instant.ts";
import type { Workspace } from "./workspace.ts";

/** A workspace with the instant of its first due step. */
export interface Pending {
  readonly at: Instant;
  readonly workspaceId: WorkspaceId;
}

/** What is due at a start, soonest first: an array, or anything that gives its entries by their place. */
export interface PendingList {
  at(index: number): Pending | undefined;
}

interface Entry extends Pending {
  /** Ties at one instant are broken by who was queued first, so that every run fires in the same order. */
  readonly order: number;
}

/** The workspaces that have something due, soonest first. */
export function pendingIn(workspaces: Iterable<Workspace>): readonly Pending[] {
  const pending: Pending[] = [];
  for (const { id, due } of workspaces) {
    if (due[0] !== undefined) pending.push({ at: due[0].at, workspaceId: id });
  }
  return pending.sort((one, other) => one.at - other.at);
}

/**
 * Which workspace has something due first: what was due at the start, which all worlds of a start share, and a binary heap
 * with one entry for each time a workspace's next step changed since.
 * An index only; the steps stand in the workspaces, and an entry that no longer fits its workspace is passed over.
 */
export class DueQueue {
  /** What was due at the start, in order; shared by all worlds that began there. */
  readonly #initial: PendingList;
  /** How many of the initial entries are gone. */
  #gone = 0;
  /** The first of those that are left. */
  #early: Pending | undefined;
  readonly #heap: Entry[] = [];
  #order = 0;

  constructor(initial: PendingList = []) {
    this.#initial = initial;
    this.#early = initial.at(0);
  }

  get first(): Pending | undefined {
    const [early, late] = [this.#early, this.#heap[0]];
    return early !== undefined && (late === undefined || early.at <= late.at) ? early : late;
  }

  push(at: Instant, workspaceId: WorkspaceId): void {
    this.#order += 1;
    const entry = { at, order: this.#order, workspaceId };
    const heap = this.#heap;
    let index = heap.push(entry) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !isBefore(entry, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = entry;
  }

  pop(): Pending | undefined {
    const { first } = this;
    if (first === undefined || first !== this.#early) this.#popHeap();
    else {
      this.#gone += 1;
      this.#early = this.#initial.at(this.#gone);
    }
    return first;
  }

  #popHeap(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const child = smaller(heap, left, left + 1);
      const entry = child === undefined ? undefined : heap[child];
      if (child === undefined || entry === undefined || !isBefore(entry, last)) break;
      heap[index] = entry;
      index = child;
    }
    heap[index] = last;
  }
}

function smaller(heap: readonly Entry[], left: number, right: number): number | undefined {
  const [one, other] = [heap[left], heap[right]];
  if (one === undefined) return undefined;
  return other !== undefined && isBefore(other, one) ? right : left;
}

function isBefore(one: Entry, other: Entry): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}
