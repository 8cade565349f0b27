import type { Socket } from "node:net";

/** What is read before anybody wants it, in bytes; more stays in the network, and with it the news that its client has gone. */
const mostKept = 65_536;

/**
 * What a client sends behind a request with which Node gave its connection away. It is read from then on: of a connection
 * that nobody reads, nobody learns that its client has left.
 */
export class EarlyBytes {
  readonly #socket: Socket;
  readonly #chunks: Buffer[];
  #size: number;

  /** `head`: what has come with the request itself. */
  constructor(socket: Socket, head: Buffer) {
    this.#socket = socket;
    this.#chunks = [head];
    this.#size = head.length;
    socket.on("data", this.#keep);
    socket.once("end", this.#leave);
  }

  /** Gives all that has come and reads no more. Whoever takes the connection over has to listen to it at once. */
  take(): Buffer {
    this.#socket.off("data", this.#keep);
    this.#socket.off("end", this.#leave);
    this.#socket.resume();
    return Buffer.concat(this.#chunks);
  }

  readonly #keep = (chunk: Buffer): void => {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    if (this.#size > mostKept) this.#socket.pause();
  };

  /** As Node does with the connections that it has kept. */
  readonly #leave = (): void => {
    this.#socket.end();
  };
}
