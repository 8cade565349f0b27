import type { LogLevel, LogSource } from "../domain/log-script.ts";
import type { Transition } from "../domain/workspace.ts";

/** A span such as `2s`, or a range such as `2s..5s` from which the seed draws. */
export type RangeText = string;

/** One outcome, or a list: for the first, second, ... build; the last one holds for all later ones. */
export type OutcomesRecord<Outcome> = Outcome | readonly Outcome[];

export type BuildOutcomeRecord = "succeeds" | "hangs" | "canceled" | { readonly fails: string };
export type AgentOutcomeRecord =
  | "ready"
  | "start-error"
  | "start-timeout"
  | "never-connects"
  | { readonly disconnects_after: RangeText };
export type AppOutcomeRecord =
  | "healthy"
  | "unreachable"
  | "rejects"
  | { readonly unhealthy_after: RangeText };

/** A line of an agent's log. */
export interface AgentLogLineRecord {
  readonly after?: RangeText;
  readonly level?: LogLevel;
  readonly output: string;
  /** Whether it waits for a good end, with all lines behind it. */
  readonly closing?: boolean;
}

/** A line of a build's log. */
export interface BuildLogLineRecord extends AgentLogLineRecord {
  /** Absent: that of the line before. */
  readonly stage?: string;
  readonly source?: LogSource;
}

/** What builds write, by what they do. */
export type BuildLogRecord = { readonly [Key in Transition]?: readonly BuildLogLineRecord[] };

/** How builds, agent and app fare; what a task leaves out is its template's, what that leaves out goes well. */
export interface BehaviourRecord {
  readonly start?: OutcomesRecord<BuildOutcomeRecord>;
  readonly stop?: OutcomesRecord<BuildOutcomeRecord>;
  readonly delete?: OutcomesRecord<BuildOutcomeRecord>;
  readonly agent?: OutcomesRecord<AgentOutcomeRecord>;
  readonly app?: OutcomesRecord<AppOutcomeRecord>;
  /** Name of a script; null: none, where there would be the template's otherwise. */
  readonly script?: string | null;
  readonly build_log?: BuildLogRecord;
  readonly agent_log?: readonly AgentLogLineRecord[];
}
