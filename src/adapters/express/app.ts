import express, { type Express, type Request } from "express";
import type { Engine } from "../../engine/engine.ts";
import { readBody } from "./read-body.ts";
import { readRequest } from "./read-request.ts";
import { writeResponse } from "./write-response.ts";

export interface AppOptions {
  /** The largest body that is read, in bytes; a larger one is refused and never kept. */
  readonly bodyLimit: number;
}

/** An Express application that hands every request to the engine. Routing is the contract's business, not Express's. */
export function createExpressApp(engine: Engine, options: AppOptions): Express {
  const app = express();
  app.disable("x-powered-by");
  app.set("etag", false);
  app.use((request: Request, response, next) => {
    readBody(request, options.bodyLimit)
      .then((body) => engine.handle(readRequest(request, body)))
      .then((answer) => writeResponse(response, answer))
      .catch(next);
  });
  return app;
}
