import type { Contract, Match } from "../contract/contract.ts";
import type { World } from "../domain/world.ts";
import { forCaller } from "../operations/operation.ts";
import type { MockRequest } from "./exchange.ts";
import type { Surface } from "./world-host.ts";

/** A surface beside a world's own, whose operations nobody models: they take any user, and all their answers are made up. */
export function extensionSurface(contract: Contract): Surface<World> {
  const operation = forCaller(() => {
    throw new Error("Nothing answers for an operation that is not modelled.");
  });
  const operations = [...contract.operations.keys()].map((id) => [id, operation] as const);
  return { contract, operations: Object.fromEntries(operations), isExtension: true };
}

/** The surface that answers a request: the world's own wherever it has the operation, else the first extension that does. */
export function chooseSurface(
  own: Surface<World>,
  extensions: readonly Surface<World>[],
  { method, path }: Pick<MockRequest, "method" | "path">,
): Surface<World> {
  if (extensions.length === 0) return own;
  const kind = own.contract.match(method, path).kind;
  if (kind === "operation") return own;
  const having = (wanted: Match["kind"]) =>
    extensions.find(({ contract }) => contract.match(method, path).kind === wanted);
  return having("operation") ?? (kind === "no-path" ? having("no-method") : undefined) ?? own;
}
