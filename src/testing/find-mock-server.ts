import { type ConnectOptions, connectMockServer } from "../client/connect-mock-server.ts";
import { MockError } from "../client/mock-error.ts";
import type { MockServer } from "../client/mock-server.ts";
import type { MockServerOptions } from "../runtime/embedding/mock-server-options.ts";
import { execAddress } from "../runtime/exec/exec-address.ts";

/**
 * The mock of a suite: with `url` the one that runs there, which takes no more than an `adminToken`; without, how to start one
 * where neither a set-up of the run nor `exec` has one.
 */
export interface MockServerChoice extends MockServerOptions {
  readonly url?: string | URL | undefined;
}

/** Where a mock runs already. */
export interface MockAddress extends Pick<ConnectOptions, "adminToken"> {
  readonly url: string;
}

/** The mock at the chosen address, else the one of the run, else that of `exec`, else a new one of this process. */
export async function findMockServer(
  { url, ...options }: MockServerChoice,
  ofRun?: MockAddress,
): Promise<MockServer> {
  if (url !== undefined) return connectMockServer(url, connectOptions(options));
  const address = ofRun ?? execAddress();
  if (address !== undefined) return connectMockServer(address.url, { adminToken: address.adminToken });
  // The engine is a hundred times the size of what calls it, and many a worker has no need for it.
  const { startMockServer } = await import("../runtime/embedding/start-mock-server.ts");
  return startMockServer(options);
}

function connectOptions({ adminToken, ...others }: MockServerOptions): ConnectOptions {
  const ignored = Object.entries(others).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (ignored.length === 0) return { adminToken };
  const message = `mockServer has url, so ${ignored.join(", ")} would play no part: start that mock with it, or make it an option of worlds.`;
  throw new MockError(message, { code: "bad-call" });
}
