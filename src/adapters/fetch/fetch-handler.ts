import type { Engine } from "../../engine/engine.ts";
import type { After } from "../../engine/holds.ts";
import type { MockResponse } from "../../engine/journal/exchange.ts";
import { brokenResponse } from "./broken-response.ts";
import { readRequest } from "./read-request.ts";
import { readable } from "./readable.ts";
import { respond } from "./respond.ts";
import { whenAborted } from "./when-aborted.ts";

export interface FetchHandlerOptions {
  /** The largest body that is looked at, in bytes. */
  readonly bodyLimit: number;
  /** Timers for answers that take their time. */
  readonly after: After;
}

/**
 * The engine as a function from one standard `Request` to its `Response`, without a connection. Rejects as `fetch` does: when
 * the request is called off, and when a planned fault breaks the connection that there would have been.
 */
export function createFetchHandler(
  engine: Engine,
  { bodyLimit, after }: FetchHandlerOptions,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const { signal } = request;
    const asked = await readRequest(request, bodyLimit);
    signal.throwIfAborted();
    const answer = await engine.handle(asked, (run) => whenAborted(signal, run));
    signal.throwIfAborted();
    const { wire } = answer;
    return wire === undefined
      ? responseOf(answer, request)
      : brokenResponse({ ...answer, wire }, { request, after });
  };
}

function responseOf(answer: MockResponse, request: Request): Response {
  const { body, stream } = answer;
  return respond(stream === undefined ? body : readable(stream, request.signal), answer, request);
}
