import type { components } from "../../contract/generated/admin.ts";
import type { KeptExchange } from "../../engine/journal/journal.ts";
import { handled, type Reply } from "../../operations/reply.ts";
import type { AdminContext } from "../admin-context.ts";
import type { AdminCall } from "../admin-operation.ts";
import { badRequest } from "../complain.ts";
import { numberField } from "../fields.ts";
import { fits, matchFrom, unknownOperation } from "./request-match.ts";
import { listOf } from "./requests.ts";

type Found =
  | { readonly ok: true; readonly fitting: readonly KeptExchange[] }
  | { readonly ok: false; readonly reply: Reply };

/** `POST /requests/find`: newest first. */
export function findRequests(context: AdminContext, { fields }: AdminCall): Reply {
  const found = fittingOf(context, fields);
  if (!found.ok) return found.reply;
  const limit = numberField(fields, "limit");
  return handled(200, listOf(context, { fitting: found.fitting, limit }));
}

/** `POST /requests/count`. */
export function countRequests(context: AdminContext, { fields }: AdminCall): Reply {
  const found = fittingOf(context, fields);
  if (!found.ok) return found.reply;
  const { dropped } = context.host.journal;
  const body: components["schemas"]["ExchangeCount"] = { count: found.fitting.length, dropped };
  return handled(200, body);
}

function fittingOf(context: AdminContext, fields: AdminCall["fields"]): Found {
  const { host } = context;
  const match = matchFrom(fields);
  const complaint = unknownOperation(context, { operation: match?.operation, field: "body/match/operation" });
  if (complaint !== undefined) {
    return { ok: false, reply: badRequest("The world's contract has no such operation.", [complaint]) };
  }
  return { ok: true, fitting: host.journal.list().filter((exchange) => fits(match, exchange, host)) };
}
