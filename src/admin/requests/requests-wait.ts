import type { KeptExchange } from "../../engine/journal/journal.ts";
import type { WorldHost } from "../../engine/worlds/world-host.ts";
import { handled, type Reply, refused } from "../../operations/reply.ts";
import type { AdminContext } from "../admin-context.ts";
import type { AdminCall } from "../admin-operation.ts";
import { badRequest } from "../complain.ts";
import { numberField } from "../fields.ts";
import { holdAnswer } from "../hold-answer.ts";
import { presentExchange, redactorFor } from "./present-exchange.ts";
import {
  fits,
  matchFrom,
  matchParts,
  misses,
  type RequestMatch,
  shownMatch,
  unknownOperation,
} from "./request-match.ts";

/** `POST /requests/wait`. */
export function waitForRequests(context: AdminContext, call: AdminCall): Reply | Promise<Reply> {
  const { host } = context;
  const { fields } = call;
  const match = matchFrom(fields);
  if (match === undefined) {
    const detail = `expected at least one of ${matchParts}`;
    return badRequest("Say which requests to wait for.", [{ field: "body/match", detail }]);
  }
  const count = numberField(fields, "count") ?? 1;
  const obstacle = noSuchOperation(context, match) ?? tooMany(host, count);
  if (obstacle !== undefined) return obstacle;
  const isFit = remembering((exchange) => fits(match, exchange, host));
  return holdAnswer(host, call, {
    check() {
      const fitting = host.journal.list().filter(isFit);
      if (fitting.length < count) return undefined;
      const secrets = redactorFor(context);
      return handled(200, { requests: fitting.map((exchange) => presentExchange(exchange, secrets)) });
    },
    late: (within) => tooLate(context, { match, count, within }),
  });
}

/** An exchange never changes, and is looked at again with every one that comes. */
function remembering(judge: (exchange: KeptExchange) => boolean): (exchange: KeptExchange) => boolean {
  const judged = new WeakMap<KeptExchange, boolean>();
  return (exchange) => {
    const known = judged.get(exchange) ?? judge(exchange);
    judged.set(exchange, known);
    return known;
  };
}

function noSuchOperation(context: AdminContext, { operation }: RequestMatch): Reply | undefined {
  const complaint = unknownOperation(context, { operation, field: "body/match/operation" });
  return complaint && badRequest("The world's contract has no such operation.", [complaint]);
}

function tooMany({ options: { journal } }: WorldHost, count: number): Reply | undefined {
  if (count <= journal.exchanges) return undefined;
  const detail = `expected at most ${journal.exchanges}, which is as many as the journal keeps, received ${count}`;
  return badRequest("So many requests can never be seen at once.", [{ field: "body/count", detail }]);
}

function tooLate(
  context: AdminContext,
  { match, count, within }: { readonly match: RequestMatch; readonly count: number; readonly within: string },
): Reply {
  const { host } = context;
  const all = host.journal.list();
  const fitting = all.filter((exchange) => fits(match, exchange, host));
  const wanted = count === 1 ? "a request" : `${count} requests`;
  const secrets = redactorFor(context);
  const message = `The wait for ${wanted} with ${shownMatch(match)} ended after ${within}: ${fitting.length === 0 ? "none" : fitting.length} came.`;
  const { about, detail } = nearestOf(match, all, host) ?? noneOther(all, host.journal.dropped);
  const ofAbout = about === undefined ? secrets : secrets.for(about);
  return refused(408, { message: secrets.text(message), detail: ofAbout.text(detail) });
}

/** What came instead, in a sentence. */
interface Instead {
  /** The exchange that the sentence is about. */
  readonly about?: KeptExchange;
  readonly detail: string;
}

/** The exchange that comes closest to what was wanted, the newest of several. */
function nearestOf(match: RequestMatch, all: readonly KeptExchange[], host: WorldHost): Instead | undefined {
  let best: { readonly exchange: KeptExchange; readonly missed: readonly string[] } | undefined;
  const parts = Object.values(match).filter((part) => part !== undefined).length;
  for (const exchange of all) {
    const missed = misses(match, exchange, host);
    const isNearer = missed.length < (best?.missed.length ?? parts);
    if (missed.length > 0 && isNearer) best = { exchange, missed };
  }
  if (best === undefined) return undefined;
  const { id, method, path, status, outcome } = best.exchange;
  const detail = `Nearest is request ${id}, ${method} ${path}, answered with ${status} (${outcome}): ${best.missed.join(", ")}.`;
  return { about: best.exchange, detail };
}

function noneOther(all: readonly KeptExchange[], dropped: number): Instead {
  const [newest] = all;
  if (newest === undefined)
    return { detail: "No request at all has come to this world since it began or its journal was cleared." };
  const more = dropped === 0 ? "" : `, and ${dropped} more had to make room`;
  const detail = `The journal keeps ${all.length}${more}; the newest is ${newest.method} ${newest.path}, answered with ${newest.status} (${newest.outcome}).`;
  return { about: newest, detail };
}
