import type { KeptExchange } from "../../engine/journal/journal.ts";
import { firstOf, type Query } from "../../operations/query.ts";
import type { Reply } from "../../operations/reply.ts";
import type { AdminContext } from "../admin-context.ts";
import { badRequest } from "../complain.ts";
import { limitOf } from "../limit.ts";
import { isSince, sinceFrom } from "../since.ts";
import { statusFits, unknownOperation } from "./request-match.ts";

export type Filtered =
  | { readonly ok: true; readonly fitting: readonly KeptExchange[]; readonly limit: number | undefined }
  | { readonly ok: false; readonly reply: Reply };

/** The exchanges that a query is about, newest first, all of them, and how many to show, if that was said. */
export function filterRequests(context: AdminContext, query: Query): Filtered {
  const text = (name: string) => firstOf(query, name);
  const [operation, status, outcome] = [text("operation"), text("status"), text("outcome")];
  const since = sinceFrom(text("since"));
  const complaints = [
    unknownOperation(context, { operation, field: "query/operation" }),
    since === undefined ? badSince(text("since")) : undefined,
  ].filter((complaint) => complaint !== undefined);
  if (complaints.length > 0 || since === undefined) {
    return { ok: false, reply: badRequest("The journal cannot be filtered like this.", complaints) };
  }
  const fitting = context.host.journal
    .list()
    .filter(
      (exchange) =>
        (operation === undefined || exchange.operation === operation) &&
        (status === undefined || statusFits(exchange.status, status)) &&
        (outcome === undefined || exchange.outcome === outcome) &&
        isSince(exchange, since),
    );
  return { ok: true, fitting, limit: text("limit") === undefined ? undefined : limitOf(query) };
}

function badSince(text = ""): { readonly field: string; readonly detail: string } {
  const expected = "the number of an exchange, or an RFC 3339 time such as 2026-01-31T12:00:00Z";
  return { field: "query/since", detail: `expected ${expected}, received ${JSON.stringify(text)}` };
}
