import { once } from "node:events";
import { setImmediate } from "node:timers/promises";
import WebSocket from "ws";

/** A WebSocket of a test, with all that came over it. */
export class SocketClient implements AsyncDisposable {
  readonly frames: string[] = [];
  readonly #socket: WebSocket;
  #closedWith: number | undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (data) => this.frames.push(String(data)));
    socket.on("close", (code) => {
      this.#closedWith = code;
    });
  }

  /** Throws with the status and body of an answer that is no WebSocket. */
  static async open(url: string, headers: Readonly<Record<string, string>> = {}): Promise<SocketClient> {
    const socket = new WebSocket(url.replace(/^http/, "ws"), { headers });
    const client = new SocketClient(socket);
    socket.on("unexpected-response", (_, response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += String(chunk);
      });
      response.on("end", () => socket.emit("error", new Error(`${response.statusCode} ${text}`)));
    });
    await once(socket, "open");
    return client;
  }

  get closedWith(): number | undefined {
    return this.#closedWith;
  }

  /** Resolves once so many frames have come. */
  async has(count: number): Promise<readonly string[]> {
    while (this.frames.length < count) await setImmediate();
    return this.frames;
  }

  /** Resolves with the code that the server closed with. */
  async closed(): Promise<number> {
    if (this.#closedWith === undefined) await once(this.#socket, "close");
    return this.#closedWith ?? 0;
  }

  send(text: string): void {
    this.#socket.send(text);
  }

  /** Hangs up as a client does that has read enough: all that is on its way comes before. */
  async leave(): Promise<void> {
    this.#socket.close(1000);
    await this.closed();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.terminate();
    await this.closed();
  }
}
