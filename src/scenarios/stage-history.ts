import {
  applyStep,
  moveAgent,
  type Pair,
  setConnection,
  withAgent,
  withBuild,
} from "../domain/apply-step.ts";
import { type Due, type Durations, drawDurations } from "../domain/due.ts";
import type { IdSource } from "../domain/id-source.ts";
import { asId, type UserId } from "../domain/ids.ts";
import { asInstant, type Instant } from "../domain/instant.ts";
import { planReply, planShutdown, planStart } from "../domain/lifecycle-plan.ts";
import type { Build, BuildReason, Job, Transition, Workspace } from "../domain/workspace.ts";
import type { StagePlan } from "./stages.ts";

/** The lifecycle steps of a start plan; what comes behind them is the agent's first turn. */
const lifecycleSteps = 5;

export interface StageInput {
  /** Without builds yet. */
  readonly workspace: Workspace;
  readonly plan: StagePlan;
  readonly ids: IdSource;
  readonly fileId: string;
  readonly buildBase: Pick<Build, "templateVersionId" | "presetId">;
  readonly initiatorId: UserId;
  /** The instant of the world's start. */
  readonly now: Instant;
  /** When the latest build began or, in a stage of one build, when what is special about it came about. */
  readonly since: Instant | undefined;
  /** Text of a failed job's error. */
  readonly error: string;
}

/** A workspace brought into a stage, with the plan of what its latest build had still to do. */
export interface StagedWorkspace {
  readonly workspace: Workspace;
  readonly remaining: readonly Due[];
}

interface Beginning {
  readonly transition: Transition;
  readonly reason: BuildReason;
  readonly at: Instant;
  readonly until: Instant;
}

/** Runs the same steps that the world runs, so that a stage cannot differ from the state that a client would reach. */
export function reachStage(input: StageInput): StagedWorkspace {
  const beginnings = layOut(input);
  let pair: Pair = { workspace: input.workspace, task: undefined };
  let remaining: readonly Due[] = [];
  for (const [index, beginning] of beginnings.entries()) {
    const isLast = index === beginnings.length - 1;
    const plan = planOf(pair.workspace, beginning, input.ids);
    const count = isLast ? input.plan.steps : stepsToEnd(plan, beginning.transition);
    pair = begin(pair, beginning, input);
    for (const due of squeeze(plan.slice(0, count), beginning)) {
      pair = applyStep(pair, due.step, { at: due.at, ids: input.ids });
    }
    remaining = isLast ? plan.slice(count) : [];
  }
  return { workspace: finish(pair, input).workspace, remaining: lateBy(remaining, input.now) };
}

function layOut({ workspace, plan, since, now }: StageInput): readonly Beginning[] {
  const transitions = [...plan.before, plan.transition];
  const first = workspace.createdAt;
  const last = transitions.length === 1 ? first : (since ?? midway(first, now));
  return transitions.map((transition, index) => {
    const share = transitions.length === 1 ? 0 : index / (transitions.length - 1);
    const next = transitions.length === 1 ? 1 : (index + 1) / (transitions.length - 1);
    const isLast = index === transitions.length - 1;
    return {
      transition,
      reason: isLast ? plan.reason : reasons[transition],
      at: asInstant(Math.floor(first + (last - first) * share)),
      until: isLast ? now : asInstant(Math.floor(first + (last - first) * next)),
    };
  });
}

const reasons = {
  start: "initiator",
  stop: "task_manual_pause",
  delete: "initiator",
} as const satisfies Record<Transition, BuildReason>;

function midway(one: Instant, other: Instant): Instant {
  return asInstant(Math.floor((one + other) / 2));
}

function planOf(workspace: Workspace, { transition, at }: Beginning, ids: IdSource): readonly Due[] {
  const durations = durationsOf(workspace, workspace.builds.length + 1, ids);
  if (transition === "start") return planStart(at, durations, undefined).slice(0, lifecycleSteps);
  const agentIsUp = workspace.builds.at(-1)?.agent?.connection === "connected";
  return planShutdown(at, durations, { transition, agentIsUp });
}

