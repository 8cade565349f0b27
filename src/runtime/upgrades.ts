import { type IncomingMessage, type Server, ServerResponse } from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Express } from "express";
import type { SocketHost } from "../adapters/express/app.ts";
import type { SocketAcceptor, Upgrade } from "../adapters/websocket/socket-acceptor.ts";

/**
 * The requests that ask to go on with a WebSocket. They go the way of all others; what comes of it may be a socket. The
 * protocol itself is loaded for the first of them.
 */
export class Upgrades implements SocketHost {
  readonly #waiting = new WeakMap<object, { readonly upgrade: Upgrade; readonly acceptor: SocketAcceptor }>();
  readonly #report: (error: unknown) => void;
  #acceptor: Promise<SocketAcceptor> | undefined;

  /** `report` is told when a request could not be handed on. */
  constructor(report: (error: unknown) => void) {
    this.#report = report;
  }

  /** Hands the requests of a server to an application. */
  serve(server: Server, app: Express): void {
    server.on("upgrade", (request, socket, head) => {
      socket.on("error", () => socket.destroy());
      if (!isHandshake(request)) {
        asIfItHadNotAsked(server, { request, socket, head });
        return;
      }
      this.#admit({ request, socket, head }, app).catch((error: unknown) => {
        this.#report(error);
        socket.destroy();
      });
    });
  }

  wants(request: object): boolean {
    return this.#waiting.has(request);
  }

  accept: SocketHost["accept"] = ({ request, response }, answer) => {
    const waiting = this.#waiting.get(request);
    if (waiting === undefined) throw new Error("The request asked for no WebSocket.");
    const { upgrade, acceptor } = waiting;
    if (response.socket !== null) response.detachSocket(response.socket);
    acceptor.accept(upgrade, answer);
  };

  async stop(): Promise<void> {
    (await this.#acceptor)?.stop();
  }

  async #admit(upgrade: Upgrade, app: Express): Promise<void> {
    this.#acceptor ??= loadAcceptor();
    const acceptor = await this.#acceptor;
    const { request, socket } = upgrade;
    if (!(socket instanceof Socket)) throw new TypeError("The connection of a request is not a socket.");
    this.#waiting.set(request, { upgrade, acceptor });
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    response.once("finish", () => socket.destroySoon());
    app(request, response);
  }
}

async function loadAcceptor(): Promise<SocketAcceptor> {
  const { SocketAcceptor } = await import("../adapters/websocket/socket-acceptor.ts");
  return new SocketAcceptor();
}

function isHandshake({ method, headers }: IncomingMessage): boolean {
  return method === "GET" && headers.upgrade?.toLowerCase() === "websocket";
}

/**
 * Clients that offer HTTP/2 with their first request (Java's does) expect an answer in HTTP/1.1 from a server that has none.
 * Node gives away the connection of every request that wants an upgrade, so the request is put back as it came, without that wish.
 */
function asIfItHadNotAsked(
  server: Server,
  {
    request,
    socket,
    head,
  }: { readonly request: IncomingMessage; readonly socket: Duplex; readonly head: Buffer },
): void {
  const lines = [`${request.method} ${request.url} HTTP/${request.httpVersion}`];
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const [name = "", value = ""] = request.rawHeaders.slice(index, index + 2);
    if (!/^(?:upgrade|http2-settings)$/i.test(name)) lines.push(`${name}: ${withoutUpgrade(name, value)}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), head]));
  server.emit("connection", socket);
}

function withoutUpgrade(name: string, value: string): string {
  if (name.toLowerCase() !== "connection") return value;
  const kept = value.split(",").filter((token) => !/^\s*(?:upgrade|http2-settings)\s*$/i.test(token));
  return kept.join(",");
}
