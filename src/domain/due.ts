import type { AgentLifecycle, ReportState } from "./agent.ts";
import type { Instant } from "./instant.ts";
import { type Draw, drawSpan, fixed, type Span } from "./span.ts";
import type { MessageRole } from "./task.ts";

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

/** How long each stage can take. */
export type DurationSpans = Readonly<Record<DurationName, Span>>;

/** How long each stage takes, in milliseconds. */
export type Durations = Readonly<Record<DurationName, number>>;

/** A fresh task is active after five seconds and idle, with its first answer, two seconds later. */
export const defaultDurations: DurationSpans = {
  queue: fixed(500),
  build: fixed(1_500),
  connect: fixed(1_000),
  startup: fixed(1_000),
  app_start: fixed(1_000),
  first_reply: fixed(2_000),
  stop: fixed(1_500),
  delete: fixed(1_500),
  reply: fixed(2_000),
};

/** How long each stage takes in what the draw is named after. */
export function drawDurations(spans: DurationSpans, draw: Draw): Durations {
  return {
    queue: drawSpan(spans.queue, draw, "queue"),
    build: drawSpan(spans.build, draw, "build"),
    connect: drawSpan(spans.connect, draw, "connect"),
    startup: drawSpan(spans.startup, draw, "startup"),
    app_start: drawSpan(spans.app_start, draw, "app_start"),
    first_reply: drawSpan(spans.first_reply, draw, "first_reply"),
    stop: drawSpan(spans.stop, draw, "stop"),
    delete: drawSpan(spans.delete, draw, "delete"),
    reply: drawSpan(spans.reply, draw, "reply"),
  };
}

/** One thing that happens to a workspace. */
export type Step =
  | { readonly kind: "job-running" }
  | { readonly kind: "job-succeeded" }
  | { readonly kind: "job-failed"; readonly error: string }
  | { readonly kind: "job-canceling" }
  | { readonly kind: "job-canceled" }
  | { readonly kind: "agent"; readonly lifecycle: AgentLifecycle }
  /** The agent did not connect in time. */
  | { readonly kind: "agent-timeout" }
  | { readonly kind: "agent-disconnected" }
  | { readonly kind: "app-healthy" }
  | { readonly kind: "app-unhealthy" }
  | { readonly kind: "snapshot" }
  /** The agent turns to an input, or comes up with a prompt. What it does about that is planned when this happens. */
  | { readonly kind: "turn"; readonly input: string; readonly opening: boolean }
  | { readonly kind: "report"; readonly state: ReportState; readonly message: string; readonly uri: string }
  | { readonly kind: "message"; readonly role: MessageRole; readonly content: string }
  /** The app is through with its input and takes the next. */
  | { readonly kind: "app-free" };

/** A step with the instant at which it happens by itself. */
export interface Due {
  readonly at: Instant;
  readonly step: Step;
}
