import type { AdminClient } from "../../client/admin-client.ts";
import { MockServer } from "../../client/mock-server.ts";
import { explainToEmbedder, gateError } from "./embedded-config.ts";

/** What there is to know of a mock from the inside. Its own words, so that types of the package lead to no others. */
export interface OwnedMock {
  signIns(): readonly { readonly username: string; readonly token: string }[];
  /** What the gates that were asked for have to say at the end. */
  failedGates(): readonly string[];
  /** Ends what was started, and writes the reports that were asked for. */
  end(): Promise<void>;
}

/** A mock of this process: whoever has it in hand ends it. */
export class OwnedMockServer extends MockServer {
  readonly #end: () => Promise<void>;
  #ended: Promise<void> | undefined;

  constructor(client: AdminClient, mock: OwnedMock) {
    const tokens = Object.fromEntries(mock.signIns().map(({ username, token }) => [username, token]));
    super(client, { id: "default", url: client.url, tokens, whenClosed: async () => undefined });
    this.#end = async () => {
      await mock.end().catch(explainToEmbedder);
      const complaints = mock.failedGates();
      if (complaints.length > 0) throw gateError(complaints);
    };
  }

  /**
   * Ends the mock with all of its worlds, and writes the reports that were asked for. Throws with code `gate` when
   * `failOnViolations` or `minCoverage` has something against the run. A second call only waits for the first.
   */
  override async close(): Promise<void> {
    if (this.#ended !== undefined) {
      await Promise.allSettled([this.#ended]);
      return;
    }
    this.client.close();
    this.#ended = this.#end();
    await this.#ended;
  }
}
