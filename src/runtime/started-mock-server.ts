import type { RequestListener } from "node:http";
import type { AdminClient } from "../client/admin-client.ts";
import { MockServer } from "../client/mock-server.ts";
import type { WorldPlace } from "../client/mock-world.ts";

/** A mock of this process, listening on a port of its own. */
export class StartedMockServer extends MockServer {
  /** The Express application, for supertest and for a server of your own: `request(mock.app).get("/api/v2/tasks")`. */
  readonly app: RequestListener;
  readonly #stop: () => Promise<void>;
  #stopped: Promise<void> | undefined;

  constructor(
    client: AdminClient,
    place: WorldPlace,
    { app, stop }: Pick<StartedMockServer, "app"> & { readonly stop: () => Promise<void> },
  ) {
    super(client, place);
    this.app = app;
    this.#stop = stop;
  }

  /**
   * Stops the server with all of its worlds, and writes the reports that were asked for. Throws with code `gate` when
   * `failOnViolations` or `minCoverage` has something against the run. A second call only waits for the first.
   */
  override async close(): Promise<void> {
    if (this.#stopped !== undefined) {
      await Promise.allSettled([this.#stopped]);
      return;
    }
    this.client.close();
    this.#stopped = this.#stop();
    await this.#stopped;
  }
}
