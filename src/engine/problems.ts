import type { Contract, ContractOperation, Miss } from "../contract/contract.ts";
import { isError, type Violation } from "../contract/violation.ts";
import type { Envelope } from "../operations/reply.ts";
import type { MockRequest, Outcome } from "./journal/exchange.ts";
import type { Policy } from "./policy.ts";

/** An answer that the mock itself gives, in the API's own envelope. */
export interface Problem {
  readonly outcome: Outcome;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Envelope;
}

/** A request that means no operation, explained. */
export function noMatch(request: { method: string; path: string }, match: Miss): Problem {
  switch (match.kind) {
    case "no-method":
      // The provider's router answers without a body; the Allow header says it all.
      return { outcome: "no-match", status: 405, headers: { Allow: match.allow.join(", ") } };
    case "bad-encoding":
      return {
        outcome: "no-match",
        status: 400,
        body: {
          message: "The path is not valid percent-encoding.",
          detail: `Mend the segment ${JSON.stringify(match.segment)}: a literal percent sign is written %25.`,
        },
      };
    case "no-path":
      return {
        outcome: "no-match",
        status: 404,
        body: { message: "Route not found.", detail: nearestPaths(request, match.nearest) },
      };
  }
}

function nearestPaths(
  { method, path }: { method: string; path: string },
  nearest: readonly string[],
): string {
  const asked = `${method} ${path} is no operation of this contract.`;
  return nearest.length === 0 ? asked : `${asked} Nearest: ${nearest.join(", ")}.`;
}

interface BrokenContract {
  readonly contract: Pick<Contract, "checkResponse">;
  readonly operation: ContractOperation;
  readonly policy: Policy;
}

/** A request that breaks the contract, refused under `enforce`: one validation for each violation. */
export function badRequest(
  { contract, operation, policy }: BrokenContract,
  violations: readonly Violation[],
): Problem {
  const errors = violations.filter(isError);
  const milder = policy.isFixed === true ? "" : " With --requests warn the mock answers as the API would.";
  const body = {
    message: `The request breaks the contract of ${operation.id} in ${errors.length} ${errors.length === 1 ? "place" : "places"}.`,
    detail: `Each validation below names one place.${milder}`,
    validations: errors.map((violation) => ({ field: fieldOf(violation), detail: describe(violation) })),
  };
  // provider: no operation on tasks has a 413; what is too large for one of them is a bad request like any other.
  const mayBe413 = errors.some(({ rule }) => rule === "body-size");
  const is413 = mayBe413 && contract.checkResponse(operation, { status: 413, body }).violations.length === 0;
  return { outcome: "contract-request", status: is413 ? 413 : 400, body };
}

/** A response of ours that breaks the contract, held back under `enforce`. */
export function badResponse(operation: ContractOperation, violations: readonly Violation[]): Problem {
  return {
    outcome: "contract-response",
    status: 500,
    body: {
      message: `The mock's own answer breaks the contract of ${operation.id}, so it was held back.`,
      detail: "This is a bug of the mock or of the scenario that it serves, not of the client.",
      validations: violations.map((violation) => ({
        field: fieldOf(violation),
        detail: describe(violation),
      })),
    },
  };
}

/** A page that may not call the API has tried to open a WebSocket. */
export function foreignPage({ headers }: Pick<MockRequest, "headers">): Problem {
  return {
    outcome: "no-match",
    status: 403,
    body: {
      message: "This page may not open a WebSocket.",
      detail: `Its origin is ${JSON.stringify(headers["origin"])}. Allow it with --cors ${headers["origin"]}.`,
    },
  };
}

/** Something of ours threw. What it was stands in the log, never in the answer. */
export function bug(): Problem {
  return {
    outcome: "bug",
    status: 500,
    body: {
      message: "The mock itself failed.",
      detail: "The state may be half changed: POST /__admin/reset starts anew. The log has the cause.",
    },
  };
}

/** `body/input`: where a violation is, as the envelope names it. */
export function fieldOf({ place, pointer }: Violation): string {
  return pointer === "" ? place : `${place}${pointer}`;
}

/** `expected …, received … (rule, place in the document)`: a violation as one line. */
export function describe(violation: Violation): string {
  const received = receivedOf(violation);
  const parts = received === undefined ? "" : `, received ${received}`;
  return `expected ${violation.expected}${parts} (${violation.rule}, ${violation.spec})`;
}

/** Something did come when a body as a whole is at fault, only nothing that is fit to be shown. */
function receivedOf({ rule, received }: Violation): string | undefined {
  if (received !== undefined) return received;
  switch (rule) {
    case "body-encoding":
    case "body-size":
      return undefined;
    case "body-syntax":
      return "the end of the body";
    case "body-undocumented":
      return "one";
    default:
      return "nothing";
  }
}
