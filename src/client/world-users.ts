import type { AdminClient } from "./admin-client.ts";
import type { AdminSchemas } from "./admin-types.ts";

/** The users of a world. */
export class WorldUsers {
  readonly #client: AdminClient;
  readonly #world: string;
  readonly #changed: () => Promise<unknown>;

  /** `changed` is run when others may be able to sign in. */
  constructor(client: AdminClient, world: string, changed: () => Promise<unknown>) {
    this.#client = client;
    this.#world = world;
    this.#changed = changed;
  }

  async list(): Promise<readonly AdminSchemas["User"][]> {
    const { users } = await this.#client.call("list-users", { world: this.#world });
    return users;
  }

  async add(user: AdminSchemas["NewUser"]): Promise<AdminSchemas["User"]> {
    const added = await this.#client.call("add-user", { world: this.#world, body: user });
    await this.#changed();
    return added;
  }

  /** A further token, which may expire. */
  async mintToken(order: AdminSchemas["NewToken"]): Promise<AdminSchemas["Token"]> {
    const token = await this.#client.call("mint-token", { world: this.#world, body: order });
    await this.#changed();
    return token;
  }
}
