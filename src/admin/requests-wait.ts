import { isJsonObject } from "../contract/json.ts";
import type { Exchange } from "../engine/exchange.ts";
import type { WorldHost } from "../engine/world-host.ts";
import { handled, type Reply, refused } from "../operations/reply.ts";
import { suggestion } from "../scenarios/nearest-name.ts";
import type { AdminContext } from "./admin-context.ts";
import type { AdminCall } from "./admin-operation.ts";
import { badRequest } from "./complain.ts";
import { numberField } from "./fields.ts";
import { holdAnswer } from "./hold-answer.ts";
import { matchFrom, misses, type RequestMatch, shownMatch } from "./request-match.ts";
import { presentExchange } from "./requests.ts";

/** `POST /requests/wait`. */
export function waitForRequests({ host }: AdminContext, call: AdminCall): Reply | Promise<Reply> {
  const { fields } = call;
  const match = matchFrom(isJsonObject(fields["match"]) ? fields["match"] : {});
  if (match === undefined) {
    const detail = 'expected at least one of "operation", "method", "path", "status" and "outcome"';
    return badRequest("Say which requests to wait for.", [{ field: "body/match", detail }]);
  }
  const count = numberField(fields, "count") ?? 1;
  const obstacle = unknownOperation(host, match) ?? tooMany(host, count);
  if (obstacle !== undefined) return obstacle;
  return holdAnswer(host, call, {
    check() {
      const fitting = host.journal.list().filter((exchange) => misses(match, exchange).length === 0);
      return fitting.length < count ? undefined : handled(200, { requests: fitting.map(presentExchange) });
    },
    late: (within) => tooLate(host, { match, count, within }),
  });
}

function unknownOperation({ surface }: WorldHost, { operation }: RequestMatch): Reply | undefined {
  const { operations } = surface.contract;
  if (operation === undefined || operations.has(operation)) return undefined;
  const known = suggestion(operation, [...operations.keys()]);
  const detail = `expected ${known}, received ${JSON.stringify(operation)}`;
  return badRequest("The world's contract has no such operation.", [
    { field: "body/match/operation", detail },
  ]);
}

function tooMany({ options: { journal } }: WorldHost, count: number): Reply | undefined {
  if (count <= journal.exchanges) return undefined;
  const detail = `expected at most ${journal.exchanges}, which is as many as the journal keeps, received ${count}`;
  return badRequest("So many requests can never be seen at once.", [{ field: "body/count", detail }]);
}

function tooLate(
  { journal }: WorldHost,
  { match, count, within }: { readonly match: RequestMatch; readonly count: number; readonly within: string },
): Reply {
  const all = journal.list();
  const fitting = all.filter((exchange) => misses(match, exchange).length === 0);
  const wanted = count === 1 ? "a request" : `${count} requests`;
  return refused(408, {
    message: `The wait for ${wanted} with ${shownMatch(match)} ended after ${within}: ${fitting.length === 0 ? "none" : fitting.length} came.`,
    detail: nearestOf(match, all) ?? noneOther(all, journal.dropped),
  });
}

/** The exchange that comes closest to what was wanted, the newest of several. */
function nearestOf(match: RequestMatch, all: readonly Exchange[]): string | undefined {
  let best: { readonly exchange: Exchange; readonly missed: readonly string[] } | undefined;
  const parts = Object.values(match).filter((part) => part !== undefined).length;
  for (const exchange of all) {
    const missed = misses(match, exchange);
    const isNearer = missed.length < (best?.missed.length ?? parts);
    if (missed.length > 0 && isNearer) best = { exchange, missed };
  }
  if (best === undefined) return undefined;
  const { id, method, path, status, outcome } = best.exchange;
  return `Nearest is request ${id}, ${method} ${path}, answered with ${status} (${outcome}): ${best.missed.join(", ")}.`;
}

function noneOther(all: readonly Exchange[], dropped: number): string {
  const [newest] = all;
  if (newest === undefined)
    return "No request at all has come to this world since it began or its journal was cleared.";
  const more = dropped === 0 ? "" : `, and ${dropped} more had to make room`;
  return `The journal keeps ${all.length}${more}; the newest is ${newest.method} ${newest.path}, answered with ${newest.status} (${newest.outcome}).`;
}
