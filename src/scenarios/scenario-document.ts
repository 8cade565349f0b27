import type { AgentLifecycle, AppHealth, Connection, ReportState } from "../domain/agent.ts";
import type { OrganizationRole, SiteRole, UserStatus } from "../domain/directory.ts";
import type { Step } from "../domain/due.ts";
import type { MessageRole } from "../domain/task.ts";
import type { BuildReason, JobStatus, Transition } from "../domain/workspace.ts";
import type { BehaviourRecord } from "./behaviour-document.ts";
import type { Stage } from "./build/stages.ts";
import type { FaultPlanRecord } from "./faults/fault-document.ts";
import type { ScriptRecord } from "./script-document.ts";
import type { TemplateRecord } from "./template-document.ts";
import type { DurationTexts, MomentText } from "./time-document.ts";

/** A span of time such as `500ms` or `1h30m`. */
type SpanText = string;

/** A scenario as spec/scenario.schema.json has it; docs/scenarios.md explains every key. */
export interface ScenarioDocument {
  readonly description?: string;
  /** Written by the mock itself: states that only a hand from outside can bring about are taken as they are. */
  readonly exported?: boolean;
  readonly clock?: { readonly start?: string };
  readonly durations?: DurationTexts;
  readonly scripts?: Readonly<Record<string, ScriptRecord>>;
  readonly organizations?: readonly (string | OrganizationRecord)[];
  readonly users?: readonly (string | UserRecord)[];
  readonly templates?: readonly (string | TemplateRecord)[];
  readonly default_user?: string | null;
  readonly tasks?: readonly TaskRecord[];
  readonly generate?: GenerateRecord;
  readonly faults?: readonly FaultPlanRecord[];
  /** What ids made later derive from, in place of this file's name and the seed; written by exports. */
  readonly origin?: { readonly scenario: string; readonly seed: string };
  readonly counters?: Readonly<Record<string, number>>;
}

export interface OrganizationRecord {
  readonly name: string;
  readonly id?: string;
  readonly display_name?: string;
  readonly description?: string;
  readonly icon?: string;
  readonly default?: boolean;
  readonly created?: MomentText;
}

export interface UserRecord {
  readonly username: string;
  readonly id?: string;
  readonly name?: string;
  readonly email?: string;
  readonly avatar_url?: string;
  readonly status?: UserStatus;
  readonly roles?: readonly SiteRole[];
  readonly organizations?: readonly (string | MembershipRecord)[];
  readonly github_user_id?: number;
  readonly token?: string;
  readonly tokens?: readonly (string | TokenRecord)[];
  readonly created?: MomentText;
}

interface MembershipRecord {
  readonly name: string;
  readonly roles?: readonly OrganizationRole[];
}

export interface TokenRecord {
  readonly token: string;
  readonly expires?: MomentText;
}

export interface TaskRecord {
  readonly name: string;
  readonly owner: string;
  readonly template: string;
  readonly id?: string;
  readonly version?: string;
  readonly preset?: string | null;
  readonly prompt?: string;
  readonly display_name?: string;
  readonly created?: MomentText;
  readonly since?: MomentText;
  readonly deleted?: MomentText;
  readonly stage?: Stage;
  readonly error?: string;
  readonly continues?: boolean;
  readonly durations?: DurationTexts;
  readonly behaviour?: BehaviourRecord;
  readonly shared_with?: readonly string[];
  readonly workspace?: WorkspaceRecord | null;
  readonly builds?: readonly BuildRecord[];
  readonly agent?: AgentRecord;
  readonly app?: AppRecord;
  readonly reports?: readonly ReportRecord[];
  readonly messages?: readonly MessageRecord[];
  readonly transcript?: string;
  readonly snapshot?: SnapshotRecord | null;
  readonly due?: readonly DueRecord[];
}

interface WorkspaceRecord {
  readonly id?: string;
  readonly name?: string;
  readonly created?: MomentText;
  readonly updated?: MomentText;
}

/** `null` in place of a moment, an agent or a preset: there is none, where one would be made up otherwise. */
export interface BuildRecord {
  readonly transition: Transition;
  readonly id?: string;
  readonly number?: number;
  readonly reason?: BuildReason;
  readonly initiator?: string;
  readonly version?: string;
  readonly preset?: string | null;
  readonly parameters?: readonly { readonly name: string; readonly value: string }[];
  readonly created?: MomentText;
  readonly updated?: MomentText;
  readonly job?: JobStatus;
  readonly job_id?: string;
  readonly file_id?: string;
  readonly error?: string;
  readonly started?: MomentText | null;
  readonly completed?: MomentText | null;
  readonly canceled?: MomentText | null;
  readonly agent?: AgentRecord | null;
}

export interface AgentRecord {
  readonly id?: string;
  readonly token?: string;
  readonly name?: string;
  readonly lifecycle?: AgentLifecycle;
  readonly connection?: Connection;
  readonly created?: MomentText;
  readonly first_connected?: MomentText | null;
  readonly last_connected?: MomentText | null;
  readonly disconnected?: MomentText | null;
  readonly started?: MomentText | null;
  readonly ready?: MomentText | null;
  readonly app?: AppRecord;
}

export interface AppRecord {
  readonly id?: string;
  readonly slug?: string;
  readonly display_name?: string;
  readonly url?: string;
  readonly health?: AppHealth;
  readonly linked?: boolean;
  readonly busy?: boolean;
  readonly reachable?: boolean;
  readonly accepts?: boolean;
}

export interface ReportRecord {
  readonly state: ReportState;
  readonly message?: string;
  readonly uri?: string;
  readonly at?: MomentText;
  readonly build?: number;
  readonly id?: string;
  readonly agent_id?: string | null;
  readonly app_id?: string | null;
}

/** One of `user` and `agent`, with what was said. */
export interface MessageRecord {
  readonly user?: string;
  readonly agent?: string;
  readonly at?: MomentText;
  readonly id?: number;
}

export interface SnapshotRecord {
  readonly at?: MomentText;
  readonly messages?: readonly SnapshotMessageRecord[];
}

interface SnapshotMessageRecord {
  readonly role: string;
  readonly content: string;
  readonly id?: number;
  readonly time?: string;
}

export interface DueRecord {
  readonly at: MomentText;
  readonly step: Step["kind"];
  readonly lifecycle?: AgentLifecycle;
  readonly state?: ReportState;
  readonly message?: string;
  readonly uri?: string;
  readonly role?: MessageRole;
  readonly content?: string;
  readonly input?: string;
  readonly opening?: boolean;
  readonly error?: string;
}

export interface GenerateRecord {
  readonly tasks: number;
  readonly users?: number;
  readonly organization?: string;
  readonly owners?: readonly string[];
  readonly templates?: readonly string[];
  readonly over?: SpanText;
  readonly stages?: { readonly [Name in Stage]?: number };
}
