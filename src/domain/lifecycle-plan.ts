import { type AgentTurn, agentReply, openingReply } from "./agent-reply.ts";
import type { Due, Durations, Step } from "./due.ts";
import { asInstant, type Instant } from "./instant.ts";
import type { Transition } from "./workspace.ts";

// Steps without data of their own are the same objects in every plan: thousands of plans may be pending.
const jobRunning: Step = { kind: "job-running" };
const jobSucceeded: Step = { kind: "job-succeeded" };
const agentStarting: Step = { kind: "agent", lifecycle: "starting" };
const agentReady: Step = { kind: "agent", lifecycle: "ready" };
const appHealthy: Step = { kind: "app-healthy" };
const appFree: Step = { kind: "app-free" };

/**
 * The steps of a start build, from the queue to an idle agent. A prompt is what the agent sets out to do; undefined when it
 * has nothing new to do. While at its first work the app still takes input, so that a task can be sent to as soon as it is
 * active.
 */
export function planStart(from: Instant, durations: Durations, prompt: string | undefined): readonly Due[] {
  const plan = new Plan(from);
  plan.after(durations.queue, jobRunning);
  plan.after(durations.build, jobSucceeded);
  plan.after(durations.connect, agentStarting);
  plan.after(durations.startup, agentReady);
  plan.after(durations.app_start, appHealthy);
  if (prompt !== undefined && prompt.trim() !== "") {
    plan.after(0, { kind: "message", role: "user", content: prompt });
    planTurn(
      plan,
      { before: durations.first_reply / 4, work: (durations.first_reply * 3) / 4 },
      openingReply(prompt),
    );
  } else {
    plan.after(durations.first_reply, {
      kind: "report",
      state: "idle",
      message: "Waiting for input",
      uri: "",
    });
  }
  return plan.due;
}

/** The steps of a stop or delete build. An agent that is up hands in its last messages before it goes. */
export function planShutdown(
  from: Instant,
  durations: Durations,
  {
    transition,
    agentIsUp,
  }: { readonly transition: Exclude<Transition, "start">; readonly agentIsUp: boolean },
): readonly Due[] {
  const plan = new Plan(from);
  const span = durations[transition];
  plan.after(durations.queue, jobRunning);
  if (transition === "stop" && agentIsUp) plan.after(span / 2, { kind: "snapshot" });
  plan.after(transition === "stop" && agentIsUp ? span / 2 : span, jobSucceeded);
  return plan.due;
}

/** What the agent does after it took an input: it works, writes its answer and goes idle. */
export function planReply(from: Instant, durations: Durations, input: string): readonly Due[] {
  const plan = new Plan(from);
  planTurn(plan, { before: 0, work: durations.reply }, agentReply(input));
  return plan.due;
}

function planTurn(
  plan: Plan,
  spans: { readonly before: number; readonly work: number },
  turn: AgentTurn,
): void {
  plan.after(spans.before, { kind: "report", state: "working", message: turn.doing, uri: "" });
  plan.after(spans.work, { kind: "message", role: "agent", content: turn.answer });
  plan.after(0, appFree);
  plan.after(0, { kind: "report", state: "idle", message: turn.done, uri: "" });
}

class Plan {
  readonly due: Due[] = [];
  #at: number;

  constructor(from: Instant) {
    this.#at = from;
  }

  after(span: number, step: Step): void {
    this.#at += span;
    this.due.push({ at: asInstant(Math.round(this.#at)), step });
  }
}
