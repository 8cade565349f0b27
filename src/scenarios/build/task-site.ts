import type { Template, TemplateVersion, User } from "../../domain/directory.ts";
import { IdSource } from "../../domain/id-source.ts";
import { asId, type PresetId, type TaskId, type TemplateVersionId } from "../../domain/ids.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Workspace } from "../../domain/workspace.ts";
import { withBehaviour } from "../behaviour-from-record.ts";
import { type Moments, withDurations } from "../moments.ts";
import type { MessageRecord, TaskRecord } from "../scenario-document.ts";
import type { Directory } from "./build-directory.ts";
import { presetNamed, versionNamed } from "./explicit-builds.ts";

export interface TaskContext {
  readonly directory: Directory;
  /** What the ids of everything in the start state derive from. */
  readonly root: string;
  readonly transcripts: ReadonlyMap<string, readonly MessageRecord[]>;
}

/** A task's record with all that it refers to. */
export interface TaskSite {
  readonly record: TaskRecord;
  readonly context: TaskContext;
  readonly moments: Moments;
  readonly owner: User;
  readonly template: Template;
  readonly version: TemplateVersion;
  readonly presetId: PresetId | undefined;
  readonly taskId: TaskId;
  /** The task's own source of ids: what other tasks draw cannot change them. */
  readonly ids: IdSource;
  readonly createdAt: Instant;
  /** Without builds and reports yet. */
  readonly workspace: Workspace;
}

/** Age of a task that does not say how old it is. */
const defaultAge = "1h";

/** Looks up what a checked record refers to. */
export function placeTask(record: TaskRecord, context: TaskContext): TaskSite {
  const { directory, root } = context;
  const { moments, scripts } = directory.context;
  const owner = directory.user(record.owner);
  const template = directory.template(record.template);
  const version = versionOf(template, record);
  const ids = new IdSource(`${root}\u0000${owner.username.toLowerCase()}/${record.name.toLowerCase()}`);
  const taskId = taskIdOf({ owner, record, context });
  const createdAt = moments.at(record.created ?? defaultAge);
  const workspaceCreatedAt = moments.or(record.workspace?.created, createdAt);
  const workspace: Workspace = {
    id: asId(record.workspace?.id ?? ids.named("workspace", "")),
    name: record.workspace?.name ?? record.name,
    ownerId: owner.id,
    organizationId: template.organizationId,
    templateId: template.id,
    taskId,
    createdAt: workspaceCreatedAt,
    updatedAt: workspaceCreatedAt,
    builds: [],
    statuses: [],
    sharedWith: (record.shared_with ?? []).map((username) => directory.user(username).id),
    durations: withDurations(template.durations, record.durations),
    behaviour: withBehaviour(template.behaviour, record.behaviour, scripts),
    due: [],
  };
  const presetId =
    typeof record.preset === "string" ? presetNamed({ template, version }, record.preset)?.id : undefined;
  return { record, context, moments, owner, template, version, presetId, taskId, ids, createdAt, workspace };
}

function versionOf(template: Template, record: TaskRecord): TemplateVersion {
  const active = template.versions.find(({ id }) => id === template.activeVersionId);
  const version = record.version === undefined ? active : versionNamed(template, record.version);
  if (version === undefined)
    throw new Error(`"${record.name}" has no version, although the scenario was checked.`);
  return version;
}

function taskIdOf({ owner, record, context }: Pick<TaskSite, "owner" | "record" | "context">): TaskId {
  const path = `${owner.username.toLowerCase()}/${record.name.toLowerCase()}`;
  return asId(record.id ?? context.directory.context.ids.named("task", path));
}

/** The archive that a version's builds run; the same for all of them, as in builds made later through the API. */
export function fileIdOf(site: TaskSite, version: TemplateVersionId): string {
  return site.context.directory.context.ids.named("file", version);
}
