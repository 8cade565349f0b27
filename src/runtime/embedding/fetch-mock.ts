import type { AdminClient, Fetch } from "../../client/admin-client.ts";
import { MockError } from "../../client/mock-error.ts";
import { type OwnedMock, OwnedMockServer } from "./owned-mock-server.ts";

/** A mock of this process that listens nowhere: requests are handed to it. */
export class FetchMock extends OwnedMockServer {
  /**
   * Answers a request, whatever its host is. Takes what `fetch` takes, so it can stand in for it; it rejects as `fetch` does
   * when the request is called off or a planned fault breaks its connection. Needs no `this`.
   */
  readonly fetch: (input: Request | URL | string, init?: RequestInit) => Promise<Response>;
  #isClosed = false;

  /** `handle` answers what comes while the mock is open. */
  constructor(client: AdminClient, mock: OwnedMock & { readonly handle: Fetch }) {
    super(client, mock);
    this.fetch = async (input, init) => {
      const request = isRequest(input) && init === undefined ? input : new Request(input, init);
      if (!this.#isClosed) return mock.handle(request);
      const message = `${request.method} ${request.url} came after the mock was closed.`;
      throw new MockError(message, { code: "closed" });
    };
  }

  override close(): Promise<void> {
    this.#isClosed = true;
    return super.close();
  }
}

/** Those of other realms included: a test environment may bring its own. */
function isRequest(input: Request | URL | string): input is Request {
  return typeof input === "object" && "method" in input;
}
