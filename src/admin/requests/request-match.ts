import { isJsonObject, type JsonObject, type JsonValue } from "../../contract/json.ts";
import { type Outcome, outcomes } from "../../engine/journal/exchange.ts";
import type { KeptExchange } from "../../engine/journal/journal.ts";
import type { WorldHost } from "../../engine/worlds/world-host.ts";
import { isUser } from "../../operations/find.ts";
import { suggestion } from "../../scenarios/nearest-name.ts";
import type { AdminContext } from "../admin-context.ts";
import type { Complaint } from "../complain.ts";
import { hasOperation, operationsOf } from "../contracts-beside.ts";
import { numberField, textField, wordField } from "../fields.ts";
import { bodyMiss, headerMiss, isLikePattern, queryMiss, userOf } from "./request-match-parts.ts";
import { type WantedBody, type WantedMembers, wantedBody, wantedMembers } from "./wanted.ts";

/** What an exchange is to be; whatever is given has to hold together. */
export interface RequestMatch {
  readonly operation: string | undefined;
  /** Upper case. */
  readonly method: string | undefined;
  /** As the journal has it: percent-encoded, without query and without the prefix of a world. */
  readonly path: string | undefined;
  /** A path in which `*` and `{name}` are one segment each, and `**` at the end is any number. */
  readonly path_pattern: string | undefined;
  /** A status, or a class of them such as `4xx`. */
  readonly status: number | string | undefined;
  readonly outcome: Outcome | undefined;
  /** Username or id of the user who asked. */
  readonly user: string | undefined;
  /** Values by name, in any case. */
  readonly header: WantedMembers | undefined;
  readonly query: WantedMembers | undefined;
  /** What the body holds at least. */
  readonly body: WantedBody | undefined;
}

/** Cheap ones first: a body has to be read. */
const parts = [
  "operation",
  "method",
  "path",
  "path_pattern",
  "status",
  "outcome",
  "user",
  "header",
  "query",
  "body",
] as const satisfies (keyof RequestMatch)[];
type Part = (typeof parts)[number];

/** For a message: `"operation", "method", … and "body"`. */
export const matchParts = `${parts
  .slice(0, -1)
  .map((part) => JSON.stringify(part))
  .join(", ")} and "body"`;

/** Reads `match` of a body; undefined when it wants nothing. */
export function matchFrom({ match: given }: JsonObject): RequestMatch | undefined {
  const fields = isJsonObject(given) ? given : {};
  const match: RequestMatch = {
    operation: textField(fields, "operation"),
    method: textField(fields, "method")?.toUpperCase(),
    path: textField(fields, "path"),
    path_pattern: textField(fields, "path_pattern"),
    status: numberField(fields, "status") ?? textField(fields, "status"),
    outcome: wordField(fields, "outcome", outcomes),
    user: textField(fields, "user"),
    header: membersField(fields, "header"),
    query: membersField(fields, "query"),
    body: bodyField(Object.hasOwn(fields, "body") ? fields["body"] : undefined),
  };
  return parts.some((part) => match[part] !== undefined) ? match : undefined;
}

function membersField(fields: JsonObject, name: string): WantedMembers | undefined {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return isJsonObject(value) ? wantedMembers(value) : undefined;
}

function bodyField(value: JsonValue | undefined): WantedBody | undefined {
  return value === undefined ? undefined : wantedBody(value);
}

/** A complaint about an operation that neither the world's contract nor one beside it has; `field` is where it was named. */
export function unknownOperation(
  beside: Pick<AdminContext, "host" | "extensions">,
  { operation, field }: { readonly operation: string | undefined; readonly field: string },
): Complaint | undefined {
  if (operation === undefined || hasOperation(beside, operation)) return undefined;
  const known = operationsOf(beside);
  return {
    field,
    detail: `expected ${suggestion(operation, known)}, received ${JSON.stringify(operation)}`,
  };
}

/** Whether an exchange is all that is wanted; everything is without a match. */
export function fits(match: RequestMatch | undefined, exchange: KeptExchange, host: WorldHost): boolean {
  if (match === undefined) return true;
  return parts.every((part) => missOf(part, match, { exchange, host }) === undefined);
}

/** What is not as wanted, part by part, as `status 401 instead of 200`; none for an exchange that fits. */
export function misses(match: RequestMatch, exchange: KeptExchange, host: WorldHost): readonly string[] {
  return parts.map((part) => missOf(part, match, { exchange, host })).filter((miss) => miss !== undefined);
}

interface Looked {
  readonly exchange: KeptExchange;
  readonly host: WorldHost;
}

type Judge = (wanted: RequestMatch, looked: Looked) => string | undefined;

/** What of an exchange is not as wanted, for each part that is wanted. */
const judges: Readonly<Record<Part, Judge>> = {
  operation: ({ operation }, { exchange }) => instead("operation", exchange.operation, operation),
  method: ({ method }, { exchange }) => instead("method", exchange.method, method),
  path: ({ path }, { exchange }) => instead("path", exchange.path, path),
  outcome: ({ outcome }, { exchange }) => instead("outcome", exchange.outcome, outcome),
  status: ({ status }, { exchange }) =>
    statusFits(exchange.status, status) ? undefined : instead("status", exchange.status, status),
  path_pattern: ({ path_pattern: pattern = "" }, { exchange }) =>
    isLikePattern(exchange.path, pattern) ? undefined : instead("path", exchange.path, pattern),
  user: ({ user = "" }, { exchange, host }) => {
    const asked = userOf(exchange, host.world);
    return asked && isUser(asked, user) ? undefined : instead("user", asked?.username, user);
  },
  header: ({ header }, { exchange }) => header && headerMiss(exchange.requestHeaders, header),
  query: ({ query }, { exchange }) => query && queryMiss(exchange.search, query),
  body: ({ body }, { exchange, host }) => body && bodyMiss(exchange, { wanted: body, journal: host.journal }),
};

function missOf(part: Part, match: RequestMatch, looked: Looked): string | undefined {
  return match[part] === undefined ? undefined : judges[part](match, looked);
}

/** `4xx` is every status from 400 to 499. */
export function statusFits(status: number, wanted: number | string | undefined): boolean {
  const text = String(status);
  return text === String(wanted) || `${text.slice(0, 1)}xx` === wanted;
}

type Shown = string | number | undefined;

function instead(name: string, is: Shown, wanted: Shown): string | undefined {
  return is === wanted ? undefined : `${name} ${is ?? "none"} instead of ${wanted}`;
}

/** All that is wanted, as `operation list-ai-tasks, status 200`. */
export function shownMatch(match: RequestMatch): string {
  return parts
    .filter((part) => match[part] !== undefined)
    .map((part) => `${part} ${shownValue(match[part])}`)
    .join(", ");
}

function shownValue(value: RequestMatch[Part]): string {
  if (typeof value !== "object") return String(value);
  return typeof value.given === "string" ? value.given : JSON.stringify(value.given);
}
