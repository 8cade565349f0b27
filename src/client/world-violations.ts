import type { WorldClient } from "./admin-client.ts";
import type { AdminSchemas, QueryOf } from "./admin-types.ts";
import { MockError } from "./mock-error.ts";
import { packageFolder } from "./package-folder.ts";

type Query = QueryOf<"list-violations">;

/** Where the contract was broken in a world since it began, and by whom. */
export class WorldViolations {
  readonly #client: WorldClient;

  constructor(client: WorldClient) {
    this.#client = client;
  }

  /** Newest first, with counts of all there was. */
  list(query: Query = {}): Promise<AdminSchemas["ViolationList"]> {
    return this.#client.call("list-violations", { query });
  }

  /** Throws with code `expectation` when there are errors that no planned fault caused, and explains each. */
  async expectNone(query: Omit<Query, "severity"> = {}): Promise<void> {
    const { violations } = await this.list({ limit: 1_000, ...query, severity: "error" });
    const found = violations.filter(({ fault }) => !fault);
    if (found.length === 0) return;
    const lines = found.map(
      ({ request, method, path, status, direction, place, pointer, explanation, page }) =>
        `  request ${request}, ${method} ${path}, answered with ${status}: ${direction} ${place}${pointer}: ${explanation} (${packageFolder}/${page})`,
    );
    const places = found.length === 1 ? "1 place" : `${found.length} places`;
    const head = `The contract was broken in ${places} in world ${JSON.stringify(this.#client.world)}:`;
    throw new MockError([head, ...lines].join("\n"), { code: "expectation" });
  }
}
