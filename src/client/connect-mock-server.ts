import { AdminClient, type Fetch } from "./admin-client.ts";
import { MockError } from "./mock-error.ts";
import { MockServer } from "./mock-server.ts";

export interface ConnectOptions {
  /** What the mock was started with as `--admin-token`, or printed at its start. */
  readonly adminToken?: string | undefined;
  /** In place of the platform's own `fetch`, for example to go through a proxy. */
  readonly fetch?: Fetch | undefined;
}

/** A mock that runs elsewhere: another process, a container. Throws a `MockError` when there is none at the address. */
export async function connectMockServer(
  address: string | URL,
  { adminToken, fetch: given }: ConnectOptions = {},
): Promise<MockServer> {
  const url = serverUrl(String(address));
  const client = new AdminClient({ url, adminToken, fetch: given ?? ((request) => fetch(request)) });
  const { tokens } = await client.call("get-world", { path: { world: "default" } });
  const whenClosed = async () => undefined;
  return new MockServer(client, { id: "default", url: client.url, tokens, whenClosed });
}

function serverUrl(address: string): string {
  // The variable of `exec` names the admin API.
  const url = address.replace(/\/+$/, "").replace(/\/__admin$/, "");
  if (!URL.canParse(url) || !/^https?:/i.test(url)) {
    const message = `${JSON.stringify(address)} is no address of a mock; expected one such as "http://127.0.0.1:8080".`;
    throw new MockError(message, { code: "bad-call" });
  }
  const world = /^(.*)\/w\/([^/]+)$/.exec(url);
  if (world === null) return url;
  const message = `${JSON.stringify(address)} is the address of one world; connect to ${JSON.stringify(world[1])} and call openWorld(${JSON.stringify(world[2])}).`;
  throw new MockError(message, { code: "bad-call" });
}
