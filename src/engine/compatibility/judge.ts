import type { Contract, ContractOperation, ResponseParts } from "../../contract/contract.ts";
import { isError, type Violation } from "../../contract/violation.ts";
import type { Query } from "../../operations/query.ts";
import type { Outcome } from "../journal/exchange.ts";
import type { Redactor } from "../journal/redact.ts";

/** An exchange with all that a contract looks at. */
export interface RecordedExchange {
  readonly id: string;
  /** Upper case. */
  readonly method: string;
  /** Percent-encoded, without query and without the prefix of a world. */
  readonly path: string;
  /** Percent-decoded, in order. */
  readonly query: Query;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
  readonly outcome: Outcome;
  readonly response: ResponseParts;
  /** For what is told of it. */
  readonly redactor: Redactor;
}

/** What another contract makes of an exchange. */
export type Judgement =
  | { readonly kind: "fine" }
  /** It has no such operation. */
  | { readonly kind: "missing" }
  /** The request would have been refused. */
  | { readonly kind: "refused"; readonly violations: readonly Violation[] }
  /** It could not have answered so. */
  | { readonly kind: "different"; readonly violations: readonly Violation[] };

/** Judges the request first: what is not let in gets no answer that could be compared. */
export function judge(contract: Contract, exchange: RecordedExchange): Judgement {
  const match = contract.match(exchange.method, exchange.path);
  if (match.kind !== "operation") return { kind: "missing" };
  const { query, headers, body } = exchange;
  const { violations } = contract.checkRequest(match.operation, {
    path: match.path,
    query,
    headers,
    body: { kind: "bytes", bytes: body },
  });
  const errors = violations.filter(isError);
  if (errors.length > 0) return { kind: "refused", violations: errors };
  return judgeResponse(contract, match.operation, exchange);
}

function judgeResponse(
  contract: Contract,
  operation: ContractOperation,
  { outcome, response }: RecordedExchange,
): Judgement {
  if (!isAnswerOfService(outcome)) return { kind: "fine" };
  const errors = contract.checkResponse(operation, response).violations.filter(isError);
  return errors.length === 0 ? { kind: "fine" } : { kind: "different", violations: errors };
}

/** Whether an answer is what the modelled service says. What the mock says by itself is of no contract. */
export function isAnswerOfService(outcome: Outcome): boolean {
  return ofService[outcome];
}

const ofService = {
  handled: true,
  refused: true,
  fallback: true,
  fault: false,
  "contract-request": false,
  "contract-response": false,
  "no-match": false,
  bug: false,
} as const satisfies Record<Outcome, boolean>;
