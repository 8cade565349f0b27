import { firstOf, type Query } from "./query.ts";

/** The parts of a request in which a token may travel. */
export interface TokenPlaces {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: Query;
}

/**
 * The token of a request: the first that is not empty, in the provider's order: cookie, query `coder_session_token`,
 * header `Coder-Session-Token`, bearer token, query `access_token`.
 */
export function tokenOf(places: TokenPlaces): string | undefined {
  return (
    cookieNamed(places.headers["cookie"], "coder_session_token") ||
    firstOf(places.query, "coder_session_token") ||
    places.headers["coder-session-token"] ||
    bearerToken(places.headers["authorization"]) ||
    firstOf(places.query, "access_token") ||
    undefined
  );
}

/** The token of an `Authorization` header; undefined for another scheme. */
export function bearerToken(authorization: string | undefined): string | undefined {
  return authorization === undefined ? undefined : /^bearer +(.*)$/i.exec(authorization)?.[1]?.trim();
}

function cookieNamed(cookies: string | undefined, name: string): string | undefined {
  for (const cookie of cookies?.split(";") ?? []) {
    const [key, ...value] = cookie.trim().split("=");
    if (key === name) return value.join("=").replaceAll(/^"|"$/g, "");
  }
  return undefined;
}
