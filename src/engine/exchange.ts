import type { RawBody } from "../contract/contract.ts";
import type { Violation } from "../contract/violation.ts";
import type { Instant } from "../domain/instant.ts";
import type { WhenGone } from "../operations/operation.ts";
import type { EventStream } from "../operations/reply.ts";

/** A request as plain data: what every host, Express or other, turns its own request into. */
export interface MockRequest {
  /** Upper case. */
  readonly method: string;
  /** As it came, percent-encoded, without the query. */
  readonly path: string;
  /** As it came, percent-encoded, without the question mark; empty when there is none. */
  readonly search: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: RawBody;
  /** Has something run when the client goes away before it is answered. Absent where nobody can tell. */
  readonly whenGone?: WhenGone;
}

export interface MockResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** In place of a body: goes on after the head is out. */
  readonly stream?: EventStream;
}

export const outcomes = [
  "handled",
  "refused",
  "fallback",
  "fault",
  "contract-request",
  "contract-response",
  "no-match",
  "bug",
] as const;
/** How an exchange ended; header `X-Mock-Outcome` tells it apart from what the status says (docs/errors.md). */
export type Outcome = (typeof outcomes)[number];

/** One request with its response, as the journal keeps it. */
export interface Exchange {
  /** Counts from 1 in a world since its last reset. */
  readonly id: string;
  readonly at: Instant;
  readonly method: string;
  readonly path: string;
  readonly operation: string | undefined;
  readonly status: number;
  readonly outcome: Outcome;
  readonly violations: readonly Violation[];
}
