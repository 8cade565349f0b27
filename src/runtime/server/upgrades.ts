import { type IncomingMessage, type Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Express } from "express";
import type { SocketHost } from "../../adapters/express/app.ts";
import { isWholeHandshake } from "../../adapters/websocket/handshake.ts";
import type { SocketAcceptor } from "../../adapters/websocket/socket-acceptor.ts";
import { EarlyBytes } from "./early-bytes.ts";
import { putBack } from "./put-back.ts";

/** A request that wants to go on with another protocol, with what its client has sent behind it. */
interface Wish {
  readonly request: IncomingMessage;
  readonly early: EarlyBytes;
}

/**
 * The requests that ask to go on with a WebSocket. They go the way of all others; what comes of it may be a socket. The
 * protocol itself is loaded for the first of them.
 */
export class Upgrades implements SocketHost {
  readonly #waiting = new WeakMap<
    object,
    { readonly early: EarlyBytes; readonly acceptor: SocketAcceptor }
  >();
  /** The latest answer on each connection, which may have others before it. No weak map: each request would cost the collector. */
  readonly #latest = new Map<Socket, ServerResponse>();
  /** All connections that Node gave away: it cuts none of these at a stop. */
  readonly #sockets = new Set<Socket>();
  readonly #report: (error: unknown) => void;
  #acceptor: Promise<SocketAcceptor> | undefined;

  /** `report` is told when a request could not be handed on. */
  constructor(report: (error: unknown) => void) {
    this.#report = report;
  }

  /** Hands the requests of a server to an application. */
  serve(server: Server, app: Express): void {
    server.on("request", ({ socket }, response) => {
      if (!this.#latest.has(socket)) socket.once("close", () => this.#latest.delete(socket));
      this.#latest.set(socket, response);
    });
    server.on("upgrade", (request, _, head) => {
      const { socket } = request;
      this.#keep(socket);
      const wish = { request, early: new EarlyBytes(socket, head) };
      this.#handOn(wish, { server, app }).catch((error: unknown) => {
        this.#report(error);
        socket.destroy();
      });
    });
  }

  asks(request: object & Pick<IncomingMessage, "headers">): ReturnType<SocketHost["asks"]> {
    if (!this.#waiting.has(request)) return undefined;
    return isWholeHandshake(request.headers) ? "websocket" : "half-a-handshake";
  }

  accept: SocketHost["accept"] = ({ request, response }, answer) => {
    const waiting = this.#waiting.get(request);
    if (waiting === undefined) throw new Error("The request asked for no WebSocket.");
    const { early, acceptor } = waiting;
    const { socket } = request;
    response.detachSocket(socket);
    acceptor.accept({ request, socket, head: early.take() }, answer);
  };

  /** Cuts all connections that have not ended by themselves. */
  stop(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** A connection comes here with each of its requests that has such a wish. */
  #keep(socket: Socket): void {
    if (this.#sockets.has(socket)) return;
    this.#sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.once("close", () => this.#sockets.delete(socket));
  }

  async #handOn(
    wish: Wish,
    { server, app }: { readonly server: Server; readonly app: Express },
  ): Promise<void> {
    const { request, early } = wish;
    const { socket } = request;
    const acceptor = isHandshake(request) ? await this.#load() : undefined;
    await through(this.#latest.get(socket));
    // Its client has gone, or the answer before it was the last one of its connection.
    if (!socket.writable) return;
    // Behind an answer Node gives a connection a few seconds for its next request, which is here.
    socket.setTimeout(0);
    if (acceptor === undefined) putBack(server, request, early.take());
    else this.#admit(wish, { acceptor, app });
  }

  #load(): Promise<SocketAcceptor> {
    this.#acceptor ??= loadAcceptor();
    return this.#acceptor;
  }

  #admit(
    { request, early }: Wish,
    { acceptor, app }: { readonly acceptor: SocketAcceptor; readonly app: Express },
  ): void {
    const { socket } = request;
    this.#waiting.set(request, { early, acceptor });
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    response.once("finish", () => socket.destroySoon());
    app(request, response);
  }
}

async function loadAcceptor(): Promise<SocketAcceptor> {
  const { SocketAcceptor } = await import("../../adapters/websocket/socket-acceptor.ts");
  return new SocketAcceptor();
}

/** Resolves once an answer and all before it on its connection are out: they go in the order of their requests. */
function through(latest: ServerResponse | undefined): Promise<void> | undefined {
  if (latest === undefined || latest.closed) return undefined;
  return new Promise((resolve) => latest.once("close", () => resolve()));
}

function isHandshake({ method, headers }: IncomingMessage): boolean {
  return method === "GET" && headers.upgrade?.toLowerCase() === "websocket";
}
