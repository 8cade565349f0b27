import type { Contract } from "../contract/contract.ts";
import type { World } from "../domain/world.ts";
import type { WhenGone } from "../operations/operation.ts";
import type { Query } from "../operations/query.ts";
import { chooseSurface } from "./choose-surface.ts";
import { type CorsPolicy, corsHeaders, mayOpenSocket, preflight } from "./cors.ts";
import { DateText } from "./date-text.ts";
import { apiHeaders, dressed, worldHeaders } from "./dress.ts";
import type { Exchange, MockRequest, MockResponse } from "./journal/exchange.ts";
import type { Policy } from "./policy.ts";
import { bug, foreignPage, type Problem } from "./problems.ts";
import { parseQuery } from "./query.ts";
import { serve } from "./serve.ts";
import type { Served } from "./served.ts";
import { solved } from "./solved.ts";
import type { Surface } from "./surface.ts";
import { Trace } from "./trace.ts";
import { welcome } from "./welcome.ts";
import { type Selected, selectAdminWorld, selectWorld, unnamedWorld } from "./worlds/select-world.ts";
import type { WorldHost } from "./worlds/world-host.ts";
import type { Worlds } from "./worlds/worlds.ts";

/** Turns requests into responses. Knows nothing of the host that they came through. */
export interface Engine {
  /** `whenGone` has something run when the client goes away before it is answered. */
  handle(request: MockRequest, whenGone?: WhenGone): Promise<MockResponse>;
}

/** The admin surface with what its operations work on for a world. */
export interface AdminSurface<Context> {
  readonly surface: Surface<Context>;
  contextFor(host: WorldHost, request: { readonly named: string | undefined }): Context;
}

export interface EngineOptions<Context> {
  readonly worlds: Worlds;
  readonly admin: AdminSurface<Context>;
  readonly policy: Policy;
  readonly cors: CorsPolicy;
  /** Tried in this order where a world's own contract has no such operation. */
  readonly extensions?: readonly Surface<World>[] | undefined;
  /** Where an error that was nobody's plan is told, with all it knows. */
  readonly report: (error: unknown, request: MockRequest) => void;
}

/** Every admin path begins with this, behind the prefix of a world if there is one; no path of the API does. */
export const adminPrefix = "/__admin";

/**
 * The way of a request, stage by stage. `serve` has the stages inside a contract:
 *
 *     world     path, header or token chooses it; its present becomes now
 *     surface   the admin API, the API, or a page of the mock's own
 *     serve     route, authenticate, resolve, check request, work, check response
 *     dress     headers that tell how it went
 *     journal   keeps the exchange, with its answer as it goes out
 */
export function createEngine<Context>(options: EngineOptions<Context>): Engine {
  const { worlds, cors } = options;
  const date = new DateText();
  // Asked for when there is something to explain: the admin contract is made on first use, which a start need not wait for.
  const journalPath = () => journalPathOf(options.admin.surface.contract);

  async function answerAdmin(request: MockRequest, query: Query, whenGone?: WhenGone): Promise<MockResponse> {
    const selected = selectAdminWorld(worlds, request, query);
    if (!selected.ok) return homeless(worlds, { ...selected, date });
    const trace = new Trace(selected.host.hostTime);
    const served = await guarded(options, { selected, trace, whenGone }, serveAdmin);
    return dressed(served, worldHeaders(selected.host, { served, date }));
  }

  async function answerApi(request: MockRequest, query: Query, whenGone?: WhenGone): Promise<MockResponse> {
    const asked = preflight(cors, request);
    if (asked !== undefined) return { status: 204, headers: asked };

    const selected = selectWorld(worlds, request, query);
    const crossing = corsHeaders(cors, request.headers);
    if (!selected.ok) return homeless(worlds, { ...selected, date, crossing });
    const { host } = selected;
    const id = host.nextRequestId();
    const { epoch } = host;
    const trace = host.newTrace();
    const served = await guarded(options, { selected, trace, whenGone }, serveApi);
    const headers = Object.assign(apiHeaders(host, { id, served, date, journalPath }), crossing);
    const response = dressed(served, headers);
    trace.ended();
    // A reset meanwhile: nothing begun before it may be recorded.
    if (epoch === host.epoch) keep(host, { id, request: selected.request, served, response, trace });
    host.settle();
    return response;
  }

  return {
    handle(request, whenGone) {
      const query = parseQuery(request.search);
      return isAdminPath(request.path)
        ? answerAdmin(request, query, whenGone)
        : answerApi(request, query, whenGone);
    },
  };
}

