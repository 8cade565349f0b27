import type { CheckedRequest, DecodedBody } from "../contract/contract.ts";
import { isError } from "../contract/violation.ts";
import type { Reply } from "../operations/reply.ts";
import { withoutPreference } from "./fallback/prefer.ts";
import type { AtOperation, Hooks, Way } from "./hooks.ts";
import type { MockRequest } from "./journal/exchange.ts";
import { badRequest, badResponse, noMatch } from "./problems.ts";
import { eventStream, partsOf } from "./reply-parts.ts";
import type { Served } from "./served.ts";
import { solved } from "./solved.ts";
import type { Surface } from "./surface.ts";

/**
 * The way of a request through a contract and its operations, in the provider's order of checks:
 * route, fault, authenticate, resolve, check the request, do the work, check the response, spoil.
 */
export async function serve<Context>(surface: Surface<Context>, context: Context, way: Way): Promise<Served> {
  const { contract } = surface;
  const { match, request, query, policy, trace, whenGone, hooks } = way;
  trace.passed("route");
  if (match.kind !== "operation") return solved(surface, noMatch(request, match));
  const { operation } = match;
  trace.operation = operation;
  trace.parameters = match.path;
  const { path } = match;
  // Member by member: a spread of one object into another costs as much as routing.
  const at: AtOperation = { contract, operation, path, request, query, policy, trace, whenGone, hooks };

  // Await only when a fault is there: without one all up to the handler runs synchronously, and in-process callers rely on it.
  const fault = hooks?.before(at);
  const early = fault === undefined ? undefined : await fault;
  if (fault !== undefined) trace.passed("fault");
  if (early !== undefined) {
    if (early.wire === undefined) hooks?.note(at, { reply: { status: early.status } });
    return early;
  }
  const served = await atOperation(surface, context, at);
  const spoiled = hooks?.spoil(at, served) ?? served;
  if (isOther(spoiled, served)) trace.passed("spoil");
  return spoiled;
}

/** Whether more than the headers of an answer has changed. */
function isOther(one: Served, other: Served): boolean {
  return one.body !== other.body || one.mediaType !== other.mediaType || one.wire !== other.wire;
}

async function atOperation<Context>(
  surface: Surface<Context>,
  context: Context,
  at: AtOperation,
): Promise<Served> {
  const { contract, operation, path, request, query, trace, policy, hooks, whenGone } = at;
  const handler = surface.operations[operation.id];
  if (handler === undefined) throw new Error(`No operation answers for ${operation.id}.`);

  const authenticated = handler.authenticate(context, { headers: request.headers, query });
  trace.passed("authenticate");
  if (!authenticated.ok) return turnedAway(surface, at, authenticated.reply);

  const instead = hooks?.instead(at);
  const resolved = instead === undefined ? authenticated.next.resolve(path, query) : undefined;
  trace.passed("resolve");
  if (resolved?.ok === false) return replied(at, { reply: resolved.reply });

  const checked = contract.checkRequest(operation, {
    path,
    query: instead === undefined ? query : withoutPreference(query),
    headers: request.headers,
    body: request.body,
  });
  trace.passed("check_request");
  const found = policy.requests === "off" ? [] : checked.violations;
  if (policy.requests === "enforce" && found.some(isError)) {
    const problem = badRequest(at, found);
    hooks?.note(at, { reply: problem });
    return { ...solved(surface, problem), violations: found };
  }

  const { body } = checked;
  if (resolved === undefined) return standIn(surface, at, { instead, body, found });
  const reply = await resolved.next.run({
    query,
    body,
    bodySize: sizeOf(request),
    upgrade: request.upgrade,
    whenGone,
  });
  trace.passed("work");
  return replied(at, { reply: hooks?.vary(at, reply) ?? reply, body, found });
}

/** Under a contract that was added, the answer to a caller without a token is the API's, whatever that contract has. */
function turnedAway<Context>(surface: Surface<Context>, at: AtOperation, reply: Reply): Served {
  if (surface.isExtension !== true) return replied(at, { reply });
  at.hooks?.note(at, { reply });
  return solved(surface, reply);
}

/** What answers in place of the operation. Nothing varies it further: it was asked for as it is. */
async function standIn<Context>(
  surface: Surface<Context>,
  at: AtOperation,
  { instead, body, found }: Pick<Outgoing, "body" | "found"> & { readonly instead: Instead },
): Promise<Served> {
  const stood = await instead?.();
  at.trace.passed("work");
  if (stood === undefined) throw new Error("Neither the operation nor what stands in for it has answered.");
  if (stood.kind === "reply") return replied(at, { reply: stood.reply, body, found });
  return { ...solved(surface, stood.problem), violations: found ?? [] };
}

type Instead = ReturnType<Hooks["instead"]>;

/** A reply with what its request brought, as far as that was looked at. */
interface Outgoing {
  readonly reply: Reply;
  /** Absent when the request was answered before. */
  readonly body?: DecodedBody | undefined;
  readonly found?: CheckedRequest["violations"] | undefined;
}

/** Checks and serialises a reply. One that breaks the contract is never sent under `enforce`. */
function replied(at: AtOperation, { reply, body, found = [] }: Outgoing): Served {
  const { contract, operation, policy, trace, hooks } = at;
  const content = contentOf(reply, hooks);
  const checked = contract.checkResponse(operation, partsOf(reply));
  const stray = policy.responses === "off" ? [] : checked.violations;
  const violations = stray.length === 0 ? found : [...found, ...stray];
  const isHeldBack = policy.responses === "enforce" && stray.some(isError);
  if (!isHeldBack) hooks?.note(at, { body, reply });
  // With what coverage costs: it comes from the check, and no time is to be unaccounted for.
  trace.passed("check_response");
  if (isHeldBack) {
    return { ...solved({ contract }, badResponse(operation, stray)), violations };
  }
  return {
    outcome: reply.outcome,
    status: reply.status,
    headers: reply.headers ?? noHeaders,
    ...(checked.bytes === undefined ? {} : { body: checked.bytes }),
    ...content,
    violations,
  };
}

/** What a reply brings that is not JSON. */
function contentOf(
  { text, stream, follow }: Reply,
  hooks: Hooks | undefined,
): Pick<Served, "mediaType" | "body" | "stream" | "socket"> | undefined {
  if (text !== undefined) return { mediaType: text.mediaType, body: new TextEncoder().encode(text.text) };
  if (follow === undefined) return stream === undefined ? undefined : { mediaType: eventStream, stream };
  if (hooks === undefined) throw new Error("The admin API has no streams to follow.");
  const followed = hooks.open(follow);
  return follow.carrier === "websocket" ? { socket: followed } : { mediaType: eventStream, stream: followed };
}

const noHeaders: Readonly<Record<string, string>> = {};

function sizeOf({ body }: MockRequest): number {
  return body.kind === "bytes" ? body.bytes.length : body.limit + 1;
}