function stepsToEnd(plan: readonly Due[], transition: Transition): number {
  return transition === "start" ? lifecycleSteps : plan.length;
}

/** The steps with their times pulled together where a build began too shortly ago for all of them. */
function squeeze(steps: readonly Due[], { at, until }: Beginning): readonly Due[] {
  const needed = (steps.at(-1)?.at ?? at) - at;
  const room = Math.max(0, until - at);
  if (needed <= room) return steps;
  return steps.map((due) => ({ ...due, at: asInstant(Math.floor(at + ((due.at - at) * room) / needed)) }));
}

/** Steps moved as a whole so that the first wait begins now. */
function lateBy(steps: readonly Due[], now: Instant): readonly Due[] {
  const first = steps[0];
  if (first === undefined || first.at > now) return steps;
  const delay = now - first.at + 1;
  return steps.map((due) => ({ ...due, at: asInstant(due.at + delay) }));
}

function begin(pair: Pair, { transition, reason, at }: Beginning, input: StageInput): Pair {
  const number = pair.workspace.builds.length + 1;
  const build: Build = {
    id: asId(input.ids.named("build", String(number))),
    number,
    transition,
    reason,
    initiatorId: input.initiatorId,
    ...input.buildBase,
    createdAt: at,
    updatedAt: at,
    job: { id: input.ids.named("job", String(number)), fileId: input.fileId, status: "pending", error: "" },
  };
  return {
    ...pair,
    workspace: { ...pair.workspace, updatedAt: at, builds: [...pair.workspace.builds, build] },
  };
}

function finish(pair: Pair, input: StageInput): Pair {
  const { plan, now } = input;
  const late = input.since ?? now;
  const broken = withBuild(pair, (build) => ({ ...build, ...endedJob(build, input) }));
  return withAgent(broken, latestChange(broken.workspace), (agent) => {
    const lifecycle = plan.lifecycle ?? agent.lifecycle;
    const reached = lifecycle.startsWith("start_") ? (agent.readyAt ?? late) : late;
    const moved = plan.lifecycle === undefined ? agent : moveAgent(agent, plan.lifecycle, reached);
    const connected = plan.connection === undefined ? moved : setConnection(moved, plan.connection, late);
    return { ...connected, app: { ...connected.app, ...plan.app } };
  });
}

function latestChange(workspace: Workspace): Instant {
  return workspace.builds.at(-1)?.updatedAt ?? workspace.updatedAt;
}

function endedJob(build: Build, { plan, workspace, error, now, ids }: StageInput): Partial<Build> {
  const durations = durationsOf(workspace, build.number, ids);
  const planned = asInstant(
    Math.min(now, (build.job.startedAt ?? build.createdAt) + spanOf(build, durations)),
  );
  const job: Job = { ...build.job, status: plan.job };
  switch (plan.job) {
    case "failed":
      return { updatedAt: planned, job: { ...job, completedAt: planned, error } };
    case "canceling":
      return { updatedAt: planned, job: { ...job, canceledAt: planned } };
    case "canceled":
      return { updatedAt: planned, job: { ...job, canceledAt: planned, completedAt: planned } };
    default:
      return {};
  }
}

function durationsOf(workspace: Workspace, build: number, ids: IdSource): Durations {
  return drawDurations(workspace.durations, { ids, of: `${workspace.id}/${build}` });
}

function spanOf(build: Build, durations: Durations): number {
  return build.transition === "start" ? durations.build : durations[build.transition];
}

/** What an agent that is at work still has to do about the last thing it was told. */
export function restOfTurn(now: Instant, durations: Durations, input: string): readonly Due[] {
  return planReply(now, durations, input).slice(1);
}

/** The first turn of an agent that has just come up, beginning now. */
export function firstTurn(now: Instant, durations: Durations, prompt: string): readonly Due[] {
  const plan = planStart(now, durations, prompt);
  const up = plan[lifecycleSteps - 1]?.at ?? now;
  return plan.slice(lifecycleSteps).map((due) => ({ ...due, at: asInstant(due.at - up + now) }));
}
