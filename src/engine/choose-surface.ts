import type { Contract, Match } from "../contract/contract.ts";
import type { World } from "../domain/world.ts";
import { forCaller } from "../operations/operation.ts";
import type { MockRequest } from "./journal/exchange.ts";
import { matchInTurn } from "./match-in-turn.ts";
import type { Surface } from "./surface.ts";

/** A surface beside a world's own, whose operations nobody models: they take any user, and all their answers are made up. */
export function extensionSurface(contract: Contract): Surface<World> {
  const operation = forCaller(() => {
    throw new Error("Nothing answers for an operation that is not modelled.");
  });
  const operations = [...contract.operations.keys()].map((id) => [id, operation] as const);
  return { contract, operations: Object.fromEntries(operations), isExtension: true };
}

/** The surface that answers a request, with what the request means to it. */
export interface ChosenSurface {
  readonly surface: Surface<World>;
  readonly match: Match;
}

/** The world's own surface wherever it has the operation, else its companions, else the first extension that does. */
export function chooseSurface(
  own: Surface<World>,
  extensions: readonly Surface<World>[],
  request: Pick<MockRequest, "method" | "path">,
): ChosenSurface {
  const match = own.contract.match(request.method, request.path);
  if (match.kind === "operation") return { surface: own, match };
  const surfaces = own.companions === undefined ? extensions : [own.companions(), ...extensions];
  const added = surfaces.map(({ contract }) => contract);
  const joint = matchInTurn(own.contract, added, request);
  return { surface: surfaces.find((one) => one.contract === joint.contract) ?? own, match: joint.match };
}
