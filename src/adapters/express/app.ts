import express, { type Express, type Request, type Response } from "express";
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
  const answer = async (request: Request, response: Response): Promise<void> => {
    const body = await readBody(request, options.bodyLimit);
    if (body !== undefined) writeResponse(response, await engine.handle(readRequest(request, body)));
  };
  app.use((request, response, next) => {
    answer(request, response).catch(next);
  });
  return app;
}
