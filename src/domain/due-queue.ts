import type { WorkspaceId } from "./ids.ts";
import type { Instant } from "./instant.ts";

interface Entry {
  readonly at: Instant;
  /** Ties at one instant are broken by who was queued first, so that every run fires in the same order. */
  readonly order: number;
  readonly workspaceId: WorkspaceId;
}

/**
 * Which workspace has something due first: a binary heap with one entry for each time a workspace's next step changed.
 * An index only; the steps stand in the workspaces, and an entry that no longer fits its workspace is passed over.
 */
export class DueQueue {
  readonly #heap: Entry[] = [];
  #order = 0;

  get first(): Entry | undefined {
    return this.#heap[0];
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

  pop(): Entry | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
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
    return first;
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
