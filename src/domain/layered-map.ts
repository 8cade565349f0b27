import { type FixedMap, ShiftedMap } from "./shifted-map.ts";

const removed = Symbol("removed");

/**
 * A map that shares an unchanging base with others and keeps its own changes. A world starts as a fork of its scenario's
 * start state, so that starting one costs what it changes, not what the scenario holds.
 */
export class LayeredMap<Key, Value> {
  #base: FixedMap<Key, Value>;
  #changes: Map<Key, Value | typeof removed>;
  #size: number;
  /** How many of the changes take a key of the base away. */
  #removals = 0;

  constructor(base: FixedMap<Key, Value> = new Map<Key, Value>()) {
    this.#base = base;
    this.#changes = new Map();
    this.#size = base.size;
  }

  get size(): number {
    return this.#size;
  }

  get(key: Key): Value | undefined {
    const change = this.#changes.get(key);
    if (change === undefined) return this.#base.get(key);
    return change === removed ? undefined : change;
  }

  has(key: Key): boolean {
    const change = this.#changes.get(key);
    return change === undefined ? this.#base.has(key) : change !== removed;
  }

  set(key: Key, value: Value): void {
    if (this.#removals > 0 && this.#changes.get(key) === removed) {
      this.#removals -= 1;
      this.#size += 1;
      this.#changes.set(key, value);
      return;
    }
    const before = this.#changes.size;
    this.#changes.set(key, value);
    if (this.#changes.size > before && !this.#base.has(key)) this.#size += 1;
  }

  delete(key: Key): void {
    if (!this.has(key)) return;
    this.#size -= 1;
    if (this.#base.has(key)) {
      this.#changes.set(key, removed);
      this.#removals += 1;
    } else this.#changes.delete(key);
  }

  /** The values in the order in which their keys first came. */
  *values(): Generator<Value> {
    for (const [key, value] of this.#base) {
      const change = this.#changes.get(key);
      if (change === undefined) yield value;
      else if (change !== removed) yield change;
    }
    for (const [key, change] of this.#changes) {
      if (change !== removed && !this.#base.has(key)) yield change;
    }
  }

  /**
   * An independent copy. Costs the number of changes; where those have outgrown the base they become the base of both first,
   * so that forking a state again and again costs next to nothing.
   */
  fork(): LayeredMap<Key, Value> {
    if (this.#changes.size > this.#base.size) this.#fold();
    const copy = new LayeredMap<Key, Value>(this.#base);
    copy.#changes = new Map(this.#changes);
    copy.#size = this.#size;
    copy.#removals = this.#removals;
    return copy;
  }

  /**
   * An independent copy in which every value is another, made from the present one when it is first looked at. Costs next
   * to nothing where nothing was changed since the last copy.
   */
  shifted(shift: (value: Value) => Value): LayeredMap<Key, Value> {
    if (this.#changes.size > 0) this.#fold();
    return new LayeredMap(new ShiftedMap(this.#base, shift));
  }

  /** Makes what there is the new base, in the same order. */
  #fold(): void {
    const base = new Map<Key, Value>();
    for (const [key, value] of this.#base) {
      const change = this.#changes.get(key);
      if (change === undefined) base.set(key, value);
      else if (change !== removed) base.set(key, change);
    }
    for (const [key, change] of this.#changes) if (change !== removed) base.set(key, change);
    this.#base = base;
    this.#changes = new Map();
    this.#removals = 0;
  }
}
