import type { ImportStatus, ParameterType } from "../domain/directory.ts";
import type { BehaviourRecord } from "./behaviour-document.ts";
import type { DurationTexts, MomentText } from "./time-document.ts";

/** A template as the schemas have it; docs/scenarios.md explains every key. */
export interface TemplateRecord {
  readonly name: string;
  readonly organization: string;
  readonly id?: string;
  readonly display_name?: string;
  readonly description?: string;
  readonly icon?: string;
  readonly ai?: boolean;
  readonly deprecated?: string;
  readonly deleted?: boolean;
  readonly active_version?: string;
  readonly versions?: readonly VersionRecord[];
  readonly durations?: DurationTexts;
  readonly behaviour?: BehaviourRecord;
  readonly created?: MomentText;
}

export interface VersionRecord {
  readonly name: string;
  readonly id?: string;
  readonly ai?: boolean;
  readonly archived?: boolean;
  readonly import?: ImportStatus;
  readonly presets?: readonly PresetRecord[];
  readonly parameters?: readonly ParameterRecord[];
  readonly external_auth?: readonly ExternalAuthRecord[];
  readonly created?: MomentText;
}

export interface PresetRecord {
  readonly name: string;
  readonly id?: string;
  readonly description?: string;
  readonly icon?: string;
  readonly default?: boolean;
  readonly parameters?: readonly { readonly name: string; readonly value: string }[];
}

export interface ParameterRecord {
  readonly name: string;
  readonly display_name?: string;
  readonly description?: string;
  readonly type?: ParameterType;
  readonly default?: string;
  readonly mutable?: boolean;
  readonly ephemeral?: boolean;
  readonly icon?: string;
  readonly options?: readonly ParameterOptionRecord[];
}

interface ParameterOptionRecord {
  readonly name?: string;
  readonly value: string;
  readonly description?: string;
  readonly icon?: string;
}

export interface ExternalAuthRecord {
  readonly provider: string;
  readonly type?: string;
  readonly display_name?: string;
  readonly icon?: string;
  readonly authenticated?: boolean;
  readonly optional?: boolean;
}
