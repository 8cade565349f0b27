import type { components } from "../../contract/generated/admin.ts";
import type { Agent, App, AppStatus } from "../../domain/agent.ts";
import { agentHealth } from "../../domain/agent-health.ts";
import { currentState } from "../../domain/current-state.ts";
import type { Due } from "../../domain/due.ts";
import type { OrganizationId, UserId } from "../../domain/ids.ts";
import { formatInstant, type Instant } from "../../domain/instant.ts";
import type { Snapshot } from "../../domain/task.ts";
import { taskStatus, workspaceStatus } from "../../domain/task-status.ts";
import { type Build, latestBuild, type Workspace } from "../../domain/workspace.ts";
import type { World } from "../../domain/world.ts";
import type { WorldHost } from "../../engine/worlds/world-host.ts";
import type { FoundTask } from "../../operations/find.ts";
import { answersFor } from "../answers.ts";

type Schemas = components["schemas"];

/** A task from the inside: all that its status derives from, what is planned, and what the API would answer now. */
export function presentTask(host: WorldHost, found: FoundTask): Schemas["Task"] {
  const { world } = host;
  const { task, workspace } = found;
  const template = world.directory.templateOfVersion(task.templateVersionId)?.template;
  const build = workspace === undefined ? undefined : latestBuild(workspace);
  const state = currentState(workspace);
  return {
    id: task.id,
    name: task.name,
    display_name: task.displayName,
    owner: presentUserName(world, task.ownerId),
    organization: presentOrganization(world, task.organizationId),
    ...(template === undefined ? {} : { template: { id: template.id, name: template.name } }),
    template_version_id: task.templateVersionId,
    ...(task.presetId === undefined ? {} : { preset_id: task.presetId }),
    prompt: task.prompt,
    created_at: formatInstant(task.createdAt),
    deleted: isGone(world, found),
    ...stamp("deleted_at", task.deletedAt),
    status: taskStatus(workspace),
    ...(state === undefined ? {} : { current_state: { ...state, at: formatInstant(state.at) } }),
    ...(workspace === undefined ? {} : { workspace: presentWorkspace(world, workspace) }),
    builds: (workspace?.builds ?? []).map((one) => presentBuild(world, one)),
    ...(build?.agent === undefined
      ? {}
      : { agent: presentAgent(world, build.agent), app: presentApp(build.agent.app) }),
    conversation: task.conversation.map((message) => ({ ...message, at: formatInstant(message.at) })),
    reports: (workspace?.statuses ?? []).map(presentReport),
    ...(task.snapshot === undefined ? {} : { snapshot: presentSnapshot(task.snapshot) }),
    due: (workspace?.due ?? []).map(presentDue),
    answers: answersFor(host.surface.contract.operations, world.rules, {
      ...found,
      isGone: isGone(world, found),
    }),
  };
}

/** Whether the API shows a task no more. */
function isGone(world: World, { task }: FoundTask): boolean {
  return task.deletedAt !== undefined || !world.tables.tasks.has(task.id);
}

function presentUserName(world: World, id: UserId): Schemas["UserName"] {
  return { id, username: world.directory.users.get(id)?.username ?? "" };
}

export function presentOrganization(world: World, id: OrganizationId): Schemas["Named"] {
  return { id, name: world.directory.organizations.get(id)?.name ?? "" };
}

function presentWorkspace(world: World, workspace: Workspace): Schemas["Workspace"] {
  const build = latestBuild(workspace);
  return {
    id: workspace.id,
    name: workspace.name,
    ...(build === undefined ? {} : { status: workspaceStatus(build.transition, build.job.status) }),
    created_at: formatInstant(workspace.createdAt),
    updated_at: formatInstant(workspace.updatedAt),
    shared_with: workspace.sharedWith.map((id) => presentUserName(world, id)),
  };
}

function presentBuild(world: World, build: Build): Schemas["Build"] {
  const { job } = build;
  return {
    id: build.id,
    number: build.number,
    transition: build.transition,
    reason: build.reason,
    status: workspaceStatus(build.transition, job.status),
    initiator: presentUserName(world, build.initiatorId),
    template_version_id: build.templateVersionId,
    ...(build.presetId === undefined ? {} : { preset_id: build.presetId }),
    created_at: formatInstant(build.createdAt),
    updated_at: formatInstant(build.updatedAt),
    job: {
      id: job.id,
      status: job.status,
      ...(job.error === "" ? {} : { error: job.error }),
      ...stamp("started_at", job.startedAt),
      ...stamp("completed_at", job.completedAt),
      ...stamp("canceled_at", job.canceledAt),
    },
    ...(build.agent === undefined ? {} : { agent_id: build.agent.id }),
  };
}

function presentAgent(world: World, agent: Agent): Schemas["Agent"] {
  return {
    id: agent.id,
    name: agent.name,
    token: world.agentTokenText(agent),
    lifecycle: agent.lifecycle,
    connection: agent.connection,
    ...agentHealth(agent),
    created_at: formatInstant(agent.createdAt),
    ...stamp("started_at", agent.startedAt),
    ...stamp("ready_at", agent.readyAt),
  };
}

function presentApp(app: App): Schemas["App"] {
  const { displayName, ...rest } = app;
  return { ...rest, display_name: displayName };
}

function presentReport(report: AppStatus): Schemas["Report"] {
  const { state, message, uri } = report;
  return { at: formatInstant(report.createdAt), state, message, uri, build_number: report.buildNumber };
}

function presentSnapshot({ storedAt, messages }: Snapshot): Schemas["Snapshot"] {
  return { stored_at: formatInstant(storedAt), messages };
}

function presentDue({ at, step }: Due): Schemas["Due"] {
  const planned = { at: formatInstant(at), kind: step.kind };
  switch (step.kind) {
    case "agent":
      return { ...planned, lifecycle: step.lifecycle };
    case "report":
      return { ...planned, state: step.state, text: step.message };
    case "message":
      return { ...planned, role: step.role, text: step.content };
    case "turn":
      return { ...planned, text: step.input };
    case "job-failed":
      return { ...planned, text: step.error };
    default:
      return planned;
  }
}

/** A stamp by its key; nothing when there is none. */
export function stamp<Key extends string>(
  key: Key,
  instant: Instant | undefined,
): { readonly [K in Key]?: string } {
  const entry: { [K in Key]?: string } = {};
  if (instant !== undefined) entry[key] = formatInstant(instant);
  return entry;
}
