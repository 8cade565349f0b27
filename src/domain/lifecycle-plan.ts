import { type AgentTurn, agentReply, openingReply } from "./agent-reply.ts";
import { asInstant, type Instant } from "./instant.ts";
import type { MessageRole } from "./task.ts";
import type { AgentLifecycle, ReportState, Transition } from "./workspace.ts";

export const durationNames = [
  "queue",
  "build",
  "connect",
  "startup",
  "app_start",
  "first_reply",
  "stop",
  "delete",
  "reply",
] as const;
export type DurationName = (typeof durationNames)[number];

/** How long each stage takes, in milliseconds. */
export type Durations = Readonly<Record<DurationName, number>>;

/** A fresh task is active after five seconds and idle, with its first answer, two seconds later. */
export const defaultDurations: Durations = {
  queue: 500,
  build: 1_500,
  connect: 1_000,
  startup: 1_000,
  app_start: 1_000,
  first_reply: 2_000,
  stop: 1_500,
  delete: 1_500,
  reply: 2_000,
};

/** One thing that happens to a workspace. */
export type Step =
  | { readonly kind: "job-running" }
  | { readonly kind: "job-succeeded" }
  | { readonly kind: "agent"; readonly lifecycle: AgentLifecycle }
  | { readonly kind: "app-healthy" }
  | { readonly kind: "snapshot" }
  | { readonly kind: "report"; readonly state: ReportState; readonly message: string; readonly uri: string }
  | { readonly kind: "message"; readonly role: MessageRole; readonly content: string }
  /** The app is through with its input and takes the next. */
  | { readonly kind: "app-free" };

/** A step with the instant at which it happens by itself. */
export interface Due {
  readonly at: Instant;
  readonly step: Step;
}

/**
 * The steps of a start build, from the queue to an idle agent. A prompt is what the agent sets out to do; undefined when it
 * has nothing new to do. While at its first work the app still takes input, so that a task can be sent to as soon as it is
 * active.
 */
export function planStart(from: Instant, durations: Durations, prompt: string | undefined): readonly Due[] {
  const plan = new Plan(from);
  plan.after(durations.queue, { kind: "job-running" });
  plan.after(durations.build, { kind: "job-succeeded" });
  plan.after(durations.connect, { kind: "agent", lifecycle: "starting" });
  plan.after(durations.startup, { kind: "agent", lifecycle: "ready" });
  plan.after(durations.app_start, { kind: "app-healthy" });
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
  plan.after(durations.queue, { kind: "job-running" });
  if (transition === "stop" && agentIsUp) plan.after(span / 2, { kind: "snapshot" });
  plan.after(transition === "stop" && agentIsUp ? span / 2 : span, { kind: "job-succeeded" });
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
  plan.after(0, { kind: "app-free" });
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
