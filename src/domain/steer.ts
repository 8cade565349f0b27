import type { Agent, AgentLifecycle, App } from "./agent.ts";
import { applyStep } from "./apply-step.ts";
import { assertNever } from "./assert-never.ts";
import { loseAgent, moveAgent, setConnection } from "./change-agent.ts";
import type { Step } from "./due.ts";
import { endJob } from "./end-job.ts";
import type { IdSource } from "./id-source.ts";
import type { Instant } from "./instant.ts";
import { type Pair, withAgent, withApp, withBuild } from "./pair.ts";
import { type Build, type JobStatus, latestBuild } from "./workspace.ts";

/** Where a hand from outside can put a job. A fresh build is pending; none goes back to it. */
export type SteeredJob = Exclude<JobStatus, "pending">;

/** What of an app a hand from outside can change. */
export type SteeredApp = Partial<Pick<App, "linked" | "health" | "busy" | "reachable" | "accepts">>;

export interface SteeredAgent {
  readonly lifecycle?: AgentLifecycle | undefined;
  readonly connected?: boolean | undefined;
}

/**
 * The pair with its latest build's job put to a status. What was planned for the job up to there is off, what comes after it
 * stays planned; a job that leaves the way to success, or comes back to it, has nothing planned any more. Only a start job
 * that succeeded has an agent.
 */
export function steerJob(
  pair: Pair,
  { status, error }: { readonly status: SteeredJob; readonly error: string },
  moment: { readonly at: Instant; readonly ids: IdSource },
): Pair {
  const job = latestBuild(pair.workspace)?.job;
  if (job === undefined || (job.status === status && job.error === error)) return pair;
  const isUnderWay = job.status === "pending" || job.status === "running";
  switch (status) {
    case "running":
      return applyStep(
        isUnderWay ? planWithout(pair, isPickUp) : backToStart(pair),
        { kind: "job-running" },
        moment,
      );
    case "succeeded":
      return applyStep(
        isUnderWay ? planWithout(pair, isJobStep) : backToStart(pair),
        { kind: "job-succeeded" },
        moment,
      );
    case "failed":
    case "canceling":
    case "canceled":
      return withBuild(planWithout(pair, isAnyStep), (build) => endJob(build, { status, error }, moment.at));
    default:
      return assertNever(status);
  }
}

/** The pair with its latest build's agent moved, connected or disconnected; unchanged without an agent. */
export function steerAgent(pair: Pair, { lifecycle, connected }: SteeredAgent, at: Instant): Pair {
  const moved =
    lifecycle === undefined
      ? pair
      : withAgent(planWithout(pair, stepsBehind(lifecycle)), at, (agent) =>
          moveAgent(rewindAgent(agent, lifecycle), lifecycle, at),
        );
  return connected === undefined ? moved : withAgent(moved, at, (agent) => connectBy(agent, connected, at));
}

/** The pair with its latest build's app changed; unchanged without an agent. */
export function steerApp(pair: Pair, change: SteeredApp, at: Instant): Pair {
  return withApp(planWithout(pair, stepsAgainst(change)), at, (app) => ({ ...app, ...change }));
}

type StepTest = (step: Step) => boolean;

const isAnyStep: StepTest = () => true;
const isNoStep: StepTest = () => false;
const isPickUp: StepTest = ({ kind }) => kind === "job-running";
/** A stop job that is through has no agent left to hand in its last messages. */
const isJobStep: StepTest = ({ kind }) => kind.startsWith("job-") || kind === "snapshot";

const isOnTheWayUp: StepTest = ({ kind }) => kind === "agent" || kind === "agent-timeout";

function planWithout(pair: Pair, isOff: StepTest): Pair {
  const due = pair.workspace.due.filter(({ step }) => !isOff(step));
  return due.length === pair.workspace.due.length ? pair : { ...pair, workspace: { ...pair.workspace, due } };
}

/** What a lifecycle state makes needless: the steps that lead up to it, or all once it is no state on the way up. */
function stepsBehind(lifecycle: AgentLifecycle): StepTest {
  switch (lifecycle) {
    case "created":
      return isNoStep;
    case "starting":
      return (step) =>
        step.kind === "agent-timeout" || (step.kind === "agent" && step.lifecycle === "starting");
    case "ready":
    case "start_error":
    case "start_timeout":
      return isOnTheWayUp;
    case "shutting_down":
    case "shutdown_timeout":
    case "shutdown_error":
    case "off":
      return isAnyStep;
    default:
      return assertNever(lifecycle);
  }
}

/** Steps that would undo what a hand has set, and all of them once the app is off the way up. */
function stepsAgainst({ linked, health, busy }: SteeredApp): StepTest {
  if (linked === false || health === "unhealthy") return isAnyStep;
  const setsHealth = health === "healthy" || health === "disabled";
  return ({ kind }) => (kind === "app-healthy" && setsHealth) || (kind === "app-free" && busy !== undefined);
}

/** The latest build as it was made, with nothing planned. */
function backToStart(pair: Pair): Pair {
  return withBuild(planWithout(pair, isAnyStep), (build) => {
    const { id, fileId } = build.job;
    return { ...withoutAgent(build), job: { id, fileId, status: "pending", error: "" } };
  });
}

function withoutAgent(build: Build): Build {
  const { agent: _, ...rest } = build;
  return rest;
}

/** An agent that is put back has not reached yet what lies ahead of it again. */
function rewindAgent(agent: Agent, lifecycle: AgentLifecycle): Agent {
  if (lifecycle !== "created" && lifecycle !== "starting") return agent;
  const { readyAt: _, ...unready } = agent;
  if (lifecycle === "starting") return unready;
  const { startedAt: __, ...fresh } = unready;
  return fresh;
}

function connectBy(agent: Agent, connected: boolean, at: Instant): Agent {
  return connected ? setConnection(agent, "connected", at) : loseAgent(agent, at);
}
