import type { components } from "../../contract/generated/admin.ts";
import type { KeptExchange } from "../../engine/journal/journal.ts";
import { firstOf } from "../../operations/query.ts";
import { handled, type Reply } from "../../operations/reply.ts";
import type { AdminContext } from "../admin-context.ts";
import type { AdminCall } from "../admin-operation.ts";
import { notFound } from "../complain.ts";
import { defaultLimit } from "../limit.ts";
import { curlOf } from "./curl.ts";
import { harOf } from "./har.ts";
import { journalFileOf } from "./journal-file.ts";
import { presentExchange, redactorFor } from "./present-exchange.ts";
import { presentDetail } from "./present-exchange-detail.ts";
import { filterRequests } from "./request-filter.ts";

type Schemas = components["schemas"];

/** `GET /requests`: newest first. As HAR, which has no place for a count, all unless a limit is given, oldest first. */
export function listRequests(context: AdminContext, { query }: AdminCall): Reply {
  const filtered = filterRequests(context, query);
  if (!filtered.ok) return filtered.reply;
  const format = firstOf(query, "format");
  if (format === "har") {
    return handled(200, harOf(context, filtered.fitting.slice(0, filtered.limit).toReversed()));
  }
  if (format === "journal") return handled(200, journalFileOf(context, filtered.fitting.toReversed()));
  return handled(200, listOf(context, filtered));
}

/** Exchanges in their short form, with how many there are and what the journal has let go of. */
export function listOf(
  context: AdminContext,
  {
    fitting,
    limit = defaultLimit,
  }: { readonly fitting: readonly KeptExchange[]; readonly limit?: number | undefined },
): Schemas["ExchangeList"] {
  const { journal } = context.host;
  const secrets = redactorFor(context);
  return {
    requests: fitting.slice(0, limit).map((exchange) => presentExchange(exchange, secrets)),
    count: fitting.length,
    dropped: journal.dropped,
    dropped_bodies: journal.droppedBodies,
  };
}

/** `GET /requests/{id}`: all of it, or the line that repeats it. */
export function getRequest(context: AdminContext, call: AdminCall): Reply {
  const { journal } = context.host;
  const id = call.path["id"] ?? "";
  const exchange = journal.get(id);
  if (exchange === undefined) {
    return notFound(
      `The journal has no request ${JSON.stringify(id)}.`,
      "It never was, was before the last reset, or had to make room: GET /__admin/requests lists what is kept.",
    );
  }
  if (call.query.some(([name, value]) => name === "format" && value === "curl")) {
    return curlOf(context, exchange, call.baseUrl);
  }
  return handled(200, presentDetail(exchange, { journal, secrets: redactorFor(context) }));
}

/** `DELETE /requests`. */
export function clearRequests({ host }: AdminContext): Reply {
  host.journal.clear();
  return handled(204);
}
