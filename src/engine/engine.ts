import type { Query } from "../operations/operation.ts";
import { type CorsPolicy, corsHeaders, preflight } from "./cors.ts";
import { DateText } from "./date-text.ts";
import type { MockRequest, MockResponse } from "./exchange.ts";
import type { Policy } from "./policy.ts";
import { bug } from "./problems.ts";
import { parseQuery } from "./query.ts";
import { type Served, serve, solved } from "./serve.ts";
import { welcome } from "./welcome.ts";
import type { Surface, WorldHost } from "./world-host.ts";

/** Turns requests into responses. Knows nothing of the host that they came through. */
export interface Engine {
  handle(request: MockRequest): Promise<MockResponse>;
}

/** The admin surface with what its operations work on for a world. */
export interface AdminSurface<Context> {
  readonly surface: Surface<Context>;
  contextFor(host: WorldHost): Context;
}

export interface EngineOptions<Context> {
  readonly host: WorldHost;
  readonly admin: AdminSurface<Context>;
  readonly policy: Policy;
  readonly cors: CorsPolicy;
  /** Where an error that was nobody's plan is told, with all it knows. */
  readonly report: (error: unknown, request: MockRequest) => void;
}

/** Every admin path begins with this; no path of the API does. */
export const adminPrefix = "/__admin";

/**
 * The way of a request, stage by stage. `serve` has the stages inside a contract:
 *
 *     world     its due steps are applied up to now
 *     surface   the admin API, the API, or a page of the mock's own
 *     serve     route, authenticate, resolve, check request, work, check response
 *     journal   closes the exchange
 *     dress     headers that tell how it went
 */
export function createEngine<Context>(options: EngineOptions<Context>): Engine {
  const date = new DateText();
  return {
    async handle(request) {
      const { host } = options;
      if (isAdminPath(request.path)) {
        const served = await guarded(options, request, serveAdmin);
        return dressed(served, worldHeaders(host, { served, date }));
      }
      const asked = preflight(options.cors, request);
      if (asked !== undefined) return { status: 204, headers: asked };

      const id = host.nextRequestId();
      const { epoch } = host;
      const served = await guarded(options, request, serveApi);
      if (epoch === host.epoch) keep(host, { id, request, served });
      const headers = apiHeaders(host, { id, served, date });
      return dressed(served, Object.assign(headers, corsHeaders(options.cors, request.headers)));
    },
  };
}

function isAdminPath(path: string): boolean {
  return path === adminPrefix || path.startsWith(`${adminPrefix}/`);
}

type Serve = <Context>(
  options: EngineOptions<Context>,
  request: MockRequest,
  query: Query,
) => Promise<Served>;

const serveApi: Serve = async ({ host, policy }, request, query) =>
  welcome(host, request) ?? serve(host.surface, host.world, { request, query, policy });

/** Admin answers are always held to their contract: a tool that steers tests must not be vague itself. */
const serveAdmin: Serve = async ({ host, admin }, request, query) =>
  serve(admin.surface, admin.contextFor(host), { request, query, policy: strict });

const strict: Policy = { requests: "enforce", responses: "enforce" };

/** Gives the request its instant, serves, and is the one place where something thrown becomes an answer. */
async function guarded<Context>(
  options: EngineOptions<Context>,
  request: MockRequest,
  run: Serve,
): Promise<Served> {
  const { host, report } = options;
  try {
    host.world.moveTo(host.world.clock.read());
    return await run(options, request, parseQuery(request.search));
  } catch (error) {
    report(error, request);
    return solved(host.surface, bug());
  }
}

function keep(
  host: WorldHost,
  { id, request, served }: { id: string; request: MockRequest; served: Served },
): void {
  host.journal.add({
    id,
    at: host.world.now,
    method: request.method,
    path: request.path,
    operation: served.operation,
    status: served.status,
    outcome: served.outcome,
    violations: served.violations,
  });
}

/** What every answer of a world carries. */
function worldHeaders(
  host: WorldHost,
  { served, date }: { served: Served; date: DateText },
): Record<string, string> {
  return {
    "X-Content-Type-Options": "nosniff",
    "X-Mock-Outcome": served.outcome,
    "X-Mock-World": host.id,
    // A client that reckons with the server's clock has to see the world's, or a steered clock would fool it.
    Date: date.of(host.world.now),
  };
}

function apiHeaders(
  host: WorldHost,
  { id, served, date }: { id: string; served: Served; date: DateText },
): Record<string, string> {
  const headers = worldHeaders(host, { served, date });
  headers["X-Coder-Build-Version"] = `v${host.world.settings.revision}.0`;
  headers["X-Mock-Request-Id"] = id;
  if (served.violations.length === 0) return headers;
  headers["X-Mock-Violations"] = String(served.violations.length);
  headers["Link"] = `<${adminPrefix}/requests/${id}>; rel="describedby"`;
  return headers;
}

/** Headers are put together in one object: copying them once more for each source costs as much as routing. */
function dressed(served: Served, headers: Record<string, string>): MockResponse {
  Object.assign(headers, served.headers);
  const { status, body } = served;
  if (body === undefined) {
    // A 204 must not have the header at all; any other answer without a body says so.
    if (status !== 204) headers["Content-Length"] = "0";
    return { status, headers };
  }
  headers["Content-Type"] = "application/json; charset=utf-8";
  headers["Content-Length"] = String(body.length);
  return { status, headers, body };
}
