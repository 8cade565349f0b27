import { type WebSocket, WebSocketServer } from "ws";
import type { MockResponse } from "../../engine/journal/exchange.ts";
import { mostUnread } from "../../engine/most-unread.ts";

type Handshake = Parameters<WebSocketServer["handleUpgrade"]>;

/** A connection that was taken from its HTTP server, with the request that asked for it. */
export interface Upgrade {
  readonly request: Handshake[0];
  readonly socket: Handshake[1];
  /** What the client has sent behind its request. */
  readonly head: Handshake[2];
}

/** Clients of these streams only listen; a longer message ends the connection. */
const longestMessage = 4_096;

/** Close codes of RFC 6455, section 7.4.1. */
const closeCodes = { over: 1000, cut: 1001 } as const;

/** Turns connections into WebSockets and lets streams write to them, a frame for each text. */
export class SocketAcceptor {
  readonly #server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: longestMessage,
  });
  readonly #headers = new WeakMap<object, MockResponse["headers"]>();

  constructor() {
    this.#server.on("headers", (lines, request) => {
      for (const [name, value] of Object.entries(this.#headers.get(request) ?? {})) {
        lines.push(`${name}: ${value}`);
      }
    });
  }

  /** Takes whole handshakes only. */
  accept(
    { request, socket, head }: Upgrade,
    answer: Pick<MockResponse, "headers"> & { readonly socket: NonNullable<MockResponse["socket"]> },
  ): void {
    this.#headers.set(request, answer.headers);
    this.#server.handleUpgrade(request, socket, head, (client) => follow(client, answer.socket));
  }
}

function follow(client: WebSocket, stream: NonNullable<MockResponse["socket"]>): void {
  const stop = stream({
    write(text) {
      if (client.readyState !== client.OPEN) return;
      client.send(text);
      if (client.bufferedAmount > mostUnread) client.terminate();
    },
    end: (why = "over") => client.close(closeCodes[why]),
  });
  client.on("close", stop);
  // A frame that breaks the protocol: the package closes with the code that says so, and reads on until the client has it.
  client.on("error", stop);
}
