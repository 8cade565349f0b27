import type { AdminClient } from "./admin-client.ts";
import type { AdminSchemas } from "./admin-types.ts";

/** Answers that use the freedom that their contract leaves. */
export class WorldExploring {
  readonly #client: AdminClient;
  readonly #world: string;

  constructor(client: AdminClient, world: string) {
    this.#client = client;
    this.#world = world;
  }

  /** How far it has come. */
  get(): Promise<AdminSchemas["Exploring"]> {
    return this.#client.call("get-exploring", { world: this.#world });
  }

  begin(order?: AdminSchemas["ExploreOrder"]): Promise<AdminSchemas["Exploring"]> {
    return this.#client.call("begin-exploring", { world: this.#world, body: order });
  }

  async end(): Promise<void> {
    await this.#client.run("end-exploring", { world: this.#world });
  }
}
