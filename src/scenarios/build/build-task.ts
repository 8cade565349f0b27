import type { WorkspaceId } from "../../domain/ids.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Task } from "../../domain/task.ts";
import { displayNameFrom } from "../../domain/task-name.ts";
import type { Workspace } from "../../domain/workspace.ts";
import type { TaskRecord } from "../scenario-document.ts";
import { explicitHistory, stagedHistory, type TaskHistory } from "./build-history.ts";
import { defaultStage, stagePlan } from "./stages.ts";
import { placeTask, type TaskContext, type TaskSite } from "./task-site.ts";

export interface BuiltTask {
  readonly task: Task;
  readonly workspace: Workspace | undefined;
}

/** Makes one task with its workspace and all that happened to it, from a record that has been checked. */
export function buildTask(record: TaskRecord, context: TaskContext): BuiltTask {
  const site = placeTask(record, context);
  const plan = stagePlan(record.stage ?? defaultStage);
  const isStaged = record.builds === undefined;
  const history = isStaged ? stagedHistory(site, plan) : explicitHistory(site);
  const hasWorkspace = record.workspace !== null && !(isStaged && plan.noWorkspace === true);
  return {
    task: finishedTask(site, history, {
      workspaceId: hasWorkspace ? site.workspace.id : undefined,
      deletedAt: deletionOf(site, history, isStaged && plan.deleted === true),
    }),
    workspace: hasWorkspace ? finishedWorkspace(site, history) : undefined,
  };
}

function finishedTask(
  site: TaskSite,
  { messages, snapshot }: TaskHistory,
  optional: { readonly workspaceId: WorkspaceId | undefined; readonly deletedAt: Instant | undefined },
): Task {
  const { record, presetId } = site;
  const { workspaceId, deletedAt } = optional;
  const prompt = record.prompt ?? "";
  return {
    id: site.taskId,
    name: record.name,
    displayName: record.display_name ?? (displayNameFrom(prompt) || record.name),
    ownerId: site.owner.id,
    organizationId: site.template.organizationId,
    templateVersionId: site.version.id,
    ...(presetId === undefined ? {} : { presetId }),
    prompt,
    ...(workspaceId === undefined ? {} : { workspaceId }),
    createdAt: site.createdAt,
    ...(deletedAt === undefined ? {} : { deletedAt }),
    conversation: messages,
    ...(snapshot === undefined ? {} : { snapshot }),
  };
}

function deletionOf(
  { record, moments }: TaskSite,
  history: TaskHistory,
  staged: boolean,
): Instant | undefined {
  if (record.deleted !== undefined) return moments.at(record.deleted);
  return staged ? history.builds.at(-1)?.createdAt : undefined;
}

function finishedWorkspace(site: TaskSite, history: TaskHistory): Workspace {
  return {
    ...site.workspace,
    updatedAt: site.moments.or(site.record.workspace?.updated, history.updatedAt),
    builds: history.builds,
    statuses: history.reports,
    due: history.due,
  };
}
