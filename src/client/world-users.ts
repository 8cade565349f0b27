import type { WorldClient } from "./admin-client.ts";
import type { AdminSchemas } from "./admin-types.ts";

/** The users of a world. */
export class WorldUsers {
  readonly #client: WorldClient;
  readonly #changed: () => Promise<unknown>;

  /** `changed` is run when others may be able to sign in. */
  constructor(client: WorldClient, changed: () => Promise<unknown>) {
    this.#client = client;
    this.#changed = changed;
  }

  async list(): Promise<readonly AdminSchemas["User"][]> {
    const { users } = await this.#client.call("list-users");
    return users;
  }

  async add(user: AdminSchemas["NewUser"]): Promise<AdminSchemas["User"]> {
    const added = await this.#client.call("add-user", { body: user });
    await this.#changed();
    return added;
  }

  /** A further token, which may expire. */
  async mintToken(order: AdminSchemas["NewToken"]): Promise<AdminSchemas["Token"]> {
    const token = await this.#client.call("mint-token", { body: order });
    await this.#changed();
    return token;
  }
}
