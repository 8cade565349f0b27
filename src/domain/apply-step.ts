import type { AppStatus } from "./agent.ts";
import { assertNever } from "./assert-never.ts";
import { beginTurn, isPartOfTurn } from "./begin-turn.ts";
import { loseAgent, moveAgent, newAgent } from "./change-agent.ts";
import type { Step } from "./due.ts";
import { endJob } from "./end-job.ts";
import type { IdSource } from "./id-source.ts";
import { formatInstant, type Instant } from "./instant.ts";
import { outcomeAfter } from "./outcomes.ts";
import { type Pair, withAgent, withApp, withBuild, withTask } from "./pair.ts";
import { addMessage, type Task } from "./task.ts";
import { type Build, latestBuild, type Workspace } from "./workspace.ts";

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

/** Older ones make room: what a task does is told by the newest alone, the others only stand in lists. */
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
