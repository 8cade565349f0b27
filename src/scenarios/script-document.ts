import type { ReportState } from "../domain/agent.ts";
import type { RangeText } from "./behaviour-document.ts";

/** What an agent does, turn by turn, as spec/scenario.schema.json has it; docs/agent-scripts.md explains it. */
export interface ScriptRecord {
  readonly description?: string;
  readonly opening?: readonly ActRecord[];
  readonly reactions?: readonly ReactionRecord[];
  readonly otherwise?: readonly ActRecord[];
}

export interface ReactionRecord {
  readonly when: TriggerRecord;
  readonly acts: readonly ActRecord[];
}

/** One of `text` and `pattern`. */
export interface TriggerRecord {
  readonly text?: string;
  readonly pattern?: string;
}

/** Exactly one of the keys. */
export interface ActRecord {
  readonly say?: string;
  readonly think?: RangeText;
  readonly working?: ReportWordsRecord;
  readonly idle?: ReportWordsRecord;
  readonly complete?: ReportWordsRecord;
  readonly failure?: ReportWordsRecord;
  readonly report?: { readonly state: ReportState; readonly message?: string; readonly uri?: string };
  readonly repeat?: RepeatRecord;
}

export type ReportWordsRecord = string | { readonly message?: string; readonly uri?: string };

export interface RepeatRecord {
  readonly times: number;
  readonly acts: readonly ActRecord[];
}
