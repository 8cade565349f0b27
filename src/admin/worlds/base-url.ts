import type { MockRequest } from "../../engine/journal/exchange.ts";

const plausibleHost = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?$/i;

/**
 * Where the caller found the mock, without a slash at the end; empty when it does not say, or nothing that a host can be.
 * Behind a proxy that speaks TLS, the scheme is what the proxy says.
 */
export function baseUrlOf({ host, "x-forwarded-proto": scheme }: MockRequest["headers"]): string {
  if (host === undefined || !plausibleHost.test(host)) return "";
  return `${scheme === "https" ? "https" : "http"}://${host}`;
}
