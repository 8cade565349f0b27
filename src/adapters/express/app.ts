import express, { type Express, type Request, type Response } from "express";
import type { Engine } from "../../engine/engine.ts";
import type { After } from "../../engine/holds.ts";
import type { MockRequest, MockResponse } from "../../engine/journal/exchange.ts";
import { readBody } from "./read-body.ts";
import { readRequest } from "./read-request.ts";
import { writeResponse } from "./write-response.ts";

/** Who can turn the connection of a request into a WebSocket. */
export interface SocketHost {
  /** What the request asks for; undefined when it asks for no WebSocket. */
  asks(request: Request): MockRequest["upgrade"];
  accept(
    exchange: { readonly request: Request; readonly response: Response },
    answer: Pick<MockResponse, "headers"> & { readonly socket: NonNullable<MockResponse["socket"]> },
  ): void;
}

export interface AppOptions {
  /** The largest body that is read, in bytes; a larger one is refused and never kept. */
  readonly bodyLimit: number;
  /** Where an error is told that happened outside of the engine. */
  readonly report: (error: unknown) => void;
  /** Timers for answers that take their time. */
  readonly after: After;
  readonly sockets: SocketHost;
}

/** An Express application that hands every request to the engine. Routing is the contract's business, not Express's. */
export function createExpressApp(engine: Engine, options: AppOptions): Express {
  const app = express();
  app.disable("x-powered-by");
  app.set("etag", false);
  const answer = async (request: Request, response: Response): Promise<void> => {
    const body = await readBody(request, options.bodyLimit);
    if (body === undefined) return;
    const whenGone = (run: () => void) => response.once("close", run);
    const upgrade = options.sockets.asks(request);
    const answered = await engine.handle(readRequest(request, { body, upgrade }), whenGone);
    if (answered.socket === undefined) writeResponse(response, answered, options.after);
    else options.sockets.accept({ request, response }, { ...answered, socket: answered.socket });
  };
  app.use((request, response) => {
    answer(request, response).catch((error: unknown) => {
      options.report(error);
      giveUp(response);
    });
  });
  return app;
}

/** Express's own last answer is a page with a stack trace; this one says as much as a client may know. */
function giveUp(response: Response): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = `${JSON.stringify({ message: "The mock itself failed." })}\n`;
  // Content-Length may belong to the failed answer: closing the connection delimits this body.
  const headers = {
    "X-Mock-Outcome": "bug",
    "Content-Type": "application/json; charset=utf-8",
    Connection: "close",
  };
  response.writeHead(500, headers).end(body);
}
