import type { RequestListener } from "node:http";
import type { AdminClient } from "../../client/admin-client.ts";
import { type OwnedMock, OwnedMockServer } from "./owned-mock-server.ts";

/** A mock of this process, listening on a port of its own. */
export class StartedMockServer extends OwnedMockServer {
  /** The Express application, for supertest and for a server of your own: `request(mock.app).get("/api/v2/tasks")`. */
  readonly app: RequestListener;

  constructor(client: AdminClient, mock: OwnedMock & Pick<StartedMockServer, "app">) {
    super(client, mock);
    this.app = mock.app;
  }
}
