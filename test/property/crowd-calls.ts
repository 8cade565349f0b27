import type { Answer, Call, HttpClient, Json, Method } from "../support/http-client.ts";
import type { CrowdWorld } from "./crowd-world.ts";

/** How a call names its world. */
export type Way = "path" | "header" | "token" | "all";

/** Calls to a world of a crowd that name it in one way, each with the statuses that the model leaves it. */
export class CrowdCalls {
  readonly #world: CrowdWorld;
  readonly #client: HttpClient;
  readonly #way: Way;

  constructor(world: CrowdWorld, client: HttpClient, way: Way) {
    this.#world = world;
    this.#client = client;
    this.#way = way;
  }

  async admin(method: Method, path: string, statuses: readonly number[], body?: object): Promise<Json> {
    return (await this.adminAnswer(method, path, statuses, body)).body;
  }

  adminAnswer(method: Method, path: string, statuses: readonly number[], body?: object): Promise<Answer> {
    const { id } = this.#world;
    const full = `/__admin${path}`;
    const query = `${full}${path.includes("?") ? "&" : "?"}world=${id}`;
    const ways: Readonly<Record<Way, { readonly path: string; readonly named: boolean }>> = {
      path: { path: `/w/${id}${full}`, named: false },
      header: { path: full, named: true },
      token: { path: query, named: false },
      all: { path: `/w/${id}${query}`, named: true },
    };
    const { path: asked, named } = ways[this.#way];
    const headers = named ? { "X-Mock-World": id } : {};
    const call = { method, path: asked, headers, ...(body === undefined ? {} : { body }) };
    return this.#ask(call, full, statuses);
  }

  /** `token`: olga's when left out. */
  api(
    method: Method,
    path: string,
    statuses: readonly number[],
    { token = this.#world.token, body }: { readonly token?: string; readonly body?: object } = {},
  ): Promise<Answer> {
    const { id } = this.#world;
    const full = `/api/v2${path}`;
    const isInPath = this.#way === "path" || this.#way === "all";
    const isInHeader = this.#way === "header" || this.#way === "all";
    const call = {
      method,
      path: isInPath ? `/w/${id}${full}` : full,
      headers: { "Coder-Session-Token": token, ...(isInHeader ? { "X-Mock-World": id } : {}) },
      ...(body === undefined ? {} : { body }),
    };
    return this.#ask(call, full, statuses);
  }

  check(holds: boolean, received: string): void {
    if (!holds) throw new Error(`World ${this.#world.id} did not expect ${received}`);
  }

  /** Holds what was seen to what the model has, in any order. */
  checkAll(seen: readonly unknown[], wanted: readonly unknown[]): void {
    const [one, other] = [seen, wanted].map((rows) =>
      JSON.stringify(rows.map((row) => JSON.stringify(row)).sort()),
    );
    this.check(one === other, `${one} instead of ${other}`);
  }

  async #ask(call: Call, inWorld: string, statuses: readonly number[]): Promise<Answer> {
    const answer = await this.#world.ask(this.#client, call, inWorld);
    const { status, text } = answer;
    this.check(statuses.includes(status), `${call.method} ${call.path}: ${status} ${text}`);
    return answer;
  }
}
