import { createFetchHandler } from "../adapters/fetch/fetch-handler.ts";
import { AdminClient } from "../client/admin-client.ts";
import { MockError } from "../client/mock-error.ts";
import { bodyLimit } from "./body-limit.ts";
import { type Config, readConfig } from "./config.ts";
import type { MockServerOptions } from "./mock-server-options.ts";
import { flagsFrom, inWordsOfOptions } from "./option-flags.ts";
import { StartError } from "./start-error.ts";
import { type RunningServer, type ServerOptions, startServer } from "./start-server.ts";
import { StartedMockServer } from "./started-mock-server.ts";

/** `startMockServer`, with parts that several mocks of a process share. */
export async function openMockServer(
  options: MockServerOptions,
  parts: Pick<ServerOptions, "assets"> = {},
): Promise<StartedMockServer> {
  const config = configFrom(options);
  const server = await startServer(config, parts).catch(explain);
  const { mock, url } = server;
  const { engine, app, adminToken } = mock;
  const client = new AdminClient({ url, adminToken, fetch: createFetchHandler(engine, { bodyLimit }) });
  const tokens = Object.fromEntries(mock.signIns().map(({ username, token }) => [username, token]));
  const place = { id: "default", url, tokens, whenClosed: async () => undefined };
  return new StartedMockServer(client, place, { app, stop: () => stop(server) });
}

async function stop({ close, mock }: RunningServer): Promise<void> {
  await close().catch(explain);
  const complaints = mock.failedGates();
  if (complaints.length > 0) throw new MockError(complaints.join("\n"), { code: "gate" });
}

function configFrom(options: MockServerOptions): Config {
  const { flags, complaints } = flagsFrom(options);
  const read = readConfig({ flags, environment: {} });
  if (read.ok && complaints.length === 0) return read.config;
  const all = [...complaints, ...(read.ok ? [] : read.complaints)];
  throw new MockError(inWordsOfOptions(all.join("\n")), { code: "start" });
}

function explain(error: unknown): never {
  if (!(error instanceof StartError)) throw error;
  throw new MockError(inWordsOfOptions(error.message), { code: "start", cause: error });
}
