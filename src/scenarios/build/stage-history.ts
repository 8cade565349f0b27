import { applyStep } from "../../domain/apply-step.ts";
import { type Behaviour, plainBehaviour } from "../../domain/behaviour.ts";
import { moveAgent, setConnection } from "../../domain/change-agent.ts";
import { type Due, type Durations, drawDurations } from "../../domain/due.ts";
import type { IdSource } from "../../domain/id-source.ts";
import { asId, type UserId } from "../../domain/ids.ts";
import { asInstant, type Instant } from "../../domain/instant.ts";
import { planShutdown, planStart } from "../../domain/lifecycle-plan.ts";
import { outcomeAfter } from "../../domain/outcomes.ts";
import { type Pair, withAgent, withBuild } from "../../domain/pair.ts";
import type { Draw } from "../../domain/span.ts";
import type { Build, BuildReason, Job, Transition, Workspace } from "../../domain/workspace.ts";
import type { StagePlan } from "./stages.ts";

/** The lifecycle steps of a start plan in which all goes well; behind them comes the agent's first turn. */
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
  /** What the agent of the latest build sets out to do once it is up. */
  readonly prompt: string;
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

/**
 * Runs the same steps that the world runs, so that a stage cannot differ from the state that a client would reach. How builds
 * turn out is for what is still to come: what has happened already is what the stage says.
 */
export function reachStage(input: StageInput): StagedWorkspace {
  const { behaviour } = input.workspace;
  const beginnings = layOut(input);
  let pair: Pair = { workspace: { ...input.workspace, behaviour: plainBehaviour }, task: undefined };
  let remaining: readonly Due[] = [];
  for (const [index, beginning] of beginnings.entries()) {
    const isLast = index === beginnings.length - 1;
    const plan = planOf(pair.workspace, beginning, input);
    const count = isLast ? input.plan.steps : stepsToEnd(plan, beginning.transition);
    pair = begin(pair, beginning, input);
    for (const due of squeeze(plan.slice(0, count), beginning)) {
      pair = applyStep(pair, due.step, { at: due.at, ids: input.ids });
    }
    if (isLast) remaining = remainingOf(pair.workspace, beginning, { input, behaviour });
  }
  const { workspace } = finish(pair, input);
  return { workspace: { ...workspace, behaviour }, remaining: lateBy(remaining, input.now) };
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

/** The steps of a build as the behaviour of its workspace has it. The workspace has the builds before it. */
function planOf(
  { id, builds, durations: spans, behaviour }: Workspace,
  { transition, at }: Beginning,
  { ids, prompt }: StageInput,
): readonly Due[] {
  const draw: Draw = { ids, of: `${id}/${builds.length + 1}` };
  const durations = drawDurations(spans, draw);
  const build = outcomeAfter(behaviour.builds[transition], builds, transition);
  if (transition !== "start") {
    const agentIsUp = builds.at(-1)?.agent?.connection === "connected";
    return planShutdown(at, { durations, transition, agentIsUp, build });
  }
  const agent = outcomeAfter(behaviour.agent, builds, "start");
  const app = outcomeAfter(behaviour.app, builds, "start");
  return planStart(at, { durations, prompt, build, agent, app, draw });
}

/** What a build that got as far as the stage has still to do, the stage's own way where an outcome came too late for it. */
function remainingOf(
  workspace: Workspace,
  beginning: Beginning,
  { input, behaviour }: { readonly input: StageInput; readonly behaviour: Behaviour },
): readonly Due[] {
  const { steps } = input.plan;
  const before = workspace.builds.slice(0, -1);
  const possible = stillPossible(behaviour, input.plan, before);
  let passed = 0;
  return planOf({ ...workspace, builds: before, behaviour: possible }, beginning, input).filter(
    ({ step: { kind } }) => {
      if (kind === "agent-disconnected" || kind === "app-unhealthy") return true;
      passed += 1;
      return passed > steps;
    },
  );
}

/** How many steps of a start plan have happened once the agent has connected. */
const agentIsThere = 3;

/** A behaviour without what can no longer come true in a stage. */
function stillPossible(behaviour: Behaviour, { job, steps }: StagePlan, before: readonly Build[]): Behaviour {
  const agent = outcomeAfter(behaviour.agent, before, "start");
  return {
    ...behaviour,
    builds: job === "succeeded" ? plainBehaviour.builds : behaviour.builds,
    agent: agent.kind === "never-connects" && steps >= agentIsThere ? plainBehaviour.agent : behaviour.agent,
  };
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
  // An agent that is up sets out at once; anything else takes a moment.
  const delay = now - first.at + (first.step.kind === "turn" ? 0 : 1);
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
