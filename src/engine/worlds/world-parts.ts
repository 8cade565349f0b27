import type { Profile, Revision } from "../../domain/revision.ts";
import type { World } from "../../domain/world.ts";
import type { LedgerBook } from "../coverage/ledger-book.ts";
import type { FallbackAnswers } from "../fallback/fallback-answers.ts";
import type { After } from "../holds.ts";
import type { EventLog } from "../journal/event-log.ts";
import type { ViolationLog } from "../journal/violation-log.ts";
import type { Surface } from "../surface.ts";

/** What a world is made from; the runtime provides it. `Host`: what surrounds the world. */
export interface WorldParts<Host> {
  surfaceFor(contract: { readonly revision: Revision; readonly profile: Profile }): Surface<World>;
  /** Milliseconds of a clock that never goes back, with 1970 as its zero. */
  readonly hostTime: () => number;
  readonly after: After;
  /** What happens in any world of the server. */
  readonly events: EventLog;
  /** What is answered without regard to the state of a world. */
  readonly answers: FallbackAnswers;
  /** Where any world of the server broke its contract; no reset clears it. */
  readonly violations: ViolationLog;
  /** What the exchanges of all worlds of the server have shown of their contracts. */
  readonly coverage: LedgerBook;
  /** Told of a world whose run is about to end, by a reset or because it goes, while all of it is still there. */
  readonly leaving?: ((host: Host) => void) | undefined;
}
