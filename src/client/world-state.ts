import type { AdminClient } from "./admin-client.ts";
import type { AdminSchemas } from "./admin-types.ts";

/** The state of a world as a scenario document. */
export class WorldState {
  readonly #client: AdminClient;
  readonly #world: string;
  readonly #changed: () => Promise<unknown>;

  /** `changed` is run when others may be able to sign in. */
  constructor(client: AdminClient, world: string, changed: () => Promise<unknown>) {
    this.#client = client;
    this.#world = world;
    this.#changed = changed;
  }

  /** What `replace`, another world's `state` and a scenario file take. */
  read(): Promise<AdminSchemas["Document"]> {
    return this.#client.call("get-state", { world: this.#world });
  }

  /** The text of a scenario file. */
  readYaml(): Promise<string> {
    return this.#client.text("get-state", { world: this.#world, query: { format: "yaml" } });
  }

  /** Begins anew from a document. One with mistakes changes nothing, and all of them are told. */
  async replace(document: AdminSchemas["Document"]): Promise<AdminSchemas["WorldSummary"]> {
    const summary = await this.#client.call("load-state", { world: this.#world, body: document });
    await this.#changed();
    return summary;
  }
}
