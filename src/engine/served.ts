import type { Violation } from "../contract/violation.ts";
import type { OpenStream } from "../operations/reply.ts";
import type { Outcome, WireFault } from "./journal/exchange.ts";

/** How a request ended, before it is dressed as a response. */
export interface Served {
  readonly outcome: Outcome;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Of the body or stream; JSON when left out. */
  readonly mediaType?: string;
  readonly stream?: OpenStream;
  /** In place of a body or stream: frames of a WebSocket. */
  readonly socket?: OpenStream;
  readonly violations: readonly Violation[];
  /** What becomes of the connection in place of a plain answer. */
  readonly wire?: WireFault;
}
