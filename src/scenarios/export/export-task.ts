import type { Agent, App, AppStatus } from "../../domain/agent.ts";
import type { Template } from "../../domain/directory.ts";
import { formatInstant, type Instant } from "../../domain/instant.ts";
import type { Task } from "../../domain/task.ts";
import type { Build, Workspace } from "../../domain/workspace.ts";
import { recordFromDue } from "../due-record.ts";
import type {
  AgentRecord,
  AppRecord,
  BuildRecord,
  MessageRecord,
  ReportRecord,
  TaskRecord,
} from "../scenario-document.ts";
import { exportBehaviour } from "./export-behaviour.ts";
import { exportDurations, type Names, named } from "./export-names.ts";

/** A task as a record that leaves nothing open. */
export function exportTask(task: Task, names: Names): TaskRecord {
  const { tables } = names.world;
  const found = tables.templateOfVersion(task.templateVersionId);
  const workspace = task.workspaceId === undefined ? undefined : tables.workspaces.get(task.workspaceId);
  return {
    name: task.name,
    owner: names.username(task.ownerId),
    template: named(found === undefined ? undefined : pathOf(found.template, names), task.templateVersionId),
    id: task.id,
    version: named(found?.version.name, task.templateVersionId),
    preset: task.presetId ?? null,
    prompt: task.prompt,
    display_name: task.displayName,
    created: formatInstant(task.createdAt),
    ...(task.deletedAt === undefined ? {} : { deleted: formatInstant(task.deletedAt) }),
    ...(workspace === undefined
      ? { workspace: null, builds: [] }
      : exportWorkspace(workspace, found?.template, names)),
    messages: task.conversation.map(
      ({ id, role, content, at }): MessageRecord => ({ id, [role]: content, at: formatInstant(at) }),
    ),
    snapshot:
      task.snapshot === undefined
        ? null
        : { at: formatInstant(task.snapshot.storedAt), messages: task.snapshot.messages },
  };
}

function pathOf({ organizationId, name }: Template, names: Names): string {
  return `${names.organization(organizationId)}/${name}`;
}

function exportWorkspace(
  workspace: Workspace,
  template: Template | undefined,
  names: Names,
): Partial<TaskRecord> {
  const behaviour = exportBehaviour(workspace.behaviour, template?.behaviour);
  return {
    durations: exportDurations(workspace.durations),
    ...(behaviour === undefined ? {} : { behaviour }),
    shared_with: workspace.sharedWith.map(names.username),
    workspace: {
      id: workspace.id,
      name: workspace.name,
      created: formatInstant(workspace.createdAt),
      updated: formatInstant(workspace.updatedAt),
    },
    builds: workspace.builds.map((build) => exportBuild(build, names)),
    reports: workspace.statuses.map(exportReport),
    due: workspace.due.map(recordFromDue),
  };
}

function exportBuild(build: Build, names: Names): BuildRecord {
  const found = names.world.directory.templateOfVersion(build.templateVersionId);
  const { job } = build;
  return {
    transition: build.transition,
    id: build.id,
    number: build.number,
    reason: build.reason,
    initiator: names.username(build.initiatorId),
    version: named(found?.version.name, build.templateVersionId),
    preset: build.presetId ?? null,
    ...(build.parameters === undefined ? {} : { parameters: build.parameters }),
    created: formatInstant(build.createdAt),
    updated: formatInstant(build.updatedAt),
    job: job.status,
    job_id: job.id,
    file_id: job.fileId,
    error: job.error,
    started: orNull(job.startedAt),
    completed: orNull(job.completedAt),
    canceled: orNull(job.canceledAt),
    agent: build.agent === undefined ? null : exportAgent(build.agent, names),
  };
}

function exportAgent(agent: Agent, { world }: Names): AgentRecord {
  return {
    id: agent.id,
    token: world.agentTokenText(agent),
    name: agent.name,
    lifecycle: agent.lifecycle,
    connection: agent.connection,
    created: formatInstant(agent.createdAt),
    first_connected: orNull(agent.firstConnectedAt),
    last_connected: orNull(agent.lastConnectedAt),
    disconnected: orNull(agent.disconnectedAt),
    started: orNull(agent.startedAt),
    ready: orNull(agent.readyAt),
    app: exportApp(agent.app),
  };
}

function exportApp({ displayName, ...app }: App): AppRecord {
  return { ...app, display_name: displayName };
}

function exportReport(status: AppStatus): ReportRecord {
  return {
    state: status.state,
    message: status.message,
    uri: status.uri,
    at: formatInstant(status.createdAt),
    build: status.buildNumber,
    id: status.id,
    agent_id: status.agentId ?? null,
    app_id: status.appId ?? null,
  };
}

function orNull(instant: Instant | undefined): string | null {
  return instant === undefined ? null : formatInstant(instant);
}
