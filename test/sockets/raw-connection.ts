import { once } from "node:events";
import { connect, type Socket } from "node:net";

export const token = "Coder-Session-Token: API_KEY";

/** The headers of a whole handshake, with the token. */
export const handshake = [
  "Connection: Upgrade",
  "Upgrade: websocket",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  "Sec-WebSocket-Version: 13",
  token,
];

/** The headers of a client that would rather speak HTTP/2. */
export const h2c = [
  "Connection: Upgrade, HTTP2-Settings",
  "Upgrade: h2c",
  "HTTP2-Settings: AAMAAABkAAQ",
  token,
];

/** A request without a body, as it goes over the wire. */
export function get(path: string, headers: readonly string[]): string {
  return `${[`GET ${path} HTTP/1.1`, "Host: mock.internal", ...headers].join("\r\n")}\r\n\r\n`;
}

/** A connection of a test that sends bytes as they are, with all that came over it, one character for a byte. */
export class RawConnection implements AsyncDisposable {
  readonly socket: Socket;
  text = "";

  /** Resolves once the connection is there. One that is not `reading` leaves everything with the kernel. */
  static async open(url: string, { reading = true } = {}): Promise<RawConnection> {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    await once(socket, "connect");
    return new RawConnection(socket, reading);
  }

  private constructor(socket: Socket, reading: boolean) {
    this.socket = socket;
    // How a connection ends is looked at by what came over it.
    socket.on("error", () => undefined);
    if (reading) {
      socket.setEncoding("latin1").on("data", (text) => {
        this.text += String(text);
      });
    }
  }

  send(bytes: string | Uint8Array): void {
    this.socket.write(bytes);
  }

  /** Resolves once something has come. */
  async has(text: string): Promise<void> {
    while (!this.text.includes(text)) await once(this.socket, "data");
  }

  /** Resolves with all that has come, when the server has ended the connection. */
  async ended(): Promise<string> {
    if (!this.socket.closed) await once(this.socket.resume(), "close");
    return this.text;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.destroy();
    await this.ended();
  }
}
