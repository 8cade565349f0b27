import type { components } from "../contract/generated/admin.ts";
import type { Violation } from "../contract/violation.ts";
import { formatInstant } from "../domain/instant.ts";
import type { Exchange } from "../engine/exchange.ts";
import { describe } from "../engine/problems.ts";
import { Redactor } from "../engine/redact.ts";
import type { AdminContext } from "./admin-context.ts";

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
  const { pointer, expected, received } = violation;
  const clean = {
    ...violation,
    pointer: withoutSecrets(pointer, redactor),
    expected: redactor.text(expected),
    ...(received === undefined ? {} : { received: withoutSecrets(received, redactor) }),
  };
  return { ...clean, explanation: describe(clean) };
}

/** Only where a text was cut can its end be the beginning of a token. */
export function withoutSecrets(text: string, redactor: Redactor): string {
  return text.endsWith("…") ? redactor.cutText(text) : redactor.text(text);
}

/** From whole microseconds. */
export function milliseconds(microseconds: number): number {
  return microseconds / 1_000;
}
