import { isJsonObject } from "../contract/json.ts";
import { AdminClient, type Fetch } from "./admin-client.ts";
import type { AdminSchemas } from "./admin-types.ts";
import { MockError } from "./mock-error.ts";
import { MockServer } from "./mock-server.ts";
import { refuseNoObject } from "./refuse-no-object.ts";
import { serverUrl } from "./server-url.ts";

export interface ConnectOptions {
  /** What the mock was started with as `--admin-token`, or printed at its start. */
  readonly adminToken?: string | undefined;
  /** In place of the platform's own `fetch`, for example to go through a proxy. */
  readonly fetch?: Fetch | undefined;
  /** How long the first answer may take, in milliseconds of real time; 10,000 when left out. */
  readonly timeout?: number | undefined;
}

/** As long as a timer of the platform can be, in milliseconds. */
const longestTimeout = 2_147_483_647;

/** A mock that runs elsewhere: another process, a container. Throws a `MockError` when there is none at the address. */
export async function connectMockServer(
  address: string | URL,
  options: ConnectOptions = {},
): Promise<MockServer> {
  refuseNoObject(options, "connectMockServer(url, options)");
  // Tests may replace the platform's fetch later on.
  const { adminToken, fetch: send = globalThis.fetch, timeout = 10_000 } = options;
  refuseToken(adminToken);
  const client = new AdminClient({
    url: serverUrl(String(address)),
    adminToken,
    fetch: (request) => send(request),
  });
  const { tokens } = await within(timeout, client.url, (signal) => defaultWorld(client, signal));
  const whenClosed = async () => undefined;
  return new MockServer(client, { id: "default", url: client.url, tokens, whenClosed });
}

/** Not shown when it is wrong: it is a secret. */
function refuseToken(token: unknown): void {
  if (token === undefined || (typeof token === "string" && /^[ -~]*$/.test(token))) return;
  const message = "adminToken cannot go through a header; expected a text of printable ASCII.";
  throw new MockError(message, { code: "bad-call" });
}

/** Throws with code `unreachable` when it takes longer. What is under way is called off, where the platform can. */
function within<Value>(
  timeout: number,
  url: string,
  run: (signal: AbortSignal | undefined) => Promise<Value>,
): Promise<Value> {
  if (!(timeout > 0 && timeout <= longestTimeout)) {
    const message = `timeout is ${JSON.stringify(timeout)}; expected milliseconds, above 0 and up to ${longestTimeout}.`;
    throw new MockError(message, { code: "bad-call" });
  }
  const signal = AbortSignal.timeout(timeout);
  const late = new Promise<never>((_, reject) => {
    const message = `Something takes connections at ${url}, or nothing refuses them, but within ${timeout} ms there was no answer. Is the mock running there?`;
    const tooLate = () => reject(new MockError(message, { code: "unreachable" }));
    signal.addEventListener("abort", tooLate, { once: true });
  });
  return Promise.race([run(isUsable(signal) ? signal : undefined), late]);
}

/** A test environment such as jsdom may bring signals of its own, which the platform's requests do not take. */
function isUsable(signal: AbortSignal): boolean {
  try {
    return new Request("http://localhost", { signal }).signal !== null;
  } catch {
    return false;
  }
}

async function defaultWorld(
  client: AdminClient,
  signal: AbortSignal | undefined,
): Promise<AdminSchemas["World"]> {
  const world = await client
    .call("get-world", { path: { world: "default" }, signal })
    .catch((error: unknown) => explainMissing(client, { error, signal }));
  if (isJsonObject(world) && world.id === "default" && isJsonObject(world.tokens)) return world;
  throw noMock(client, `answered with ${shown(world)}, which is no world`);
}

/** A mock without an admin API answers for its health; others, a deployment of Coder among them, do not. */
async function explainMissing(
  client: AdminClient,
  { error, signal }: { readonly error: unknown; readonly signal: AbortSignal | undefined },
): Promise<never> {
  if (!(error instanceof MockError) || error.code !== "not-found") throw error;
  const health: unknown = await client.call("get-health", { signal }).catch(() => undefined);
  if (isJsonObject(health) && health["status"] !== undefined && health["profile"] !== undefined) throw error;
  throw noMock(client, `answered GET /__admin/worlds/default with 404: ${error.answer?.message}`);
}

function noMock({ url }: AdminClient, did: string): MockError {
  const message = `At ${url} there is something that is no mock: it ${did}. Is the address right?`;
  return new MockError(message, { code: "unexpected-answer" });
}

/** So many characters of an answer are shown. */
const mostShown = 100;

function shown(answer: unknown): string {
  const text = JSON.stringify(answer);
  return text.length > mostShown ? `${text.slice(0, mostShown)}…` : text;
}
