import type { Contract, ContractOperation, Miss } from "../../contract/contract.ts";
import type { components } from "../../contract/generated/admin.ts";
import type { Exchange } from "../../engine/journal/exchange.ts";
import type { Redactor } from "../../engine/journal/redact.ts";
import { matchInTurn } from "../../engine/match-in-turn.ts";
import { pathDifferences } from "./request-path-differences.ts";

type NearMiss = components["schemas"]["NearMiss"];
type Difference = components["schemas"]["Difference"];

export interface NearMissOptions {
  /** The world's. */
  readonly own: Contract;
  /** Those beside it, in the order in which they are tried. */
  readonly added: readonly Contract[];
  readonly redactor: Redactor;
}

/** The operations that an exchange may have meant, nearest first, each with what it would have taken. */
export function nearMisses(
  exchange: Exchange,
  { own, added, redactor }: NearMissOptions,
): readonly NearMiss[] {
  const { match } = matchInTurn(own, added, exchange);
  if (match.kind === "operation") return [missOf(match.operation, violationsOf(exchange, redactor))];
  return candidates(match, { exchange, contracts: [own, ...added] }).map(({ operation, template }) =>
    missOf(operation, [
      ...methodDifference(exchange.method, operation.method),
      ...pathDifferences(exchange.path, template).map((difference) => redacted(difference, redactor)),
    ]),
  );
}

function missOf({ id, method, path }: ContractOperation, differences: readonly Difference[]): NearMiss {
  return { operation: id, method, path, differences };
}

/** What a request to an operation that exists did not get right. */
function violationsOf(exchange: Exchange, redactor: Redactor): readonly Difference[] {
  const { violations, outcome } = exchange;
  if (outcome === "no-match") return [unmetWish(exchange)];
  return violations
    .filter(({ direction, severity }) => direction === "request" && severity === "error")
    .map((violation) => redactor.violation(violation))
    .map(({ place, pointer, expected, received }) => ({
      place: `${place}${pointer}`,
      expected,
      ...(received === undefined ? {} : { received }),
    }));
}

/** An operation was meant and none was called: the world was not named, or what was preferred cannot be had. */
function unmetWish({ operation, status }: Exchange): Difference {
  if (operation === undefined) return { place: "world", expected: "the name of a world" };
  const expected =
    status === 404
      ? "a status and an example that the contract has"
      : "a code, example or dynamic that can be read";
  return { place: "preference", expected };
}

function redacted({ place, expected, received }: Difference, redactor: Redactor): Difference {
  return {
    place: redactor.text(place),
    expected,
    ...(received === undefined ? {} : { received: redactor.text(received) }),
  };
}

interface Candidate {
  readonly operation: ContractOperation;
  /** Path template with the server's prefix. */
  readonly template: string;
}

interface Searched {
  readonly exchange: Exchange;
  readonly contracts: readonly Contract[];
}

function candidates(miss: Miss, { exchange, contracts }: Searched): readonly Candidate[] {
  switch (miss.kind) {
    case "bad-encoding":
      return [];
    case "no-method":
      // Each contract may have names of its own for the parameters of the path.
      return contracts.flatMap((contract) => {
        const match = contract.match(exchange.method, exchange.path);
        if (match.kind !== "no-method") return [];
        const { template, allow } = match;
        return allow.flatMap((method) => candidateFor({ method, template }, [contract]));
      });
    case "no-path":
      return miss.nearest.flatMap((name) => {
        const [method = "", template = ""] = name.split(" ");
        return candidateFor({ method, template }, contracts);
      });
  }
}

function candidateFor(
  { method, template }: { readonly method: string; readonly template: string },
  contracts: readonly Contract[],
): readonly Candidate[] {
  const route = contracts
    .flatMap(({ routes }) => routes)
    .find(
      ({ operation, prefix }) => operation.method === method && `${prefix}${operation.path}` === template,
    );
  return route === undefined ? [] : [{ operation: route.operation, template }];
}

function methodDifference(received: string, expected: string): readonly Difference[] {
  return received === expected ? [] : [{ place: "method", expected, received }];
}
