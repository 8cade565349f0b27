import { ByteRing } from "./byte-ring.ts";
import type { Exchange } from "./exchange.ts";

/** As much of a body is kept: all of what any operation takes, and of most that they answer. */
export const longestKept = 65_536;

/** An exchange as the journal keeps it; `Journal.bodyOf` has its bodies. */
export interface KeptExchange extends Exchange {
  readonly requestPlace: number;
  /** Bytes of the request's body as it came. */
  readonly requestSize: number;
  readonly responsePlace: number;
  readonly responseSize: number;
}

/** The bodies of an exchange; empty for one that had none. */
export interface ExchangedBodies {
  readonly request: Uint8Array;
  readonly response: Uint8Array;
}

export interface JournalLimits {
  /** How many exchanges are kept. */
  readonly exchanges: number;
  /** How many bytes of their bodies. */
  readonly bytes: number;
}

/** The latest exchanges of a world, bounded by their number and by the bytes of their bodies: the oldest make room. */
export class Journal {
  readonly #limit: number;
  readonly #ring: KeptExchange[] = [];
  readonly #bodies: ByteRing;
  /** Where the next exchange goes once the ring is full. */
  #cursor = 0;
  #dropped = 0;

  constructor({ exchanges, bytes }: JournalLimits) {
    this.#limit = exchanges;
    this.#bodies = new ByteRing(bytes);
  }

  /** How many exchanges had to make room. */
  get dropped(): number {
    return this.#dropped;
  }

  add(exchange: Exchange, bodies: ExchangedBodies): KeptExchange {
    const kept: KeptExchange = {
      id: exchange.id,
      at: exchange.at,
      method: exchange.method,
      path: exchange.path,
      search: exchange.search,
      operation: exchange.operation,
      status: exchange.status,
      outcome: exchange.outcome,
      violations: exchange.violations,
      requestHeaders: exchange.requestHeaders,
      responseHeaders: exchange.responseHeaders,
      trace: exchange.trace,
      requestPlace: this.#keep(bodies.request),
      requestSize: bodies.request.length,
      responsePlace: this.#keep(bodies.response),
      responseSize: bodies.response.length,
    };
    if (this.#ring.length < this.#limit) {
      this.#ring.push(kept);
      return kept;
    }
    this.#ring[this.#cursor] = kept;
    this.#cursor = (this.#cursor + 1) % this.#limit;
    this.#dropped += 1;
    return kept;
  }

  /** How many bodies of the exchanges that are kept had to make room. */
  get droppedBodies(): number {
    let count = 0;
    for (const { requestPlace, requestSize, responsePlace, responseSize } of this.#ring) {
      if (requestSize > 0 && !this.#bodies.has(requestPlace)) count += 1;
      if (responseSize > 0 && !this.#bodies.has(responsePlace)) count += 1;
    }
    return count;
  }

  /** The beginning of a body; undefined once it had to make room for others. */
  bodyOf(exchange: KeptExchange, side: keyof ExchangedBodies): Uint8Array | undefined {
    const size = side === "request" ? exchange.requestSize : exchange.responseSize;
    const place = side === "request" ? exchange.requestPlace : exchange.responsePlace;
    return size === 0 ? nothing : this.#bodies.get(place, Math.min(size, longestKept));
  }

  /** Newest first. */
  list(): readonly KeptExchange[] {
    return [...this.#ring.slice(this.#cursor), ...this.#ring.slice(0, this.#cursor)].reverse();
  }

  get(id: string): KeptExchange | undefined {
    return this.#ring.find((exchange) => exchange.id === id);
  }

  clear(): void {
    this.#ring.length = 0;
    this.#cursor = 0;
    this.#dropped = 0;
    this.#bodies.clear();
  }

  #keep(body: Uint8Array): number {
    return this.#bodies.put(body.length > longestKept ? body.subarray(0, longestKept) : body);
  }
}

const nothing = new Uint8Array(0);
