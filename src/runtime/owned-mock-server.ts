import type { AdminClient } from "../client/admin-client.ts";
import { MockError } from "../client/mock-error.ts";
import { MockServer } from "../client/mock-server.ts";
import type { MockCore } from "./build-core.ts";
import { explainToEmbedder } from "./embedded-config.ts";

/** A mock of this process: whoever has it in hand ends it. */
export class OwnedMockServer extends MockServer {
  readonly #end: () => Promise<void>;
  #ended: Promise<void> | undefined;

  /** `end` ends what was started and writes the reports. */
  constructor(
    client: AdminClient,
    {
      core,
      end,
    }: { readonly core: Pick<MockCore, "signIns" | "failedGates">; readonly end: () => Promise<void> },
  ) {
    const tokens = Object.fromEntries(core.signIns().map(({ username, token }) => [username, token]));
    super(client, { id: "default", url: client.url, tokens, whenClosed: async () => undefined });
    this.#end = async () => {
      await end().catch(explainToEmbedder);
      const complaints = core.failedGates();
      if (complaints.length > 0) throw new MockError(complaints.join("\n"), { code: "gate" });
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
