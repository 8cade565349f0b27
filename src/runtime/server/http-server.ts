import http, { type Server } from "node:http";
import type { Duplex } from "node:stream";
import type { Express } from "express";

/** More sockets than this are turned away: a mock is no place for ten thousand clients. */
const mostConnections = 2_000;

/** An HTTP server for an Express application, fast and bounded. */
export function createHttpServer(app: Express): Server {
  const server = http.createServer(nativeClasses(app), app);
  server.maxConnections = mostConnections;
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => refuseGarbage(socket, error.code));
  return server;
}

/**
 * Classes whose requests and responses are born with the application's prototypes. Express gives these to each request
 * and response anyway, by a change after birth that makes V8 give up its fast shapes for them; being born with them turns
 * that change into nothing and more than doubles the throughput of small answers (docs/performance.md). The names are
 * Node's own, because they show in stack traces.
 */
function nativeClasses(app: Express): Pick<http.ServerOptions, "IncomingMessage" | "ServerResponse"> {
  class IncomingMessage extends http.IncomingMessage {}
  class ServerResponse<
    Request extends http.IncomingMessage = http.IncomingMessage,
  > extends http.ServerResponse<Request> {}
  Object.setPrototypeOf(IncomingMessage.prototype, app.request);
  Object.setPrototypeOf(ServerResponse.prototype, app.response);
  Object.assign(app, { request: IncomingMessage.prototype, response: ServerResponse.prototype });
  return { IncomingMessage, ServerResponse };
}

/** What is no request gets the shortest honest answer. */
function refuseGarbage(socket: Duplex, code: string | undefined): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const { status, message } = explainGarbage(code);
  const body = `${JSON.stringify({ message })}\n`;
  const head = [
    `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}`,
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${body.length}`,
    "Connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}

function explainGarbage(code: string | undefined): { readonly status: number; readonly message: string } {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return { status: 431, message: `The request has more than ${http.maxHeaderSize} bytes of headers.` };
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return { status: 408, message: "The request did not come to its end in time." };
    default:
      return { status: 400, message: "The request is not valid HTTP." };
  }
}
