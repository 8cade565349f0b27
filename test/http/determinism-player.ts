import type { Answer, HttpClient, Json, Method } from "../support/http-client.ts";

/** A world on a server, and how it is reached. */
export interface Place {
  /** Undefined: the default world. */
  readonly world: string | undefined;
  /** By username. */
  readonly tokens: Readonly<Record<string, string>>;
}

export interface Asked {
  /** Whose token goes along; nobody's when left out. */
  readonly as?: string;
  /** A token as it is, instead of a user's. */
  readonly token?: string;
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What belongs to the connection and not to the answer. */
const ofTheConnection: readonly string[] = ["connection", "keep-alive"];

/**
 * Makes calls in one world and writes down each with its answer, as text. The world is named by path, by header and by
 * token in turn, so that the way in plays no part.
 */
export class Player {
  readonly exchanges: string[] = [];
  readonly #client: HttpClient;
  readonly #place: Place;

  constructor(client: HttpClient, place: Place) {
    this.#client = client;
    this.#place = place;
  }

  /** A call of the API with a path below `/api/v2`, or below any prefix that it begins with. */
  async api(method: Method, path: string, asked: Asked = {}): Promise<Answer> {
    const token = asked.token ?? (asked.as === undefined ? undefined : this.#place.tokens[asked.as]);
    const headers = {
      ...(token === undefined ? {} : { "Coder-Session-Token": token }),
      ...asked.headers,
    };
    const full = path.startsWith("/api/") || path === "/" ? path : `/api/v2${path}`;
    const ways = token === undefined || asked.token !== undefined ? 2 : 3;
    return await this.#play(method, full, { ...asked, headers, ways });
  }

  /** A call of the admin API with a path below `/__admin`. */
  async admin(method: Method, path: string, body?: object | string): Promise<Json> {
    const asked = { ...(body === undefined ? {} : { body }), ways: 2 };
    return (await this.#play(method, `/__admin${path}`, asked)).body;
  }

  async #play(
    method: Method,
    path: string,
    { as, body, headers = {}, ways }: Asked & { readonly ways: number },
  ): Promise<Answer> {
    const { world } = this.#place;
    const way = world === undefined ? 2 : this.exchanges.length % ways;
    const answer = await this.#client.call({
      method,
      path: way === 0 ? `/w/${world}${path}` : path,
      headers: way === 1 && world !== undefined ? { "X-Mock-World": world, ...headers } : headers,
      ...(body === undefined ? {} : { body }),
    });
    this.exchanges.push(
      [
        `${method} ${path}${as === undefined ? "" : ` as ${as}`}`,
        ...(body === undefined ? [] : [`> ${typeof body === "string" ? body : JSON.stringify(body)}`]),
        String(answer.status),
        ...headerLines(answer),
        ...answer.text.trimEnd().split("\n"),
      ]
        .join("\n")
        .trimEnd(),
    );
    return answer;
  }
}

function headerLines({ headers }: Answer): readonly string[] {
  return Object.entries(headers)
    .filter(([name]) => !ofTheConnection.includes(name))
    .map(([name, value]) => `${name}: ${value}`)
    .sort();
}
