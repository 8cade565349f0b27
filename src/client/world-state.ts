import type { WorldClient } from "./admin-client.ts";
import type { AdminSchemas } from "./admin-types.ts";

/** The state of a world as a scenario document. */
export class WorldState {
  readonly #client: WorldClient;
  readonly #changed: () => Promise<unknown>;

  /** `changed` is run when others may be able to sign in. */
  constructor(client: WorldClient, changed: () => Promise<unknown>) {
    this.#client = client;
    this.#changed = changed;
  }

  /** What `replace`, another world's `state` and a scenario file take. */
  read(): Promise<AdminSchemas["Document"]> {
    return this.#client.call("get-state");
  }

  /** The text of a scenario file. */
  readYaml(): Promise<string> {
    return this.#client.text("get-state", { query: { format: "yaml" } });
  }

  /** Begins anew from a document. One with mistakes changes nothing, and all of them are told. */
  async replace(document: AdminSchemas["Document"]): Promise<AdminSchemas["WorldSummary"]> {
    const summary = await this.#client.call("load-state", { body: document });
    await this.#changed();
    return summary;
  }
}
