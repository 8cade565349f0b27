/** Which pages may call the API: none, those on this machine, the listed origins, or all. */
export type CorsPolicy =
  | { readonly kind: "off" }
  | { readonly kind: "loopback" }
  | { readonly kind: "any" }
  | { readonly kind: "origins"; readonly origins: readonly string[] };

type Headers = Readonly<Record<string, string | undefined>>;

const exposed =
  "X-Mock-Outcome, X-Mock-Request-Id, X-Mock-World, X-Mock-Violations, X-Mock-Fault, X-Mock-Fault-Place, X-Mock-Varied, X-Coder-Build-Version, Link";
const methods = "GET, POST, PATCH, PUT, DELETE, OPTIONS";

/** Headers that let the asking page read an answer; empty when it may not, or when no page asks. */
export function corsHeaders(policy: CorsPolicy, headers: Headers): Readonly<Record<string, string>> {
  const origin = headers["origin"];
  if (origin === undefined || !isAllowed(policy, origin)) return {};
  return {
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Allow-Credentials": "true",
    "Access-Control-Expose-Headers": exposed,
    Vary: "Origin",
  };
}

/**
 * Whether the asking page may open a WebSocket: no browser asks before it opens one, and cookies go with it. Whoever is no page
 * may, and pages of the mock's own address.
 */
export function mayOpenSocket(policy: CorsPolicy, { origin, host }: Headers): boolean {
  if (origin === undefined || isAllowed(policy, origin)) return true;
  return host !== undefined && origin.toLowerCase().endsWith(`://${host.toLowerCase()}`);
}

/** The answer to a browser's question before the real request; undefined when this is no such question. */
export function preflight(
  policy: CorsPolicy,
  request: { readonly method: string; readonly headers: Headers },
): Readonly<Record<string, string>> | undefined {
  const asks = request.method === "OPTIONS" && request.headers["access-control-request-method"] !== undefined;
  const allowed = asks ? corsHeaders(policy, request.headers) : {};
  if (Object.keys(allowed).length === 0) return undefined;
  return {
    ...allowed,
    "Access-Control-Allow-Methods": methods,
    "Access-Control-Allow-Headers": request.headers["access-control-request-headers"] ?? "",
    "Access-Control-Max-Age": "600",
  };
}

function isAllowed(policy: CorsPolicy, origin: string): boolean {
  switch (policy.kind) {
    case "off":
      return false;
    case "loopback":
      return isLoopbackOrigin(origin);
    case "any":
      return true;
    case "origins":
      return policy.origins.includes(origin);
  }
}

/** Whether a page was served from this machine, on any port. */
export function isLoopbackOrigin(origin: string): boolean {
  return /^https?:\/\/(?:localhost|[a-z0-9-]+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i.test(
    origin,
  );
}
