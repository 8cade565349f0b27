import type { WorldClient } from "./admin-client.ts";
import type { AdminSchemas } from "./admin-types.ts";

type Fault = AdminSchemas["Fault"];

/** What is planned to go wrong in a world. */
export class WorldFaults {
  readonly #client: WorldClient;

  constructor(client: WorldClient) {
    this.#client = client;
  }

  add(fault: AdminSchemas["NewFault"]): Promise<Fault> {
    return this.#client.call("plan-fault", { body: fault });
  }

  async list(): Promise<readonly Fault[]> {
    const { faults } = await this.#client.call("list-faults");
    return faults;
  }

  /** A fault by its name, with how often it has hit. */
  get(name: string): Promise<Fault> {
    return this.#client.call("get-fault", { path: { fault: name } });
  }

  /** Removes a fault by its name. */
  async delete(name: string): Promise<void> {
    await this.#client.run("remove-fault", { path: { fault: name } });
  }

  /** Removes all. */
  async clear(): Promise<void> {
    await this.#client.run("clear-faults");
  }

  /** Keeps all, and counts anew. */
  async reset(): Promise<readonly Fault[]> {
    const { faults } = await this.#client.call("recount-faults");
    return faults;
  }
}
