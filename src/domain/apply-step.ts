import type { Agent, AppStatus, Connection } from "./agent.ts";
import { assertNever } from "./assert-never.ts";
import { beginTurn, isPartOfTurn } from "./begin-turn.ts";
import type { Step } from "./due.ts";
import { endJob } from "./end-job.ts";
import type { IdSource } from "./id-source.ts";
import { asId } from "./ids.ts";
import { formatInstant, type Instant } from "./instant.ts";
import { outcomeAfter } from "./outcomes.ts";
import { type Pair, withAgent, withApp, withBuild, withTask } from "./pair.ts";
import { addMessage, type Task } from "./task.ts";
import { type Build, latestBuild, type Workspace } from "./workspace.ts";

export type { Pair };

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
    case "job-failed":
      return withBuild(pair, (build) => endJob(build, { status: "failed", error: step.error }, at));
    case "job-canceling":
      return withBuild(pair, (build) => endJob(build, { status: "canceling", error: "" }, at));
    case "job-canceled":
      return withBuild(pair, (build) => endJob(build, { status: "canceled", error: "" }, at));
    case "snapshot":
      return withTask(pair, (task) => takeSnapshot(task, at));
    case "agent":
      return withAgent(pair, at, (agent) => moveAgent(agent, step.lifecycle, at));
    case "agent-timeout":
    case "agent-disconnected":
      return withAgent(pair, at, (agent) => loseAgent(agent, at));
    default:
      return applyWork(pair, step, { at, ids });
  }
}

type LifecycleKind =
  | "job-running"
  | "job-succeeded"
  | "job-failed"
  | "job-canceling"
  | "job-canceled"
  | "snapshot"
  | "agent"
  | "agent-timeout"
  | "agent-disconnected";

/** What happens to the app, and what the agent does there. */
function applyWork(
  pair: Pair,
  step: Exclude<Step, { readonly kind: LifecycleKind }>,
  moment: { readonly at: Instant; readonly ids: IdSource },
): Pair {
  const { at } = moment;
  switch (step.kind) {
    case "app-healthy":
      return bringAppUp(pair, at);
    case "app-unhealthy":
      return breakApp(pair, at);
    case "app-free":
      return withApp(pair, at, (app) => ({ ...app, busy: false }));
    case "turn":
      return beginTurn(pair, step, moment);
    case "message":
      return withTask(pair, (task) => addMessage(task, { role: step.role, content: step.content, at }));
    case "report":
      return isCutOff(pair) ? pair : { ...pair, workspace: addReport(pair.workspace, step, moment) };
    default:
      return assertNever(step);
  }
}

/** An agent that lost its connection works on in its workspace, and nobody hears of it. */
function isCutOff({ workspace }: Pair): boolean {
  return latestBuild(workspace)?.agent?.connection === "disconnected";
}

function bringAppUp(pair: Pair, at: Instant): Pair {
  const { behaviour, builds } = pair.workspace;
  const { kind } = outcomeAfter(behaviour.app, builds.slice(0, -1), "start");
  return withApp(pair, at, (app) => ({
    ...app,
    health: "healthy",
    reachable: app.reachable && kind !== "unreachable",
    accepts: app.accepts && kind !== "rejects",
  }));
}

/** The app is where the agent works, so with it goes what the agent was still going to do. */
function breakApp(pair: Pair, at: Instant): Pair {
  const due = pair.workspace.due.filter(({ step }) => !isPartOfTurn(step));
  const silenced = { ...pair, workspace: { ...pair.workspace, due } };
  return withApp(silenced, at, (app) => ({ ...app, health: "unhealthy" }));
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

/** One that never was connected cannot lose its connection: it has taken too long to come. */
export function loseAgent(agent: Agent, at: Instant): Agent {
  const never = agent.connection === "connecting" || agent.connection === "timeout";
  return setConnection(agent, never ? "timeout" : "disconnected", at);
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
