import type { AdminClient } from "./admin-client.ts";
import type { AdminSchemas } from "./admin-types.ts";

type Fault = AdminSchemas["Fault"];

/** What is planned to go wrong in a world. */
export class WorldFaults {
  readonly #client: AdminClient;
  readonly #world: string;

  constructor(client: AdminClient, world: string) {
    this.#client = client;
    this.#world = world;
  }

  add(fault: AdminSchemas["NewFault"]): Promise<Fault> {
    return this.#client.call("plan-fault", { world: this.#world, body: fault });
  }

  async list(): Promise<readonly Fault[]> {
    const { faults } = await this.#client.call("list-faults", { world: this.#world });
    return faults;
  }

  /** A fault by its name, with how often it has hit. */
  get(name: string): Promise<Fault> {
    return this.#client.call("get-fault", { world: this.#world, path: { fault: name } });
  }

  /** Removes a fault by its name. */
  async delete(name: string): Promise<void> {
    await this.#client.run("remove-fault", { world: this.#world, path: { fault: name } });
  }

  /** Removes all. */
  async clear(): Promise<void> {
    await this.#client.run("clear-faults", { world: this.#world });
  }

  /** Keeps all, and counts anew. */
  async reset(): Promise<readonly Fault[]> {
    const { faults } = await this.#client.call("recount-faults", { world: this.#world });
    return faults;
  }
}
