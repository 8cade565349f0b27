import type { AdminClient } from "./admin-client.ts";
import type { AdminSchemas } from "./admin-types.ts";

/** The snapshots of a world. To take one and to go back to it, the world itself has `snapshot` and `restore`. */
export class WorldSnapshots {
  readonly #client: AdminClient;
  readonly #world: string;

  constructor(client: AdminClient, world: string) {
    this.#client = client;
    this.#world = world;
  }

  /** Oldest first. */
  async list(): Promise<readonly AdminSchemas["WorldSnapshot"][]> {
    const { snapshots } = await this.#client.call("list-snapshots", { world: this.#world });
    return snapshots;
  }

  get(name: string): Promise<AdminSchemas["WorldSnapshot"]> {
    return this.#client.call("get-snapshot", { world: this.#world, path: { snapshot: name } });
  }

  async delete(name: string): Promise<void> {
    await this.#client.run("forget-snapshot", { world: this.#world, path: { snapshot: name } });
  }

  /** What changed from one moment to another, or to now. */
  diff(from: string, to?: string): Promise<AdminSchemas["StateDiff"]> {
    return this.#client.call("diff-snapshots", { world: this.#world, query: { from, to } });
  }
}
