import type { Agent, App, AppStatus, Connection } from "./agent.ts";
import { assertNever } from "./assert-never.ts";
import type { Step } from "./due.ts";
import type { IdSource } from "./id-source.ts";
import { asId } from "./ids.ts";
import { formatInstant, type Instant } from "./instant.ts";
import type { Message, Task } from "./task.ts";
import type { Build, Workspace } from "./workspace.ts";

/** A workspace and its task, which change together. The task is absent once it is gone for good. */
export interface Pair {
  readonly workspace: Workspace;
  readonly task: Task | undefined;
}

/** The pair after a step that happened at an instant. Pure but for the ids that it draws. */
export function applyStep(
  pair: Pair,
  step: Step,
  { at, ids }: { readonly at: Instant; readonly ids: IdSource },
): Pair {
  switch (step.kind) {
    case "job-running":
      return withBuild(pair, (build) => startJob(build, at));
    case "job-succeeded":
      return completeBuild(pair, at, ids);
    case "agent":
      return withAgent(pair, at, (agent) => moveAgent(agent, step.lifecycle, at));
    case "app-healthy":
      return withApp(pair, at, (app) => ({ ...app, health: "healthy" }));
    case "app-free":
      return withApp(pair, at, (app) => ({ ...app, busy: false }));
    case "snapshot":
      return withTask(pair, (task) => takeSnapshot(task, at));
    case "message":
      return withTask(pair, (task) => addMessage(task, { role: step.role, content: step.content, at }));
    case "report":
      return { ...pair, workspace: addReport(pair.workspace, step, { at, ids }) };
    default:
      return assertNever(step);
  }
}

/** Appends an entry to the conversation, numbered on from the last one. */
export function addMessage(task: Task, message: Omit<Message, "id">): Task {
  const id = (task.conversation.at(-1)?.id ?? 0) + 1;
  return { ...task, conversation: [...task.conversation, { id, ...message }] };
}

/** Appends a report of the agent on its work. */
export function addReport(
  workspace: Workspace,
  report: Pick<AppStatus, "state" | "message" | "uri">,
  { at, ids }: { readonly at: Instant; readonly ids: IdSource },
): Workspace {
  const build = workspace.builds.at(-1);
  const agent = workspace.builds.findLast((candidate) => candidate.agent !== undefined)?.agent;
  const status: AppStatus = {
    // Each report's id follows from the one before, so that what other workspaces do cannot change it.
    id: ids.named("app-status", workspace.statuses.at(-1)?.id ?? workspace.id),
    agentId: agent?.id,
    appId: agent?.app.id,
    buildNumber: build?.number ?? 0,
    createdAt: at,
    state: report.state,
    message: report.message,
    uri: report.uri,
  };
  return { ...workspace, statuses: [...workspace.statuses.slice(-keptReports + 1), status] };
}

/** Reports beyond these can never show again, since only the newest is ever looked at. */
const keptReports = 100;

/** An agent that shuts down hands in the ten last messages. */
const snapshotLength = 10;

function takeSnapshot(task: Task, at: Instant): Task {
  const messages = task.conversation.slice(-snapshotLength).map((message) => ({
    id: message.id,
    role: message.role,
    content: message.content,
    time: formatInstant(message.at),
  }));
  return { ...task, snapshot: { storedAt: at, messages } };
}

function startJob(build: Build, at: Instant): Build {
  return { ...build, updatedAt: at, job: { ...build.job, status: "running", startedAt: at } };
}

function completeBuild(pair: Pair, at: Instant, ids: IdSource): Pair {
  const completed = withBuild(pair, (build) => ({
    ...build,
    updatedAt: at,
    job: { ...build.job, status: "succeeded", startedAt: build.job.startedAt ?? at, completedAt: at },
    ...(build.transition === "start" ? { agent: newAgent(build.id, { at, ids }) } : {}),
  }));
  return { ...completed, workspace: { ...completed.workspace, updatedAt: at } };
}

/**
 * The agent and app of a start build that just succeeded, linked together so that no `unknown` shows in between. Their ids
 * belong to the build, so that what other workspaces do cannot change them.
 */
export function newAgent(
  buildId: string,
  { at, ids }: { readonly at: Instant; readonly ids: IdSource },
): Agent {
  return {
    id: asId(ids.named("agent", buildId)),
    name: "main",
    token: ids.named("agent-token", buildId),
    lifecycle: "created",
    connection: "connecting",
    createdAt: at,
    app: {
      id: asId(ids.named("app", buildId)),
      slug: "agent",
      displayName: "Agent",
      url: "http://localhost:3284",
      health: "initializing",
      linked: true,
      busy: false,
      reachable: true,
      accepts: true,
    },
  };
}

/** An agent at a lifecycle state reached at an instant, with the stamps and the connection that go with it. */
export function moveAgent(agent: Agent, lifecycle: Agent["lifecycle"], at: Instant): Agent {
  if (lifecycle === "created") return { ...agent, lifecycle };
  const connected: Agent = connectAgent({ ...agent, lifecycle, startedAt: agent.startedAt ?? at }, at);
  switch (lifecycle) {
    case "ready":
    case "start_error":
    case "start_timeout":
      return { ...connected, readyAt: at };
    case "off":
      return setConnection(connected, "disconnected", at);
    default:
      return connected;
  }
}

function connectAgent(agent: Agent, at: Instant): Agent {
  return agent.connection === "connecting" || agent.connection === "timeout"
    ? setConnection(agent, "connected", at)
    : agent;
}

/** An agent whose connection changed at an instant. */
export function setConnection(agent: Agent, connection: Connection, at: Instant): Agent {
  switch (connection) {
    case "connected": {
      const { disconnectedAt: _, ...rest } = agent;
      return { ...rest, connection, firstConnectedAt: agent.firstConnectedAt ?? at, lastConnectedAt: at };
    }
    case "disconnected":
      return { ...agent, connection, disconnectedAt: at };
    case "connecting":
    case "timeout":
      return { ...agent, connection };
    default:
      return assertNever(connection);
  }
}

/** The pair with its latest build changed; unchanged without a build. */
export function withBuild(pair: Pair, change: (build: Build) => Build): Pair {
  const { workspace } = pair;
  const build = workspace.builds.at(-1);
  if (build === undefined) return pair;
  return { ...pair, workspace: { ...workspace, builds: [...workspace.builds.slice(0, -1), change(build)] } };
}

/** The pair with its latest build's agent changed; unchanged without an agent. */
export function withAgent(pair: Pair, at: Instant, change: (agent: Agent) => Agent): Pair {
  return withBuild(pair, (build) =>
    build.agent === undefined ? build : { ...build, updatedAt: at, agent: change(build.agent) },
  );
}

/** The pair with its latest build's app changed; unchanged without an agent. */
export function withApp(pair: Pair, at: Instant, change: (app: App) => App): Pair {
  return withAgent(pair, at, (agent) => ({ ...agent, app: change(agent.app) }));
}

function withTask(pair: Pair, change: (task: Task) => Task): Pair {
  return pair.task === undefined ? pair : { ...pair, task: change(pair.task) };
}
