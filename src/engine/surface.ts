import type { Contract } from "../contract/contract.ts";
import type { Operation } from "../operations/operation.ts";

/** A contract with the operations that answer for it. */
export interface Surface<Context> {
  readonly contract: Contract;
  /** By operation id. */
  readonly operations: Readonly<Record<string, Operation<Context> | undefined>>;
  /** What clients call beside it; made when it is first asked for. */
  readonly companions?: (() => Surface<Context>) | undefined;
  /** Whether the contract is one that was added to the API's: who may call is decided and worded by the API all the same. */
  readonly isExtension?: boolean;
}
