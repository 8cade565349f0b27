import type { AgentOutcome, AppOutcome, BuildOutcome } from "./behaviour.ts";
import type { Due, Durations, Step } from "./due.ts";
import type { Instant } from "./instant.ts";
import { Plan } from "./plan.ts";
import { type Draw, drawSpan } from "./span.ts";
import type { Transition } from "./workspace.ts";

// Steps without data of their own are the same objects in every plan: thousands of plans may be pending.
const jobRunning: Step = { kind: "job-running" };
const jobSucceeded: Step = { kind: "job-succeeded" };
const jobCanceling: Step = { kind: "job-canceling" };
const jobCanceled: Step = { kind: "job-canceled" };
const snapshot: Step = { kind: "snapshot" };
const agentStarting: Step = { kind: "agent", lifecycle: "starting" };
const agentReady: Step = { kind: "agent", lifecycle: "ready" };
const agentStartError: Step = { kind: "agent", lifecycle: "start_error" };
const agentStartTimeout: Step = { kind: "agent", lifecycle: "start_timeout" };
const agentTimeout: Step = { kind: "agent-timeout" };
const agentDisconnected: Step = { kind: "agent-disconnected" };
const appHealthy: Step = { kind: "app-healthy" };
const appUnhealthy: Step = { kind: "app-unhealthy" };
const nothingToDo: Step = { kind: "turn", input: "", opening: true };

export interface StartToPlan {
  readonly durations: Durations;
  /** What the agent sets out to do; undefined when it has nothing new to do. */
  readonly prompt: string | undefined;
  readonly build: BuildOutcome;
  readonly agent: AgentOutcome;
  readonly app: AppOutcome;
  readonly draw: Draw;
}

/** The steps of a start build, from the queue to the agent's first turn, which is planned only when it begins. */
export function planStart(from: Instant, start: StartToPlan): readonly Due[] {
  const { durations, agent, app, draw, prompt } = start;
  const plan = new Plan(from);
  plan.after(durations.queue, jobRunning);
  planEnd(plan, start.build, durations.build);
  if (start.build.kind !== "succeeds") return plan.due;
  if (agent.kind === "never-connects") {
    plan.after(durations.connect, agentTimeout);
    return plan.due;
  }
  plan.after(durations.connect, agentStarting);
  plan.after(durations.startup, startedUp(agent));
  if (agent.kind === "disconnects")
    plan.beside(drawSpan(agent.after, draw, "disconnects"), agentDisconnected);
  plan.after(durations.app_start, appHealthy);
  if (app.kind === "unhealthy") plan.beside(drawSpan(app.after, draw, "unhealthy"), appUnhealthy);
  plan.after(0, prompt === undefined ? nothingToDo : { kind: "turn", input: prompt, opening: true });
  return plan.due;
}

function startedUp({ kind }: AgentOutcome): Step {
  if (kind === "start-error") return agentStartError;
  return kind === "start-timeout" ? agentStartTimeout : agentReady;
}

export interface ShutdownToPlan {
  readonly durations: Durations;
  readonly transition: Exclude<Transition, "start">;
  readonly agentIsUp: boolean;
  readonly build: BuildOutcome;
}

/** The steps of a stop or delete build. An agent that is up hands in its last messages before it goes. */
export function planShutdown(from: Instant, shutdown: ShutdownToPlan): readonly Due[] {
  const { durations, transition, agentIsUp, build } = shutdown;
  const plan = new Plan(from);
  const span = durations[transition];
  plan.after(durations.queue, jobRunning);
  if (build.kind === "hangs") return plan.due;
  const handsIn = transition === "stop" && agentIsUp;
  if (handsIn) plan.after(span / 2, snapshot);
  planEnd(plan, build, handsIn ? span / 2 : span);
  return plan.due;
}

/** A job is asked to end before it is seen to have ended, so a canceled one is canceling in between. */
function planEnd(plan: Plan, build: BuildOutcome, span: number): void {
  switch (build.kind) {
    case "succeeds":
      plan.after(span, jobSucceeded);
      return;
    case "fails":
      plan.after(span, { kind: "job-failed", error: build.error });
      return;
    case "canceled":
      plan.after(span / 2, jobCanceling);
      plan.after(span / 2, jobCanceled);
      return;
    case "hangs":
      return;
    default:
      build satisfies never;
  }
}
