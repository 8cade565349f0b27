import type { Exchange } from "./exchange.ts";

/** The latest exchanges of a world, bounded: the oldest make room and are counted. */
export class Journal {
  readonly #limit: number;
  readonly #ring: Exchange[] = [];
  /** Where the next exchange goes once the ring is full. */
  #cursor = 0;
  #dropped = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get dropped(): number {
    return this.#dropped;
  }

  add(exchange: Exchange): void {
    if (this.#ring.length < this.#limit) {
      this.#ring.push(exchange);
      return;
    }
    this.#ring[this.#cursor] = exchange;
    this.#cursor = (this.#cursor + 1) % this.#limit;
    this.#dropped += 1;
  }

  /** Newest first. */
  list(): readonly Exchange[] {
    return [...this.#ring.slice(this.#cursor), ...this.#ring.slice(0, this.#cursor)].reverse();
  }

  get(id: string): Exchange | undefined {
    return this.#ring.find((exchange) => exchange.id === id);
  }

  clear(): void {
    this.#ring.length = 0;
    this.#cursor = 0;
    this.#dropped = 0;
  }
}
