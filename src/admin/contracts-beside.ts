import type { Contract } from "../contract/contract.ts";
import type { AdminContext } from "./admin-context.ts";

type Beside = Pick<AdminContext, "host" | "extensions">;

/** What is answered beside a world's own contract, in the order in which it is tried: its companions, then what was added. */
export function contractsBeside({ host, extensions = [] }: Beside): readonly Contract[] {
  const companions = host.surface.companions?.().contract;
  return companions === undefined ? extensions : [companions, ...extensions];
}

/** Whether a world answers for an operation. The companions are not made for one that is found without them. */
export function hasOperation(beside: Beside, operation: string): boolean {
  const has = ({ operations }: Contract) => operations.has(operation);
  return has(beside.host.surface.contract) || contractsBeside(beside).some(has);
}

/** Ids of all operations that a world answers for. */
export function operationsOf(beside: Beside): readonly string[] {
  const contracts = [beside.host.surface.contract, ...contractsBeside(beside)];
  return contracts.flatMap(({ operations }) => [...operations.keys()]);
}
