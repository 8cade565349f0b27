/** A map that does not change any more: what others need of it when they are laid over it. */
export interface FixedMap<Key, Value> extends Iterable<readonly [Key, Value]> {
  readonly size: number;
  get(key: Key): Value | undefined;
  has(key: Key): boolean;
}

/**
 * A map whose values are made from another's on first look. What was made once is given again, for an entity is known by
 * identity. Costs nothing until it is looked into, and afterwards only what was looked at.
 */
export class ShiftedMap<Key, Value> implements FixedMap<Key, Value> {
  readonly #base: FixedMap<Key, Value>;
  readonly #shift: (value: Value) => Value;
  readonly #made = new Map<Key, Value>();

  constructor(base: FixedMap<Key, Value>, shift: (value: Value) => Value) {
    this.#base = base;
    this.#shift = shift;
  }

  get size(): number {
    return this.#base.size;
  }

  has(key: Key): boolean {
    return this.#base.has(key);
  }

  get(key: Key): Value | undefined {
    const made = this.#made.get(key);
    if (made !== undefined) return made;
    const value = this.#base.get(key);
    return value === undefined ? undefined : this.#make(key, value);
  }

  /** In the order of the base, whatever was looked at first. */
  *[Symbol.iterator](): Generator<readonly [Key, Value]> {
    for (const [key, value] of this.#base) yield [key, this.#made.get(key) ?? this.#make(key, value)];
  }

  #make(key: Key, value: Value): Value {
    const made = this.#shift(value);
    this.#made.set(key, made);
    return made;
  }
}
