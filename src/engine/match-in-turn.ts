import type { Contract, Match, Miss } from "../contract/contract.ts";
import { nearestRoutes } from "../contract/nearest-routes.ts";
import type { MockRequest } from "./journal/exchange.ts";

type Asked = Pick<MockRequest, "method" | "path">;

/** What a request means, and the contract that says so. */
export interface MatchInTurn {
  readonly contract: Contract;
  readonly match: Match;
}

/**
 * What a request means to contracts that are asked one after the other: an operation of the first that has it. Else all of them
 * tell together which methods the path has, or which paths are like it.
 */
export function matchInTurn(own: Contract, added: readonly Contract[], request: Asked): MatchInTurn {
  const { method, path } = request;
  const match = own.match(method, path);
  if (match.kind === "operation" || added.length === 0) return { contract: own, match };
  const misses = [match];
  for (const contract of added) {
    const other = contract.match(method, path);
    if (other.kind === "operation") return { contract, match: other };
    misses.push(other);
  }
  return { contract: own, match: joined(misses) ?? lookAlikes([own, ...added], request) };
}

/** Undefined when no contract has the path. */
function joined(misses: readonly Miss[]): Miss | undefined {
  const paths = misses.filter((miss) => miss.kind === "no-method");
  const [first] = paths;
  if (first === undefined) return misses.find(({ kind }) => kind === "bad-encoding");
  return { ...first, allow: [...new Set(paths.flatMap(({ allow }) => allow))].sort() };
}

function lookAlikes(contracts: readonly Contract[], request: Asked): Miss {
  const routes = contracts.flatMap((contract) => contract.routes);
  return { kind: "no-path", nearest: nearestRoutes(routes, request) };
}
