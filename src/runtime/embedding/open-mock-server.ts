import { createFetchHandler } from "../../adapters/fetch/fetch-handler.ts";
import { AdminClient } from "../../client/admin-client.ts";
import { after } from "../after.ts";
import { bodyLimit } from "../body-limit.ts";
import { type ServerOptions, startServer } from "../server/start-server.ts";
import { embeddedConfig, explainToEmbedder } from "./embedded-config.ts";
import type { MockServerOptions } from "./mock-server-options.ts";
import { StartedMockServer } from "./started-mock-server.ts";

/** `startMockServer`, with parts that several mocks of a process share. */
export async function openMockServer(
  options: MockServerOptions,
  parts: Pick<ServerOptions, "assets"> = {},
): Promise<StartedMockServer> {
  const server = await startServer(embeddedConfig(options), parts).catch(explainToEmbedder);
  const { engine, adminToken } = server.mock;
  const handle = createFetchHandler(engine, { bodyLimit, after });
  const client = new AdminClient({ url: server.url, adminToken, fetch: handle });
  return new StartedMockServer(client, { ...server.mock, end: server.close });
}
