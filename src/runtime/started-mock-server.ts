import type { RequestListener } from "node:http";
import type { AdminClient } from "../client/admin-client.ts";
import { OwnedMockServer } from "./owned-mock-server.ts";
import type { RunningServer } from "./start-server.ts";

/** A mock of this process, listening on a port of its own. */
export class StartedMockServer extends OwnedMockServer {
  /** The Express application, for supertest and for a server of your own: `request(mock.app).get("/api/v2/tasks")`. */
  readonly app: RequestListener;

  constructor(client: AdminClient, { mock, close }: RunningServer) {
    super(client, { core: mock, end: close });
    this.app = mock.app;
  }
}
