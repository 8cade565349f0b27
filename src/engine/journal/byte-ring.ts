const firstCapacity = 16_384;

/**
 * The latest bytes that were put into it, up to a limit. Thousands of kept bodies are one object this way: as objects of
 * their own, each would outlive its request just long enough to be a burden.
 */
export class ByteRing {
  readonly #limit: number;
  #bytes = new Uint8Array(0);
  /** How many bytes were ever put in or skipped. */
  #end = 0;

  /** `limit` is in bytes; nothing longer than it can be put in. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Gives where the bytes stand, which `get` takes. */
  put(bytes: Uint8Array): number {
    const place = this.#placeFor(bytes.length);
    this.#bytes.set(bytes, place % this.#limit);
    this.#end = place + bytes.length;
    return place;
  }

  /** Whether what was put at a place is still there. */
  has(place: number): boolean {
    return this.#end - place <= this.#limit;
  }

  /** The bytes at a place, copied; undefined once others have taken their room. */
  get(place: number, length: number): Uint8Array | undefined {
    if (!this.has(place)) return undefined;
    const start = place % this.#limit;
    return this.#bytes.slice(start, start + length);
  }

  clear(): void {
    this.#bytes = new Uint8Array(0);
    this.#end = 0;
  }

  /** Bytes never go around the end: what does not fit before it begins anew at the front. */
  #placeFor(length: number): number {
    const offset = this.#end % this.#limit;
    const place = offset + length <= this.#limit ? this.#end : this.#end + this.#limit - offset;
    this.#growTo((place % this.#limit) + length);
    return place;
  }

  #growTo(length: number): void {
    if (length <= this.#bytes.length) return;
    let capacity = Math.max(firstCapacity, this.#bytes.length);
    while (capacity < length) capacity *= 2;
    const grown = new Uint8Array(Math.min(capacity, this.#limit));
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}
