import type { RawBody } from "../../contract/contract.ts";
import type { Violation } from "../../contract/violation.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Upgrade } from "../../operations/operation.ts";
import type { OpenStream } from "../../operations/reply.ts";
import type { Trace } from "../trace.ts";

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
  readonly upgrade?: Upgrade | undefined;
}

export interface MockResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** In place of a body: goes on after the head is out. */
  readonly stream?: OpenStream;
  /** In place of an answer: the connection becomes a WebSocket, each text a frame. Only where the request wanted that. */
  readonly socket?: OpenStream;
  /** A planned fault of the connection, for which the host has to break its own rules. */
  readonly wire?: WireFault;
}

/** What a host does to a connection in place of, or while, writing the answer. */
export type WireFault =
  /** The connection is reset: at once, or after so many bytes of the body. */
  | { readonly kind: "reset"; readonly afterBytes?: number }
  /** It is closed without an answer. */
  | { readonly kind: "empty" }
  /** Nothing ever comes. */
  | { readonly kind: "hang"; readonly held: HeldConnection }
  /** It is closed after so many bytes of a body that was announced as longer. */
  | { readonly kind: "truncate"; readonly bytes: number }
  | { readonly kind: "malformed-chunk" }
  | { readonly kind: "not-http" }
  /** The body comes in pieces of so many bytes, each so many milliseconds after the one before. */
  | {
      readonly kind: "dribble";
      readonly bytes: number;
      readonly every: number;
      readonly held: HeldConnection;
    };

/**
 * To be called by a host that keeps a connection open: `cut` is what ends it when the world begins anew or is over. Gives
 * what the host calls when the connection has ended by itself.
 */
export type HeldConnection = (cut: () => void) => () => void;

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
  readonly search: string;
  /** As they came, with their secrets: these are taken out where they are shown. */
  readonly requestHeaders: MockRequest["headers"];
  readonly responseHeaders: MockResponse["headers"];
  readonly trace: Trace;
}
