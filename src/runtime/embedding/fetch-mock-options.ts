import type { MockServerOptions } from "./mock-server-options.ts";

/** The settings of `startMockServer` but those of a listening server. */
export interface FetchMockOptions extends Omit<MockServerOptions, "port" | "host"> {
  /**
   * Where the application under test believes the API to be, for `mock.url` and the URLs of worlds: scheme, host and port.
   * By default `http://localhost`. Nothing listens there.
   */
  readonly url?: string | URL | undefined;
}
