import type { WorldClient } from "./admin-client.ts";
import type { AdminSchemas } from "./admin-types.ts";

/** The snapshots of a world. To take one and to go back to it, the world itself has `snapshot` and `restore`. */
export class WorldSnapshots {
  readonly #client: WorldClient;

  constructor(client: WorldClient) {
    this.#client = client;
  }

  /** Oldest first. */
  async list(): Promise<readonly AdminSchemas["WorldSnapshot"][]> {
    const { snapshots } = await this.#client.call("list-snapshots");
    return snapshots;
  }

  get(name: string): Promise<AdminSchemas["WorldSnapshot"]> {
    return this.#client.call("get-snapshot", { path: { snapshot: name } });
  }

  async delete(name: string): Promise<void> {
    await this.#client.run("forget-snapshot", { path: { snapshot: name } });
  }

  /** What changed from one moment to another, or to now. */
  diff(from: string, to?: string): Promise<AdminSchemas["StateDiff"]> {
    return this.#client.call("diff-snapshots", { query: { from, to } });
  }
}
