import { tokenOf } from "../../operations/credentials.ts";
import type { Query } from "../../operations/query.ts";
import type { MockRequest } from "../journal/exchange.ts";
import type { Problem } from "../problems.ts";
import type { WorldHost } from "./world-host.ts";
import type { Worlds } from "./worlds.ts";

/** The world that a request belongs to, and the request as that world sees it. */
export type Selected =
  | {
      readonly ok: true;
      readonly host: WorldHost;
      readonly request: MockRequest;
      readonly query: Query;
      /** The id by which the request names a world; undefined: it has ended up in the default one. */
      readonly named: string | undefined;
    }
  | { readonly ok: false; readonly problem: Problem };

/** One place of a request that names a world. */
interface Naming {
  readonly place: string;
  readonly id: string;
}

const tokenPlace = "the token";
const prefix = /^\/w\/([^/]*)(.*)$/s;
export const worldHeader = "x-mock-world";

/**
 * The world of a request: named by the path prefix `/w/<id>`, the header `X-Mock-World`, or the token that comes along,
 * else the default one. Places that disagree, and a world that is not there, end the request: it never silently reaches
 * a world that it did not mean.
 */
export function selectWorld(worlds: Worlds, request: MockRequest, query: Query): Selected {
  if (
    !worlds.mayMeanOthers &&
    request.headers[worldHeader] === undefined &&
    !request.path.startsWith("/w/")
  ) {
    return { ok: true, host: worlds.home, request, query, named: undefined };
  }
  const token = tokenOf({ headers: request.headers, query });
  const owner = token === undefined ? undefined : worlds.idOfToken(token);
  return found(worlds, { request, query }, owner === undefined ? [] : [{ place: tokenPlace, id: owner }]);
}

/**
 * The same for the admin API: its callers name a world by path, header or `?world=`, never by a user's token. The call that
 * makes a world may name it: a proxy before several mocks has nothing else to tell by where it is to be.
 */
export function selectAdminWorld(worlds: Worlds, request: MockRequest, query: Query): Selected {
  const inQuery = query.filter(([name]) => name === "world");
  return found(
    worlds,
    { request, query },
    inQuery.map(([, id]) => ({ place: "query parameter world", id })),
  );
}

function found(
  worlds: Worlds,
  { request, query }: { readonly request: MockRequest; readonly query: Query },
  others: readonly Naming[],
): Selected {
  const inPath = prefix.exec(request.path);
  const inHeader = request.headers[worldHeader];
  const namings: readonly Naming[] = [
    ...(inPath === null ? [] : [{ place: "the path", id: decoded(inPath[1] ?? "") }]),
    ...(inHeader === undefined ? [] : [{ place: "header X-Mock-World", id: inHeader }]),
    ...others,
  ];
  const rest = inPath === null ? request : { ...request, path: inPath[2] || "/" };
  const unknown = namings.find(({ id }) => worlds.get(id) === undefined);
  if (unknown !== undefined && !makesWorld(rest)) return { ok: false, problem: unknownWorld(unknown) };
  const [first] = namings;
  const stray = namings.find(({ id }) => id !== first?.id);
  if (first !== undefined && stray !== undefined) return { ok: false, problem: clash(first, stray) };
  const host = (first && worlds.get(first.id)) ?? worlds.home;
  return { ok: true, host, request: rest, query, named: first?.id };
}

function makesWorld({ method, path }: MockRequest): boolean {
  return method === "POST" && path === "/__admin/worlds";
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // No world has such an id, and the answer shows what came.
    return segment;
  }
}

function clash(one: Naming, other: Naming): Problem {
  const remedy =
    other.place === tokenPlace
      ? "Each world has tokens of its own: GET /__admin/worlds/{id} lists them."
      : "Name one of them, or the same in both places.";
  return {
    outcome: "no-match",
    status: 400,
    body: {
      message: "The request names two worlds.",
      detail:
        `${capital(one.place)} means world ${JSON.stringify(one.id)}, ${other.place} means world ${JSON.stringify(other.id)}. ` +
        remedy,
    },
  };
}

function unknownWorld({ place, id }: Naming): Problem {
  return {
    outcome: "no-match",
    status: 404,
    body: {
      message: `There is no world ${JSON.stringify(id)}.`,
      detail: `${capital(place)} names it. It was never made, was deleted, or nobody used it for longer than it lives. Make one with POST /__admin/worlds.`,
    },
  };
}

/** Under `--strict-worlds`, what names no world goes nowhere. */
export function unnamedWorld(): Problem {
  return {
    outcome: "no-match",
    status: 400,
    body: {
      message: "The request names no world.",
      detail:
        "The mock runs with --strict-worlds: name one by path (/w/{id}/...), by header X-Mock-World, or by a token of one of its users.",
    },
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
