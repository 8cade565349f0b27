import type { ContractOperation } from "./contract.ts";

/** An operation under one of its servers' prefixes. */
export interface Route {
  readonly operation: ContractOperation;
  readonly prefix: string;
  /** Of the operation in the document, for messages. */
  readonly pointer: string;
}
