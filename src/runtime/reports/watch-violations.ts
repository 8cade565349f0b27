import { ViolationLog } from "../../engine/journal/violation-log.ts";
import { after } from "../after.ts";
import type { Config } from "../config.ts";
import type { Logger } from "../logger.ts";
import { ViolationTeller } from "./violation-teller.ts";

/** As many violations of all worlds can be looked at; their totals go on counting. */
const kept = 5_000;

/** The violations of a server. */
export interface WatchedViolations {
  readonly log: ViolationLog;
  /** To be called at the end: tells what is not told yet. */
  end(): void;
}

/** A log of violations that shows on the console what comes in, as far as the level of its lines lets it. */
export function watchViolations(config: Config, logger: Logger): WatchedViolations {
  // Nothing is put together that nobody is going to see.
  if (config.logLevel === "silent" || config.logLevel === "error") {
    return { log: new ViolationLog(kept), end: () => undefined };
  }
  const teller = new ViolationTeller({ logger, format: config.logFormat, hasAdmin: config.admin, after });
  return { log: new ViolationLog(kept, (seen) => teller.tell(seen)), end: () => teller.end() };
}
