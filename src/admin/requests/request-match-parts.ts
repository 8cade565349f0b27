import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../contract/json.ts";
import type { User } from "../../domain/directory.ts";
import type { World } from "../../domain/world.ts";
import type { Exchange } from "../../engine/journal/exchange.ts";
import type { Journal, KeptExchange } from "../../engine/journal/journal.ts";
import { parseQuery } from "../../engine/query.ts";
import { userOfToken } from "../../operations/authenticate.ts";
import { tokenOf } from "../../operations/credentials.ts";
import { headerText } from "./header-text.ts";
import { jsonOf, keptBody } from "./present-exchange-body.ts";

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
export function headerMiss(headers: Exchange["requestHeaders"], wanted: JsonObject): string | undefined {
  for (const [name, value] of Object.entries(wanted)) {
    const key = name.toLowerCase();
    const is = Object.hasOwn(headers, key) ? headers[key] : undefined;
    if (is === undefined) return `no header ${name}`;
    if (is !== value && headerText(is) !== value) return `another ${name}`;
  }
  return undefined;
}

/** The first query parameter that is not as wanted; of one that came more than once, any may be. */
export function queryMiss(search: string, wanted: JsonObject): string | undefined {
  const query = parseQuery(search);
  for (const [name, value] of Object.entries(wanted)) {
    const values = query.filter(([key]) => key === name).map(([, one]) => one);
    if (values.length === 0) return `no query parameter ${name}`;
    if (!values.some((one) => one === value)) return `another query parameter ${name}`;
  }
  return undefined;
}

/** Why a request's body does not hold what is wanted. */
export function bodyMiss(
  exchange: KeptExchange,
  { wanted, journal }: { readonly wanted: JsonValue; readonly journal: Journal },
): string | undefined {
  const body = keptBody(exchange, { journal, side: "request" });
  if (body === undefined) return "no body";
  if (body.bytes === undefined) return "a body that is not kept";
  if (body.isCut) return "a body that is not kept whole";
  const value = jsonOf(body);
  if (value === undefined) return "a body that is no JSON";
  return holds(value, wanted) ? undefined : "a body without what is wanted";
}

/** Objects may have more members than wanted, and those may have more; everything else has to be the same. */
function holds(value: JsonValue | undefined, wanted: JsonValue | undefined): boolean {
  if (isJsonObject(wanted)) {
    return (
      isJsonObject(value) &&
      Object.entries(wanted).every(
        ([name, member]) => Object.hasOwn(value, name) && holds(value[name], member),
      )
    );
  }
  if (isJsonArray(wanted)) {
    return (
      isJsonArray(value) &&
      value.length === wanted.length &&
      wanted.every((item, index) => holds(value[index], item))
    );
  }
  return value === wanted;
}
