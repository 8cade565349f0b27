import type { CoveragePlan } from "./coverage/coverage-plan.ts";
import type { JsonObject, JsonValue } from "./json.ts";
import type { Verdicts } from "./schemas/verdicts.ts";
import type { Violation } from "./violation.ts";

/** One operation of an OpenAPI document. */
export interface ContractOperation {
  /** `operationId`, for example `list-ai-tasks`. */
  readonly id: string;
  /** Upper case. */
  readonly method: string;
  /** Path template without the server's prefix: `/tasks/{user}/{task}`. */
  readonly path: string;
  /** Whether the document declares a request body. Nothing else may be read from the wire as a body. */
  readonly takesBody: boolean;
}

/** An operation under one of its servers' prefixes. */
export interface Route {
  readonly operation: ContractOperation;
  readonly prefix: string;
  /** Of the operation in the document, for messages. */
  readonly pointer: string;
}

/** What a method and a path mean under a contract. */
export type Match =
  | {
      readonly kind: "operation";
      readonly operation: ContractOperation;
      /** Path parameters, percent-decoded. */
      readonly path: Readonly<Record<string, string>>;
    }
  | Miss;

/** Why a method and a path mean no operation. */
export type Miss =
  /** The path exists, the method does not: `allow` lists the documented ones, upper case, sorted. */
  | { readonly kind: "no-method"; readonly template: string; readonly allow: readonly string[] }
  /** No such path: `nearest` names up to three look-alikes as `GET /api/v2/tasks`, best first. */
  | { readonly kind: "no-path"; readonly nearest: readonly string[] }
  /** A path segment is not valid percent-encoding. */
  | { readonly kind: "bad-encoding"; readonly segment: string };

/** The body as it came in. The adapter has bounded it; `too-large` says by how much it was allowed to be. */
export type RawBody =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "too-large"; readonly limit: number };

export interface RequestParts {
  readonly path: Readonly<Record<string, string>>;
  /** Percent-decoded, in the order of the URL, repeated keys kept. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: RawBody;
}

/** A request body after decoding. `none`: zero bytes came, or the operation takes no body. */
export type DecodedBody =
  | { readonly kind: "none" }
  | { readonly kind: "json"; readonly value: JsonValue }
  /** Not JSON: `detail` says what and where. */
  | { readonly kind: "unreadable"; readonly detail: string }
  | { readonly kind: "too-large"; readonly limit: number };

export interface CheckedRequest {
  readonly violations: readonly Violation[];
  readonly body: DecodedBody;
}

export interface ResponseParts {
  readonly status: number;
  /** Absent: the response has no body. Values are plain JSON data, never mutated once handed over. */
  readonly body?: object;
  /** A JSON body that is neither an object nor a list. It is checked; to write it is the caller's affair. */
  readonly scalar?: JsonValue;
  /** The media type of a body that is not JSON; its content is the caller's. */
  readonly mediaType?: string;
}

export interface CheckedResponse {
  readonly violations: readonly Violation[];
  /** The body as it goes on the wire: JSON, UTF-8, one newline at the end; absent without a body. */
  readonly bytes?: Uint8Array;
}

/**
 * An OpenAPI document made executable. Its schemas have been looked through and are compiled as they are needed; one that
 * does not compile throws. Nothing "fails open".
 */
export interface Contract {
  readonly document: JsonObject;
  readonly operations: ReadonlyMap<string, ContractOperation>;
  /** Each operation under each prefix that it has. */
  readonly routes: readonly Route[];
  /** What of the document can be met; made when it is first looked at. */
  readonly coverage: CoveragePlan;
  match(method: string, path: string): Match;
  checkRequest(operation: ContractOperation, request: RequestParts): CheckedRequest;
  /**
   * Checks and serialises in one go, so that what was checked is what is sent. An object that passed once for a schema is
   * remembered by identity (and a list's items each for themselves), which is why bodies must be immutable.
   */
  checkResponse(operation: ContractOperation, response: ResponseParts): CheckedResponse;
  /** The same for an answer that belongs to no operation, against `components.schemas.Response`. */
  checkEnvelope(body: object): CheckedResponse;
}

export interface ContractOptions {
  /** Check and serialise every part anew each time and compare with what is remembered. For tests. */
  readonly recheck?: boolean;
  /** What a build made of the very same document; asked for when the first value is checked. */
  readonly verdicts?: () => Verdicts;
}