/** Undefined where the admin API is switched off. */
function journalPathOf({ match }: Contract): string | undefined {
  const path = `${adminPrefix}/requests`;
  return match("GET", path).kind === "operation" ? path : undefined;
}

const worldAdminPath = /^\/w\/[^/]*\/__admin(?:\/|$)/;

function isAdminPath(path: string): boolean {
  if (path.startsWith("/w/")) return worldAdminPath.test(path);
  return path === adminPrefix || path.startsWith(`${adminPrefix}/`);
}

/** A request that has found its world. */
interface Arrived {
  readonly selected: Extract<Selected, { ok: true }>;
  readonly trace: Trace;
  readonly whenGone: WhenGone | undefined;
}

type Serve = <Context>(options: EngineOptions<Context>, arrived: Arrived) => Promise<Served>;

const serveApi: Serve = async ({ worlds, policy, cors, extensions = [] }, { selected, trace, whenGone }) => {
  const { host, request, query, named } = selected;
  const page = welcome(host, request);
  if (page !== undefined) return page;
  if (worlds.strict && named === undefined) return solved(host.surface, unnamedWorld());
  if (request.upgrade !== undefined && !mayOpenSocket(cors, request.headers)) {
    return solved(host.surface, foreignPage(request));
  }
  const { surface, match } = chooseSurface(host.surface, extensions, request);
  return serve(surface, host.world, {
    match,
    request,
    query,
    policy,
    trace,
    whenGone,
    hooks: host.hooks,
  });
};

/** Admin answers are always held to their contract: a tool that steers tests must not be vague itself. */
const serveAdmin: Serve = async ({ admin }, { selected, trace, whenGone }) => {
  const { host, request, query, named } = selected;
  const { surface } = admin;
  const served = await serve(surface, admin.contextFor(host, { named }), {
    match: surface.contract.match(request.method, request.path),
    request,
    query,
    policy: strict,
    trace,
    whenGone,
  });
  host.settle();
  return served;
};

const strict: Policy = { requests: "enforce", responses: "enforce", isFixed: true };

/** Gives the request its instant, serves, and is the one place where something thrown becomes an answer. */
async function guarded<Context>(
  options: EngineOptions<Context>,
  arrived: Arrived,
  run: Serve,
): Promise<Served> {
  const { host, request } = arrived.selected;
  try {
    host.wake();
    return await run(options, arrived);
  } catch (error) {
    options.report(error, request);
    return solved(host.surface, bug());
  }
}

/** An answer to what belongs to no world. */
function homeless(
  { home }: Worlds,
  {
    problem,
    date,
    crossing,
  }: { problem: Problem; date: DateText; crossing?: Readonly<Record<string, string>> },
): MockResponse {
  const served = solved(home.surface, problem);
  const { "X-Mock-World": _, ...headers } = worldHeaders(home, { served, date });
  return dressed(served, Object.assign(headers, crossing));
}

function keep(
  host: WorldHost,
  {
    id,
    request,
    served,
    response,
    trace,
  }: { id: string; request: MockRequest; served: Served; response: MockResponse; trace: Trace },
): void {
  const exchange: Exchange = {
    id,
    at: host.world.now,
    method: request.method,
    path: request.path,
    operation: trace.operation?.id,
    status: served.status,
    outcome: served.outcome,
    violations: served.violations,
    search: request.search,
    requestHeaders: request.headers,
    responseHeaders: response.headers,
    trace,
  };
  host.journal.add(exchange, {
    request: request.body.kind === "bytes" ? request.body.bytes : nothing,
    response: response.body ?? nothing,
  });
  host.tell({ kind: "exchange", exchange });
  if (served.violations.length > 0) host.broke(exchange);
}

const nothing = new Uint8Array(0);
