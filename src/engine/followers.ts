import type { Instant } from "../domain/instant.ts";
import type { Follow, OpenStream, StreamEnd, StreamSink } from "../operations/reply.ts";

interface Follower {
  readonly follow: Follow;
  readonly sink: StreamSink;
  /** When there is something new though nothing happens; undefined when nobody knows. */
  next: Instant | undefined;
}

/** What a world does about one who follows. */
interface Following {
  /** Called once somebody follows: the world has to wake up by itself from then on. */
  readonly begun: () => void;
  /** Called when the client has gone. */
  readonly left: () => void;
}

/** Clients that follow something in a world: told what is new after every change, never polled. */
export class Followers {
  readonly #followers = new Set<Follower>();

  get size(): number {
    return this.#followers.size;
  }

  /** The instant at which the first of them has to be told something, though nothing else happens. */
  get next(): Instant | undefined {
    let first: Instant | undefined;
    for (const { next } of this.#followers) {
      if (next !== undefined && (first === undefined || next < first)) first = next;
    }
    return first;
  }

  open(follow: Follow, { begun, left }: Following): OpenStream {
    return (sink) => {
      const follower: Follower = { follow, sink, next: undefined };
      this.#followers.add(follower);
      this.#tell(follower);
      begun();
      return () => {
        this.#followers.delete(follower);
        left();
      };
    };
  }

  /** To be called after anything changed that somebody may follow. */
  look(): void {
    for (const follower of [...this.#followers]) this.#tell(follower);
  }

  /** Sends all of them away. */
  end(): void {
    for (const follower of [...this.#followers]) this.#leave(follower, "cut");
  }

  #tell(follower: Follower): void {
    const { texts, isOver, next } = follower.follow.read();
    for (const text of texts) follower.sink.write(text);
    follower.next = next;
    if (isOver) this.#leave(follower, "over");
  }

  #leave(follower: Follower, why: StreamEnd): void {
    this.#followers.delete(follower);
    follower.sink.end(why);
  }
}
