import type { WorldClient } from "./admin-client.ts";
import type { AdminSchemas } from "./admin-types.ts";

/** Answers that use the freedom that their contract leaves. */
export class WorldExploring {
  readonly #client: WorldClient;

  constructor(client: WorldClient) {
    this.#client = client;
  }

  /** How far it has come. */
  get(): Promise<AdminSchemas["Exploring"]> {
    return this.#client.call("get-exploring");
  }

  begin(order?: AdminSchemas["ExploreOrder"]): Promise<AdminSchemas["Exploring"]> {
    return this.#client.call("begin-exploring", { body: order });
  }

  async end(): Promise<void> {
    await this.#client.run("end-exploring");
  }
}
