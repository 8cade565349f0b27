import type { Contract } from "../contract/contract.ts";
import type { Reply } from "../operations/reply.ts";
import type { Served } from "./served.ts";

/** An answer that no operation documents. */
interface Unasked extends Pick<Served, "outcome" | "status">, Pick<Reply, "headers" | "body"> {}

/** Dresses such an answer in the envelope of the contract. */
export function solved({ contract }: { readonly contract: Contract }, answer: Unasked): Served {
  const bytes = answer.body === undefined ? undefined : contract.checkEnvelope(answer.body).bytes;
  return {
    outcome: answer.outcome,
    status: answer.status,
    headers: answer.headers ?? noHeaders,
    ...(bytes === undefined ? {} : { body: bytes }),
    violations: [],
  };
}

const noHeaders: Served["headers"] = {};
