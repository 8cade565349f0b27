import type { WorldClient } from "./admin-client.ts";
import type { AdminSchemas, QueryOf } from "./admin-types.ts";

/** What of the contract was seen: in the world since it began, or with scope `all` everywhere since the start. */
export class WorldCoverage {
  readonly #client: WorldClient;

  constructor(client: WorldClient) {
    this.#client = client;
  }

  get(query: QueryOf<"get-coverage"> = {}): Promise<AdminSchemas["Coverage"]> {
    return this.#client.call("get-coverage", { query });
  }

  /** The text of a report for people or tools. */
  report(
    format: "html" | "junit" | "text" | "markdown",
    query: QueryOf<"get-coverage"> = {},
  ): Promise<string> {
    return this.#client.text("get-coverage", { query: { ...query, format } });
  }

  /** Counts anew. */
  async clear(query: QueryOf<"clear-coverage"> = {}): Promise<void> {
    await this.#client.run("clear-coverage", { query });
  }
}
