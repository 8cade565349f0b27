import type { components } from "../../contract/generated/admin.ts";
import { formatInstant } from "../../domain/instant.ts";
import type { Journal, KeptExchange } from "../../engine/journal/journal.ts";
import type { Redactor } from "../../engine/journal/redact.ts";
import type { AdminContext } from "../admin-context.ts";
import { redactorFor } from "./present-exchange.ts";
import { keptBody, presentBody } from "./present-exchange-body.ts";
import { presentHeaders } from "./present-exchange-detail.ts";

type Schemas = components["schemas"];

/** Exchanges as a file that `compat` reads, in the order in which they are given. */
export function journalFileOf(
  context: AdminContext,
  exchanges: readonly KeptExchange[],
): Schemas["JournalFile"] {
  const { host } = context;
  const { journal } = host;
  const { revision, profile } = host.world.settings;
  const secrets = redactorFor(context);
  return {
    version: 1,
    world: host.id,
    revision,
    profile,
    dropped: journal.dropped,
    exchanges: exchanges.map((exchange) =>
      recordedExchange(exchange, { journal, redactor: secrets.for(exchange) }),
    ),
  };
}

function recordedExchange(
  exchange: KeptExchange,
  { journal, redactor }: { readonly journal: Journal; readonly redactor: Redactor },
): Schemas["RecordedExchange"] {
  const { id, at, method, path, search, operation, outcome, status, trace } = exchange;
  const request = keptBody(exchange, { journal, side: "request" });
  const response = keptBody(exchange, { journal, side: "response" });
  return {
    id,
    at: formatInstant(at),
    method,
    path: redactor.text(path),
    query: redactor.pairs(search),
    headers: presentHeaders(exchange.requestHeaders, redactor),
    ...(request === undefined ? {} : { request_body: presentBody(request, redactor) }),
    response: {
      status,
      headers: presentHeaders(exchange.responseHeaders, redactor),
      ...(response === undefined ? {} : { body: presentBody(response, redactor) }),
    },
    ...(operation === undefined ? {} : { operation }),
    outcome,
    ...(trace.faults === undefined ? {} : { faults: trace.faults }),
    ...(trace.varied === undefined ? {} : { varied: trace.varied }),
  };
}
