import type { CheckedRequest, ContractOperation } from "../contract/contract.ts";
import type { Violation } from "../contract/violation.ts";
import type { Query } from "../operations/operation.ts";
import type { EventStream, Reply } from "../operations/reply.ts";
import type { MockRequest, Outcome } from "./exchange.ts";
import type { Policy } from "./policy.ts";
import { badRequest, badResponse, noMatch, type Problem } from "./problems.ts";
import type { Surface } from "./world-host.ts";

/** How a request ended, before it is dressed as a response. */
export interface Served {
  readonly outcome: Outcome;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Of the body or stream; JSON when left out. */
  readonly mediaType?: string;
  readonly stream?: EventStream;
  readonly operation?: string;
  readonly violations: readonly Violation[];
}

/**
 * The way of a request through a contract and its operations, in the provider's order of checks:
 * route, authenticate, resolve, check the request, do the work, check the response.
 */
export async function serve<Context>(
  surface: Surface<Context>,
  context: Context,
  {
    request,
    query,
    policy,
  }: { readonly request: MockRequest; readonly query: Query; readonly policy: Policy },
): Promise<Served> {
  const { contract } = surface;
  const match = contract.match(request.method, request.path);
  if (match.kind !== "operation") return solved(surface, noMatch(request, match));
  const { operation } = match;

  const handler = surface.operations[operation.id];
  if (handler === undefined) throw new Error(`No operation answers for ${operation.id}.`);

  const authenticated = handler.authenticate(context, { headers: request.headers, query });
  if (!authenticated.ok) return replied(surface, { operation, reply: authenticated.reply, policy });

  const resolved = authenticated.next.resolve(match.path, query);
  if (!resolved.ok) return replied(surface, { operation, reply: resolved.reply, policy });

  const checked = contract.checkRequest(operation, {
    ...match,
    query,
    headers: request.headers,
    body: request.body,
  });
  const found = policy.requests === "off" ? [] : checked.violations;
  if (policy.requests === "enforce" && found.some(isError)) {
    const problem = badRequest(contract, operation, found);
    return { ...solved(surface, problem), operation: operation.id, violations: found };
  }

  const { whenGone } = request;
  const reply = await resolved.next.run({ query, body: checked.body, bodySize: sizeOf(request), whenGone });
  return replied(surface, { operation, reply, policy, found });
}

/** Checks and serialises a reply. One that breaks the contract is never sent under `enforce`. */
function replied<Context>(
  surface: Surface<Context>,
  {
    operation,
    reply,
    policy,
    found = [],
  }: { operation: ContractOperation; reply: Reply; policy: Policy; found?: CheckedRequest["violations"] },
): Served {
  const content = contentOf(reply);
  const parts = content === undefined ? reply : { status: reply.status, mediaType: content.mediaType };
  const checked = surface.contract.checkResponse(operation, parts);
  const stray = policy.responses === "off" ? [] : checked.violations;
  const violations = stray.length === 0 ? found : [...found, ...stray];
  if (policy.responses === "enforce" && stray.some(isError)) {
    return { ...solved(surface, badResponse(operation, stray)), operation: operation.id, violations };
  }
  return {
    outcome: reply.outcome,
    status: reply.status,
    headers: reply.headers ?? noHeaders,
    ...(checked.bytes === undefined ? {} : { body: checked.bytes }),
    ...content,
    operation: operation.id,
    violations,
  };
}

interface OtherContent extends Pick<Served, "body" | "stream"> {
  readonly mediaType: string;
}

/** What a reply brings that is not JSON. */
function contentOf({ text, stream }: Reply): OtherContent | undefined {
  if (text !== undefined) return { mediaType: text.mediaType, body: new TextEncoder().encode(text.text) };
  return stream === undefined ? undefined : { mediaType: "text/event-stream", stream };
}

/** Dresses an answer of the mock's own in the envelope of the contract. */
export function solved<Context>({ contract }: Surface<Context>, problem: Problem): Served {
  const bytes = problem.body === undefined ? undefined : contract.checkEnvelope(problem.body).bytes;
  return {
    outcome: problem.outcome,
    status: problem.status,
    headers: problem.headers ?? noHeaders,
    ...(bytes === undefined ? {} : { body: bytes }),
    violations: [],
  };
}

const noHeaders: Readonly<Record<string, string>> = {};

function isError({ severity }: Violation): boolean {
  return severity === "error";
}

function sizeOf({ body }: MockRequest): number {
  return body.kind === "bytes" ? body.bytes.length : body.limit + 1;
}
