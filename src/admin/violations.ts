import type { components } from "../contract/generated/admin.ts";
import { formatInstant } from "../domain/instant.ts";
import type { SeenViolation } from "../engine/journal/late-violation.ts";
import { Redactor } from "../engine/journal/redact.ts";
import type { ViolationCount, ViolationLog } from "../engine/journal/violation-log.ts";
import { firstOf, type Query } from "../operations/query.ts";
import { handled, type Reply } from "../operations/reply.ts";
import { suggestion } from "../scenarios/nearest-name.ts";
import type { AdminContext } from "./admin-context.ts";
import type { AdminCall } from "./admin-operation.ts";
import { badRequest, type Complaint } from "./complain.ts";
import { hasOperation, operationsOf } from "./contracts-beside.ts";
import { limitOf } from "./limit.ts";
import { presentViolation } from "./requests/present-exchange.ts";
import type { Scope } from "./scope.ts";
import { isSince, sinceFrom } from "./since.ts";

type Schemas = components["schemas"];

/** `GET /violations`: newest first. What is counted is all there was, whatever the query picks out of it. */
export function listViolations(context: AdminContext, { query }: AdminCall, scope: Scope): Reply {
  const log = scope === "all" ? context.violations : context.host.violations;
  const text = firstOf(query, "since");
  const since = sinceFrom(text);
  const complaints = [...unknownOperation(context, query, log), ...badSince(text, scope)];
  if (complaints.length > 0 || since === undefined)
    return badRequest("The violations cannot be picked out like this.", complaints);
  // The log has been rid of the secrets of its worlds; of the admin token they know nothing.
  const adminSecrets = new Redactor(undefined, [context.server.adminToken]);
  const fitting = log.list().filter((seen) => isMeant(seen, query) && isSince(seen.exchange, since));
  const body: Schemas["ViolationList"] = {
    violations: fitting.slice(0, limitOf(query)).map((seen) => presentSeen(seen, adminSecrets)),
    total: log.total,
    dropped: log.dropped,
    counts: log.counts().map(presentCount),
  };
  return handled(200, body);
}

function presentSeen(
  { world, exchange, violation, isPlanned }: SeenViolation,
  redactor: Redactor,
): Schemas["SeenViolation"] {
  const { id, at, method, path, operation, status } = exchange;
  return {
    world,
    request: id,
    at: formatInstant(at),
    method,
    path: redactor.text(path),
    ...(operation === undefined ? {} : { operation }),
    status,
    ...presentViolation(violation, redactor),
    page: `docs/rules/${violation.rule}.md`,
    fault: isPlanned,
  };
}

function presentCount({ planned, ...count }: ViolationCount): Schemas["ViolationCount"] {
  return { ...count, faults: planned };
}

function isMeant({ exchange, violation }: SeenViolation, query: Query): boolean {
  const { direction, rule, severity } = violation;
  const facts = { direction, rule, severity, operation: exchange.operation };
  return query.every(([name, value]) => !isFact(name, facts) || facts[name] === value);
}

function isFact<Facts extends object>(name: string, facts: Facts): name is keyof Facts & string {
  return Object.hasOwn(facts, name);
}

function badSince(text: string | undefined, scope: Scope): readonly Complaint[] {
  const since = sinceFrom(text);
  const isNumber = since !== undefined && "id" in since;
  if (text === undefined || (since !== undefined && (!isNumber || scope === "world"))) return [];
  const also = scope === "world" ? "the number of an exchange, or " : "";
  const why = isNumber ? "; every world numbers its exchanges by itself" : "";
  const detail = `expected ${also}an RFC 3339 time such as 2026-01-31T12:00:00Z, received ${JSON.stringify(text)}${why}`;
  return [{ field: "query/since", detail }];
}

/** What a world that is gone was asked may be known to no other. */
function unknownOperation(
  { host, worlds, extensions }: AdminContext,
  query: Query,
  log: ViolationLog,
): readonly Complaint[] {
  const operation = firstOf(query, "operation");
  if (operation === undefined) return [];
  const hosts = [host, ...worlds.list()];
  if (log.list().some(({ exchange }) => exchange.operation === operation)) return [];
  if (hosts.some((one) => hasOperation({ host: one, extensions }, operation))) return [];
  const known = new Set(hosts.flatMap((one) => operationsOf({ host: one, extensions })));
  const detail = `expected ${suggestion(operation, [...known])}, received ${JSON.stringify(operation)}`;
  return [{ field: "query/operation", detail }];
}
