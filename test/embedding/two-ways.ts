import { connectMockServer } from "../../src/client/connect-mock-server.ts";
import type { MockServer } from "../../src/client/mock-server.ts";
import type { MockServerOptions } from "../../src/runtime/embedding/mock-server-options.ts";
import { openMockServer } from "../../src/runtime/embedding/open-mock-server.ts";
import { assets } from "../support/assets.ts";

/** A mock in hand. Whatever was started for it ends with it. */
export interface Embedded extends AsyncDisposable {
  readonly mock: MockServer;
}

/** A started mock, without reading its documents again. */
export function startEmbedded(options: MockServerOptions = {}) {
  return openMockServer({ clock: "manual", ...options }, { assets });
}

/** The two ways to get one: in the process of the test, and over a connection with a token. */
export const ways: readonly (readonly [string, () => Promise<Embedded>])[] = [
  [
    "started in process",
    async () => {
      const mock = await startEmbedded();
      return { mock, [Symbol.asyncDispose]: () => mock.close() };
    },
  ],
  [
    "connected to over HTTP",
    async () => {
      const server = await startEmbedded({ adminToken: "a-token-of-the-test" });
      const mock = await connectMockServer(server.url, { adminToken: "a-token-of-the-test" });
      return {
        mock,
        async [Symbol.asyncDispose]() {
          await mock.close();
          await server.close();
        },
      };
    },
  ],
];

/** A call of the API with a session token. */
export async function ask(
  url: string,
  token: string,
  { method = "GET", path, body }: { readonly method?: string; readonly path: string; readonly body?: object },
): Promise<{ readonly status: number; readonly body: ReturnType<typeof JSON.parse> }> {
  const response = await fetch(`${url}/api/v2${path}`, {
    method,
    headers: {
      "Coder-Session-Token": token,
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
}
