import type { DateText } from "./date-text.ts";
import type { MockResponse } from "./journal/exchange.ts";
import type { Served } from "./served.ts";
import type { WorldHost } from "./worlds/world-host.ts";
import { worldPrefix } from "./worlds/world-prefix.ts";

interface Dress {
  readonly served: Served;
  readonly date: DateText;
}

/** What every answer of a world carries. */
export function worldHeaders(host: WorldHost, { served, date }: Dress): Record<string, string> {
  return {
    "X-Content-Type-Options": "nosniff",
    "X-Mock-Outcome": served.outcome,
    "X-Mock-World": host.id,
    // A client that reckons with the server's clock has to see the world's, or a steered clock would fool it.
    Date: date.of(host.world.now),
  };
}

/** What an answer of the API carries besides. `journalPath` gives where exchanges are explained, if anywhere. */
export function apiHeaders(
  host: WorldHost,
  {
    id,
    served,
    date,
    journalPath,
  }: Dress & { readonly id: string; readonly journalPath: () => string | undefined },
): Record<string, string> {
  const headers = worldHeaders(host, { served, date });
  headers["X-Coder-Build-Version"] = `v${host.world.settings.revision}.0`;
  headers["X-Mock-Request-Id"] = id;
  if (served.violations.length === 0) return headers;
  headers["X-Mock-Violations"] = String(served.violations.length);
  const journal = journalPath();
  if (journal === undefined) return headers;
  headers["Link"] = `<${worldPrefix(host)}${journal}/${id}>; rel="describedby"`;
  return headers;
}

/** The response to what was served. Headers are put together in one object: a copy for each source costs as much as routing. */
export function dressed(served: Served, headers: Record<string, string>): MockResponse {
  Object.assign(headers, served.headers);
  const { status, body, stream, socket, mediaType, wire } = served;
  if (socket !== undefined) return { status, headers, socket };
  if (stream !== undefined) {
    headers["Content-Type"] = mediaType ?? "text/event-stream";
    headers["Cache-Control"] = "no-store";
    return { status, headers, stream };
  }
  if (body === undefined) {
    // A 204 must not have the header at all; any other answer without a body says so.
    if (status !== 204) headers["Content-Length"] = "0";
    return wire === undefined ? { status, headers } : { status, headers, wire };
  }
  headers["Content-Type"] = `${mediaType ?? "application/json"}; charset=utf-8`;
  headers["Content-Length"] = String(body.length);
  return wire === undefined ? { status, headers, body } : { status, headers, body, wire };
}
