import type { Contract, ContractOperation, DecodedBody, Match } from "../contract/contract.ts";
import type { PathParameters, WhenGone } from "../operations/operation.ts";
import type { Query } from "../operations/query.ts";
import type { Follow, OpenStream, Reply } from "../operations/reply.ts";
import type { MockRequest } from "./journal/exchange.ts";
import type { Policy } from "./policy.ts";
import type { Problem } from "./problems.ts";
import type { Served } from "./served.ts";
import type { Trace } from "./trace.ts";

/** A request on its way. */
export interface Way {
  /** What the request means to the contract that serves it. */
  readonly match: Match;
  readonly request: MockRequest;
  readonly query: Query;
  readonly policy: Policy;
  readonly trace: Trace;
  /** Has something run when the client goes away before it is answered. Absent where nobody can tell. */
  readonly whenGone?: WhenGone | undefined;
  /** Called along the way; the admin API has none. */
  readonly hooks?: Hooks | undefined;
}

/** A request that has come to its operation. */
export interface AtOperation extends Omit<Way, "match"> {
  readonly contract: Contract;
  readonly operation: ContractOperation;
  /** Percent-decoded. */
  readonly path: PathParameters;
}

/** What stands in for an operation, or why nothing can. */
export type StandIn =
  | { readonly kind: "reply"; readonly reply: Reply }
  | { readonly kind: "problem"; readonly problem: Problem };

export interface Exchanged {
  /** What the request brought; absent when it was answered before that was looked at, or broke the contract. */
  readonly body?: DecodedBody | undefined;
  readonly reply: Pick<Reply, "status" | "body" | "text" | "stream">;
}

/** What the engine calls as a request passes. The admin API has none of it. Undefined throughout: nothing is done. */
export interface Hooks {
  /** A planned fault may hold the request up, or answer in place of all that lies behind it. */
  before(at: AtOperation): Promise<Served | undefined> | undefined;
  /** What answers in place of the operation when the request prefers that, whatever the state is. */
  instead(at: AtOperation): (() => Promise<StandIn>) | undefined;
  /** What tells a client from here on what is new. */
  open(follow: Follow): OpenStream;
  /** The reply as it goes on: an exploring world uses the freedom of its contract. */
  vary(at: AtOperation, reply: Reply): Reply;
  /** A planned fault may spoil what was checked. */
  spoil(at: AtOperation, served: Served): Served;
  /** Told of every answer that an operation gives, or that is given in its place. */
  note(at: AtOperation, exchanged: Exchanged): void;
}
