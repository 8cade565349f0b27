import type { components } from "../../contract/generated/admin.ts";
import { handled, type Reply } from "../../operations/reply.ts";
import type { AdminContext } from "../admin-context.ts";
import type { AdminCall } from "../admin-operation.ts";
import { contractsBeside } from "../contracts-beside.ts";
import { limitOf } from "../limit.ts";
import { presentExchange, redactorFor } from "./present-exchange.ts";
import { nearMisses } from "./request-near-misses.ts";

type Schemas = components["schemas"];

/** `GET /requests/unmatched`: what meant no operation or broke the contract of one, newest first. */
export function listUnmatched(context: AdminContext, { query }: AdminCall): Reply {
  const { host } = context;
  const { journal, surface } = host;
  const unmatched = journal
    .list()
    .filter(({ outcome }) => outcome === "no-match" || outcome === "contract-request");
  const secrets = redactorFor(context);
  const added = contractsBeside(context);
  const body: Schemas["UnmatchedList"] = {
    requests: unmatched.slice(0, limitOf(query)).map((exchange) => ({
      ...presentExchange(exchange, secrets),
      near_misses: nearMisses(exchange, {
        own: surface.contract,
        added,
        redactor: secrets.for(exchange),
      }),
    })),
    count: unmatched.length,
    dropped: journal.dropped,
  };
  return handled(200, body);
}
