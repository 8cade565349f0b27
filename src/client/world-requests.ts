import type { WorldClient } from "./admin-client.ts";
import type { AdminSchemas, QueryOf } from "./admin-types.ts";
import { type ExpectedCount, expectRequests } from "./expect-requests.ts";

type Match = AdminSchemas["RequestMatch"];
type Exchange = AdminSchemas["Exchange"];

export interface RequestWaitOptions {
  /** How many there have to be at least; 1 when left out. */
  readonly count?: number | undefined;
  /** A span of real time, `30s` when left out. */
  readonly timeout?: string | undefined;
  /** Calls the wait off. */
  readonly signal?: AbortSignal | undefined;
}

/** The journal of a world: what was asked of its API, and answered. Newest first. */
export class WorldRequests {
  readonly #client: WorldClient;

  constructor(client: WorldClient) {
    this.#client = client;
  }

  list(query: QueryOf<"list-requests"> = {}): Promise<AdminSchemas["ExchangeList"]> {
    return this.#client.json("list-requests", { query });
  }

  /** All that is kept of an exchange, by its number. */
  get(id: string): Promise<AdminSchemas["ExchangeDetail"]> {
    return this.#client.call("get-request", { path: { id } });
  }

  /** The line for a shell that repeats a request. */
  curl(id: string): Promise<string> {
    const query = { format: "curl" };
    return this.#client.text("get-request", { path: { id }, query });
  }

  /** HAR 1.2 of the exchanges that fit. */
  har(query: QueryOf<"list-requests"> = {}): Promise<AdminSchemas["Har"]> {
    const asked = { ...query, format: "har" };
    return this.#client.json("list-requests", { query: asked });
  }

  /** What the command `compat` reads. */
  journal(query: QueryOf<"list-requests"> = {}): Promise<AdminSchemas["JournalFile"]> {
    const asked = { ...query, format: "journal" };
    return this.#client.json("list-requests", { query: asked });
  }

  /** Those that fit, up to `limit`, 100 when left out; without a match all. */
  async find(
    match: Match = {},
    options: { readonly limit?: number | undefined } = {},
  ): Promise<readonly Exchange[]> {
    const body = { match, ...options };
    const { requests } = await this.#client.call("find-requests", { body });
    return requests;
  }

  /** How many fit; without a match all. */
  async count(match: Match = {}): Promise<number> {
    const { count } = await this.#client.call("count-requests", { body: { match } });
    return count;
  }

  /** Waits in real time until as many fit as wanted, those that came before too. Throws with code `timeout`. */
  async wait(match: Match, { signal, ...order }: RequestWaitOptions = {}): Promise<readonly Exchange[]> {
    const body = { match, ...order };
    const { requests } = await this.#client.call("wait-for-requests", { body, signal });
    return requests;
  }

  /**
   * Gives those that fit, without a match all. Throws with code `expectation` when there is none, or not exactly `count`, and says what came
   * instead and what it missed by.
   */
  expect(match: Match = {}, expected: ExpectedCount = {}): Promise<readonly Exchange[]> {
    return expectRequests(this.#client, match, expected);
  }

  /** What meant no operation or broke the contract of one, with what came near. */
  unmatched(query: QueryOf<"list-unmatched"> = {}): Promise<AdminSchemas["UnmatchedList"]> {
    return this.#client.call("list-unmatched", { query });
  }

  async clear(): Promise<void> {
    await this.#client.run("clear-requests");
  }
}
