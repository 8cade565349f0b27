import type { JsonObject } from "../contract/json.ts";
import { type Exchange, type Outcome, outcomes } from "../engine/exchange.ts";
import { numberField, textField, wordField } from "./fields.ts";

/** What an exchange is to be; whatever is given has to hold together. */
export interface RequestMatch {
  readonly operation: string | undefined;
  /** Upper case. */
  readonly method: string | undefined;
  /** As the journal has it: percent-encoded, without query and without the prefix of a world. */
  readonly path: string | undefined;
  readonly status: number | undefined;
  readonly outcome: Outcome | undefined;
}

const parts = ["operation", "method", "path", "status", "outcome"] as const satisfies (keyof RequestMatch)[];

/** Reads `match` of a body; undefined when it wants nothing. */
export function matchFrom(fields: JsonObject): RequestMatch | undefined {
  const match: RequestMatch = {
    operation: textField(fields, "operation"),
    method: textField(fields, "method")?.toUpperCase(),
    path: textField(fields, "path"),
    status: numberField(fields, "status"),
    outcome: wordField(fields, "outcome", outcomes),
  };
  return parts.some((part) => match[part] !== undefined) ? match : undefined;
}

/** What is not as wanted, part by part, as `status 401 instead of 200`; none for an exchange that fits. */
export function misses(match: RequestMatch, exchange: Exchange): readonly string[] {
  return parts
    .filter((part) => match[part] !== undefined && match[part] !== exchange[part])
    .map((part) => `${part} ${exchange[part] ?? "none"} instead of ${match[part]}`);
}

/** All that is wanted, as `operation list-ai-tasks, status 200`. */
export function shownMatch(match: RequestMatch): string {
  return parts
    .filter((part) => match[part] !== undefined)
    .map((part) => `${part} ${match[part]}`)
    .join(", ");
}
