import type { AgentLifecycle, ReportState } from "./agent.ts";
import type { Instant } from "./instant.ts";
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
