import type { AdminSchemas } from "./admin-types.ts";
import { MockError } from "./mock-error.ts";
import { MockWorld, type WorldPlace } from "./mock-world.ts";
import { refuseNoObject } from "./refuse-no-object.ts";

/** A new world: what is left out is as the mock was started with. */
export interface NewWorldOptions extends Omit<AdminSchemas["NewWorld"], "clock"> {
  /** The mode alone, or more. */
  readonly clock?: AdminSchemas["ClockMode"] | AdminSchemas["NewClock"] | undefined;
}

/** A mock: its default world, and as many others as tests need. */
export class MockServer extends MockWorld {
  readonly #made = new Set<MockWorld>();
  readonly #making = new Set<Promise<MockWorld>>();

  /** Where its admin API is. */
  get adminUrl(): string {
    return `${this.client.url}/__admin`;
  }

  /** What others have to show to the admin API; undefined when it asks for nothing. */
  get adminToken(): string | undefined {
    return this.client.adminToken;
  }

  /** Makes a world, which ends with its scope: `await using world = await mock.world()`. */
  world(order: NewWorldOptions = {}): Promise<MockWorld> {
    const making = this.#make(order);
    this.#making.add(making);
    return making.finally(() => this.#making.delete(making));
  }

  async #make(order: NewWorldOptions): Promise<MockWorld> {
    refuseNoObject(order, "world(options)");
    const { clock, ...options } = order;
    const body: AdminSchemas["NewWorld"] = {
      ...options,
      ...(clock === undefined ? {} : { clock: typeof clock === "string" ? { mode: clock } : clock }),
    };
    // Named beside the body, too: a proxy before several mocks sends the call where the world belongs.
    const { id, tokens } = await this.client.call("create-world", { body, world: options.id });
    let ended: Promise<void> | undefined;
    const place = this.#placeOf(id, tokens, () => {
      ended ??= this.#end(world);
      return ended;
    });
    const world = new MockWorld(this.client, place);
    this.#made.add(world);
    return world;
  }

  /** A world that is there. It stays when this hand on it is closed. */
  async openWorld(id: string): Promise<MockWorld> {
    const { tokens } = await this.client.call("get-world", { path: { world: id } });
    return new MockWorld(
      this.client,
      this.#placeOf(id, tokens, async () => undefined),
    );
  }

  /** The default world first, and how many there may be beside it. */
  listWorlds(): Promise<AdminSchemas["WorldList"]> {
    return this.client.call("list-worlds");
  }

  /** Ends a world, whoever made it. */
  async deleteWorld(id: string): Promise<void> {
    await this.client.run("delete-world", { path: { world: id } });
  }

  /** The scenarios that a world can begin from. */
  async scenarios(): Promise<readonly AdminSchemas["ScenarioSummary"][]> {
    const { scenarios } = await this.client.call("list-scenarios");
    return scenarios;
  }

  /** A scenario with its document. */
  scenario(name: string): Promise<AdminSchemas["Scenario"]> {
    return this.client.call("get-scenario", { path: { name } });
  }

  health(): Promise<AdminSchemas["Health"]> {
    return this.client.call("get-health");
  }

  version(): Promise<AdminSchemas["Version"]> {
    return this.client.call("get-version");
  }

  /** The OpenAPI document of the admin API. */
  adminDocument(): Promise<AdminSchemas["Document"]> {
    return this.client.call("get-document");
  }

  /** Ends the worlds that were made here. The server goes on: whoever started it stops it. */
  override async close(): Promise<void> {
    // A world that is on its way would stay behind.
    await Promise.allSettled(this.#making);
    await Promise.all([...this.#made].map((world) => world.close()));
    this.client.close();
  }

  async #end(world: MockWorld): Promise<void> {
    await this.deleteWorld(world.id).catch(unlessGone);
    this.#made.delete(world);
  }

  #placeOf(id: string, tokens: WorldPlace["tokens"], whenClosed: WorldPlace["whenClosed"]): WorldPlace {
    const url = id === "default" ? this.client.url : `${this.client.url}/w/${encodeURIComponent(id)}`;
    return { id, url, tokens, whenClosed };
  }
}

/** A world that expired, or whose mock is gone, needs no end. */
function unlessGone(error: unknown): void {
  const codes: readonly unknown[] = ["not-found", "unreachable", "closed", "stopping"];
  if (!(error instanceof MockError) || !codes.includes(error.code)) throw error;
}
