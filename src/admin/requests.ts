import type { components } from "../contract/generated/admin.ts";
import { formatInstant } from "../domain/instant.ts";
import type { Exchange } from "../engine/exchange.ts";
import { describe } from "../engine/problems.ts";
import { handled, type Reply } from "../operations/reply.ts";
import type { AdminContext } from "./admin-context.ts";
import type { AdminCall } from "./admin-operation.ts";
import { notFound } from "./complain.ts";
import { limitOf } from "./limit.ts";

type Schemas = components["schemas"];

/** `GET /requests`: newest first. */
export function listRequests({ host }: AdminContext, { query }: AdminCall): Reply {
  const newest = host.journal.list().slice(0, limitOf(query));
  const body: Schemas["ExchangeList"] = {
    requests: newest.map(presentExchange),
    dropped: host.journal.dropped,
  };
  return handled(200, body);
}

/** `GET /requests/{id}`. */
export function getRequest({ host }: AdminContext, { path }: AdminCall): Reply {
  const id = path["id"] ?? "";
  const exchange = host.journal.get(id);
  if (exchange !== undefined) return handled(200, presentExchange(exchange));
  return notFound(
    `The journal has no request ${JSON.stringify(id)}.`,
    "It never was, was before the last reset, or had to make room: GET /__admin/requests lists what is kept.",
  );
}

/** `DELETE /requests`. */
export function clearRequests({ host }: AdminContext): Reply {
  host.journal.clear();
  return handled(204);
}

export function presentExchange(exchange: Exchange): Schemas["Exchange"] {
  const { id, at, method, path, operation, status, outcome } = exchange;
  return {
    id,
    method,
    path,
    status,
    outcome,
    at: formatInstant(at),
    ...(operation === undefined ? {} : { operation }),
    violations: presentViolations(exchange),
  };
}

export function presentViolations({ violations }: Exchange): Schemas["Violation"][] {
  return violations.map((violation) => ({ ...violation, explanation: describe(violation) }));
}
