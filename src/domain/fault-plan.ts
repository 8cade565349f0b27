import type { Instant } from "./instant.ts";

export const faultKinds = [
  "delay",
  "status",
  "reset",
  "empty",
  "hang",
  "truncate",
  "malformed-chunk",
  "not-http",
  "dribble",
  "cut-json",
  "wrong-content-type",
  "break-contract",
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** How long an answer is held up, in real milliseconds. */
export type DelayTime =
  /** Evenly spread; the same ends make it fixed. */
  | { readonly kind: "uniform"; readonly least: number; readonly most: number }
  /** What networks do: half of it below the median, with a long tail; `sigma` says how long. */
  | { readonly kind: "log-normal"; readonly median: number; readonly sigma: number };

export const contractChanges = ["wrong-type", "null", "missing"] as const;
/** What becomes of the value at the place where an answer is made to break its contract. */
export type ContractChange = (typeof contractChanges)[number];

/** What a status comes with, in place of the API's own envelope. */
export type FaultBody =
  | { readonly kind: "json"; readonly value: object }
  | { readonly kind: "text"; readonly text: string; readonly mediaType: string };

/** What goes wrong. Sizes are bytes, spans are real milliseconds; what is undefined is chosen when it happens. */
export type Fault =
  | { readonly kind: "delay"; readonly time: DelayTime }
  | {
      readonly kind: "status";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: FaultBody | undefined;
    }
  | { readonly kind: "reset"; readonly afterBytes: number | undefined }
  | { readonly kind: "empty" }
  | { readonly kind: "hang" }
  | { readonly kind: "truncate"; readonly bytes: number | undefined }
  | { readonly kind: "malformed-chunk" }
  | { readonly kind: "not-http" }
  | { readonly kind: "dribble"; readonly bytes: number; readonly every: number }
  | { readonly kind: "cut-json"; readonly bytes: number | undefined }
  | { readonly kind: "wrong-content-type"; readonly mediaType: string }
  | {
      readonly kind: "break-contract";
      /** JSON pointer into the body. */
      readonly pointer: string | undefined;
      readonly change: ContractChange | undefined;
    };

/** Which requests a fault is about; whatever is given has to hold. */
export interface FaultMatch {
  readonly operation: string | undefined;
  /** Upper case. */
  readonly method: string | undefined;
  /** Percent-encoded, without the prefix of a world; `*` stands for anything. */
  readonly path: string | undefined;
  /** Username or id of the caller. */
  readonly user: string | undefined;
  /** Name or id of the task that the path names. */
  readonly task: string | undefined;
  /** By name in lower case; `*` in a value stands for anything. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** An end of the window of a fault: a number of matching requests, or an instant of the world's clock. */
export type FaultBound =
  | { readonly kind: "count"; readonly count: number }
  | { readonly kind: "instant"; readonly at: Instant };

/** Which of the matching requests are hit; whatever is given has to hold. */
export interface FaultWhen {
  /** The window. The other numbers count the matching requests in it, from 1. */
  readonly after: FaultBound | undefined;
  readonly until: FaultBound | undefined;
  readonly nth: number | undefined;
  readonly first: number | undefined;
  readonly every: number | undefined;
  /** Above 0, at most 1. */
  readonly probability: number | undefined;
}

/** A failure that somebody planned. Nothing changes one. */
export interface FaultPlan {
  readonly name: string;
  readonly match: FaultMatch;
  readonly when: FaultWhen;
  readonly fault: Fault;
  /** The record that it was read from, its name filled in: what is shown and saved. */
  readonly written: FaultRecord;
}

/** A plan as people write it; docs/faults.md explains the keys. */
export interface FaultRecord {
  readonly name: string;
  readonly match: object;
  readonly when: object;
  readonly fault: object;
}
