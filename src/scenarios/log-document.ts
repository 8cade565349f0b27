import type { LogLevel, LogSource } from "../domain/log-script.ts";
import type { Transition } from "../domain/workspace.ts";
import type { RangeText } from "./behaviour-document.ts";

/** A line of an agent's log. */
export interface AgentLogLineRecord {
  readonly after?: RangeText;
  readonly level?: LogLevel;
  readonly output: string;
}

/** A line of a build's log. */
export interface BuildLogLineRecord extends AgentLogLineRecord {
  /** Absent: that of the line before. */
  readonly stage?: string;
  readonly source?: LogSource;
}

/** What builds write, by what they do. */
export type BuildLogRecord = { readonly [Key in Transition]?: readonly BuildLogLineRecord[] };
