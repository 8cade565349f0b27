import type { User } from "../../domain/directory.ts";
import type { World } from "../../domain/world.ts";
import type { Exchange } from "../../engine/journal/exchange.ts";
import type { Journal, KeptExchange } from "../../engine/journal/journal.ts";
import { parseQuery } from "../../engine/query.ts";
import { userOfToken } from "../../operations/authenticate.ts";
import { tokenOf } from "../../operations/credentials.ts";
import { headerText } from "./header-text.ts";
import { jsonOf, keptBody } from "./present-exchange-body.ts";
import type { WantedBody, WantedMembers } from "./wanted.ts";

/** Whether a path has the segments of a pattern: `*` and `{name}` are any one, `**` at the end is what is left. */
export function isLikePattern(path: string, pattern: string): boolean {
  const segments = path.split("/");
  const wanted = pattern.split("/");
  const isOpen = wanted.at(-1) === "**";
  const fixed = isOpen ? wanted.slice(0, -1) : wanted;
  if (isOpen ? segments.length < fixed.length : segments.length !== fixed.length) return false;
  return fixed.every((one, index) => isAny(one) || one === segments[index]);
}

function isAny(segment: string): boolean {
  return segment === "*" || (segment.startsWith("{") && segment.endsWith("}"));
}

/** The user whose token came along, good or not. */
export function userOf({ requestHeaders, search }: Exchange, world: World): User | undefined {
  const token = tokenOf({ headers: requestHeaders, query: parseQuery(search) });
  return token === undefined ? undefined : userOfToken(world, token);
}

/** The first header that is not as wanted. Values are not shown: they may be secrets. */
export function headerMiss(
  headers: Exchange["requestHeaders"],
  { members }: WantedMembers,
): string | undefined {
  for (const [name, value] of members) {
    const key = name.toLowerCase();
    const is = Object.hasOwn(headers, key) ? headers[key] : undefined;
    if (is === undefined) return `no header ${name}`;
    if (is !== value && headerText(is) !== value) return `another ${name}`;
  }
  return undefined;
}

/** The first query parameter that is not as wanted; of one that came more than once, any may be. */
export function queryMiss(search: string, { members }: WantedMembers): string | undefined {
  const values = valuesByName(search);
  for (const [name, value] of members) {
    const those = values.get(name);
    if (those === undefined) return `no query parameter ${name}`;
    if (typeof value !== "string" || !those.has(value)) return `another query parameter ${name}`;
  }
  return undefined;
}

function valuesByName(search: string): ReadonlyMap<string, ReadonlySet<string>> {
  const values = new Map<string, Set<string>>();
  for (const [name, value] of parseQuery(search)) {
    const those = values.get(name);
    if (those === undefined) values.set(name, new Set([value]));
    else those.add(value);
  }
  return values;
}

/** Why a request's body does not hold what is wanted. */
export function bodyMiss(
  exchange: KeptExchange,
  { wanted, journal }: { readonly wanted: WantedBody; readonly journal: Journal },
): string | undefined {
  const body = keptBody(exchange, { journal, side: "request" });
  if (body === undefined) return "no body";
  if (body.bytes === undefined) return "a body that is not kept";
  if (body.isCut) return "a body that is not kept whole";
  const value = jsonOf(body);
  if (value === undefined) return "a body that is no JSON";
  return wanted.isHeldBy(value) ? undefined : "a body without what is wanted";
}
