import type { Contract, ContractOperation, Miss } from "../contract/contract.ts";
import type { components } from "../contract/generated/admin.ts";
import type { Exchange } from "../engine/exchange.ts";
import type { Redactor } from "../engine/redact.ts";
import { pathDifferences } from "./request-path-differences.ts";

type NearMiss = components["schemas"]["NearMiss"];
type Difference = components["schemas"]["Difference"];

/** The operations that an exchange may have meant, nearest first, each with what it would have taken. */
export function nearMisses(
  exchange: Exchange,
  { contract, redactor }: { readonly contract: Contract; readonly redactor: Redactor },
): readonly NearMiss[] {
  const match = contract.match(exchange.method, exchange.path);
  if (match.kind === "operation") return [missOf(match.operation, violationsOf(exchange, redactor))];
  return candidates(match, contract).map(({ operation, template }) =>
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
function violationsOf({ violations, outcome }: Exchange, redactor: Redactor): readonly Difference[] {
  if (outcome === "no-match") return [{ place: "world", expected: "the name of a world" }];
  return violations
    .filter(({ direction, severity }) => direction === "request" && severity === "error")
    .map(({ place, pointer, expected, received }) =>
      redacted(
        { place: `${place}${pointer}`, expected, ...(received === undefined ? {} : { received }) },
        redactor,
      ),
    );
}

function redacted({ place, expected, received }: Difference, redactor: Redactor): Difference {
  return {
    place: redactor.text(place),
    expected,
    ...(received === undefined ? {} : { received: redactor.cutText(received) }),
  };
}

interface Candidate {
  readonly operation: ContractOperation;
  /** Path template with the server's prefix. */
  readonly template: string;
}

function candidates(miss: Miss, contract: Contract): readonly Candidate[] {
  switch (miss.kind) {
    case "bad-encoding":
      return [];
    case "no-method":
      return miss.allow.flatMap((method) => candidateFor({ method, template: miss.template }, contract));
    case "no-path":
      return miss.nearest.flatMap((name) => {
        const [method = "", template = ""] = name.split(" ");
        return candidateFor({ method, template }, contract);
      });
  }
}

function candidateFor(
  { method, template }: { readonly method: string; readonly template: string },
  { operations }: Contract,
): readonly Candidate[] {
  const fitting = [...operations.values()].filter(
    (operation) => operation.method === method && template.endsWith(operation.path),
  );
  // `/users/{user}` ends with `/{user}`, too: the longest path is the operation's own.
  const [operation] = fitting.sort((one, other) => other.path.length - one.path.length);
  return operation === undefined ? [] : [{ operation, template }];
}

function methodDifference(received: string, expected: string): readonly Difference[] {
  return received === expected ? [] : [{ place: "method", expected, received }];
}
