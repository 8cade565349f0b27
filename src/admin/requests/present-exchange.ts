import type { components } from "../../contract/generated/admin.ts";
import type { Violation } from "../../contract/violation.ts";
import { formatInstant } from "../../domain/instant.ts";
import type { Exchange } from "../../engine/journal/exchange.ts";
import { Redactor } from "../../engine/journal/redact.ts";
import { describe } from "../../engine/problems.ts";
import type { AdminContext } from "../admin-context.ts";

type Schemas = components["schemas"];

/** Knows the secrets of a world, and the admin token, which may have strayed into a request. */
export function redactorFor({ host, server }: Pick<AdminContext, "host" | "server">): Redactor {
  return new Redactor(host.world, [server.adminToken]);
}

/** The short form of an exchange, as lists show it. */
export function presentExchange(exchange: Exchange, secrets: Redactor): Schemas["Exchange"] {
  const redactor = secrets.for(exchange);
  const { id, at, method, path, operation, status, outcome, violations } = exchange;
  return {
    id,
    method,
    path: redactor.text(path),
    status,
    outcome,
    at: formatInstant(at),
    ...(operation === undefined ? {} : { operation }),
    violations: violations.map((violation) => presentViolation(violation, redactor)),
  };
}

/** A violation with all of it as one line; the redactor is that of its exchange. */
export function presentViolation(violation: Violation, redactor: Redactor): Schemas["Violation"] {
  const clean = redactor.violation(violation);
  return { ...clean, explanation: describe(clean) };
}

/** From whole microseconds. */
export function milliseconds(microseconds: number): number {
  return microseconds / 1_000;
}
