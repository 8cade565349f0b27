import type { MockServerOptions } from "./mock-server-options.ts";
import { openMockServer } from "./open-mock-server.ts";
import type { StartedMockServer } from "./started-mock-server.ts";

/**
 * Starts a mock in this process: on a free port of loopback, without a word on the console, without signal handlers and
 * whatever the environment says. Throws a `MockError` with code `start` for what its user can mend.
 */
export async function startMockServer(options: MockServerOptions = {}): Promise<StartedMockServer> {
  return openMockServer(options);
}
