import type { Facts, Job, ModelAgent, Report, Transition } from "./task-rules.ts";

/** Something that is going to happen to a task by itself. */
export interface Planned {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly kind: string;
  readonly lifecycle?: string;
  readonly state?: string;
  /** What the agent turns to. */
  readonly input?: string;
  readonly opening?: boolean;
}

/** A log entry as `input: text`, or as `output: *` where the words are the mock's. */
export type Entry = string;
export const anyOutput = "output: *";

/** A task as the tables have it, with what lies before it when nobody interferes. Plain data, replaced and never changed. */
export interface ModelTask extends Facts {
  readonly id: string;
  readonly name: string;
  readonly prompt: string;
  readonly conversation: readonly Entry[];
  /** What the agent handed in last. */
  readonly snapshot: readonly Entry[] | undefined;
  /** The latest token of an agent that was looked up, and the build of that agent. */
  readonly token: { readonly text: string; readonly build: number } | undefined;
  /** Whether there was an agent when the latest build began, which may hand in its messages until it is stopped. */
  readonly hadAgent: boolean;
  readonly due: readonly Planned[];
  /** Invisible from the moment that its deletion is accepted. */
  readonly isDeleted: boolean;
  /** Its workspace is gone and the name free. */
  readonly isGone: boolean;
}

export function createdTask(id: string, name: string, prompt: string, now: number): ModelTask {
  const none = { agent: undefined, report: undefined, snapshot: undefined, token: undefined };
  const build = { number: 0, transition: "start", job: "pending" } as const;
  const task = {
    id,
    name,
    prompt,
    ...none,
    build,
    conversation: [],
    due: [],
    hadAgent: false,
    isDeleted: false,
    isGone: false,
  };
  return withBuild(task, "start", now);
}

/** A new build, with what comes of it; what was planned before is off. */
export function withBuild(task: ModelTask, transition: Transition, now: number): ModelTask {
  const build = { number: task.build.number + 1, transition, job: "pending" } as const;
  const due = transition === "start" ? startPlan(task, now) : endPlan(task, transition, now);
  return { ...task, build, agent: undefined, hadAgent: task.agent !== undefined, due };
}

function startPlan({ conversation, prompt }: ModelTask, now: number): readonly Planned[] {
  // An agent that has heard its prompt before has nothing new to do.
  const input = conversation.includes(`input: ${prompt}`) ? "" : prompt;
  return [
    { at: now + 500, kind: "job-running" },
    { at: now + 2_000, kind: "job-succeeded" },
    { at: now + 3_000, kind: "agent", lifecycle: "starting" },
    { at: now + 4_000, kind: "agent", lifecycle: "ready" },
    { at: now + 5_000, kind: "app-healthy" },
    { at: now + 5_000, kind: "turn", input, opening: true },
  ];
}

function endPlan({ agent }: ModelTask, transition: Transition, now: number): readonly Planned[] {
  const handsIn = transition === "stop" && agent?.connection === "connected";
  return [
    { at: now + 500, kind: "job-running" },
    ...(handsIn ? [{ at: now + 1_250, kind: "snapshot" }] : []),
    { at: now + 2_000, kind: "job-succeeded" },
  ];
}

export function withJob(task: ModelTask, job: Job): ModelTask {
  if (task.build.job === job) return task;
  const isUp = task.build.transition === "start" && job === "succeeded";
  const isGone = task.build.transition === "delete" && job === "succeeded";
  const build = { ...task.build, job };
  return { ...task, build, agent: isUp ? newAgent : undefined, isGone, isDeleted: task.isDeleted || isGone };
}

const newAgent: ModelAgent = {
  lifecycle: "created",
  connection: "connecting",
  health: "initializing",
  linked: true,
  busy: false,
  reachable: true,
  accepts: true,
};

/** Whether a build's agent may hand in its messages: while it runs, and while it is being stopped. */
export function isInService({ build, agent, hadAgent }: ModelTask, ofBuild: number): boolean {
  if (agent !== undefined) return ofBuild === build.number;
  const isGoing = build.transition === "stop" && (build.job === "pending" || build.job === "running");
  return isGoing && hadAgent && ofBuild === build.number - 1;
}

export function withAgent(task: ModelTask, change: Partial<ModelAgent>): ModelTask {
  return task.agent === undefined ? task : { ...task, agent: { ...task.agent, ...change } };
}

export function withLifecycle(task: ModelTask, lifecycle: string): ModelTask {
  const { connection = "connecting" } = task.agent ?? {};
  if (lifecycle === "off") return withAgent(task, { lifecycle, connection: "disconnected" });
  const isFirst = lifecycle !== "created" && (connection === "connecting" || connection === "timeout");
  return withAgent(task, { lifecycle, connection: isFirst ? "connected" : connection });
}

export function withConnection(task: ModelTask, isConnected: boolean): ModelTask {
  if (isConnected) return withAgent(task, { connection: "connected" });
  const wasNever = task.agent?.connection === "connecting" || task.agent?.connection === "timeout";
  return withAgent(task, { connection: wasNever ? "timeout" : "disconnected" });
}

export function withReport(task: ModelTask, report: Pick<Report, "state" | "message">): ModelTask {
  return { ...task, report: { ...report, build: task.build.number } };
}

export function withEntry(task: ModelTask, entry: Entry): ModelTask {
  return { ...task, conversation: [...task.conversation, entry] };
}

const partsOfTurn: readonly string[] = ["turn", "message", "report", "app-free"];
const waiting = { state: "idle", message: "Waiting for input" };

/** An agent that turns to an input; what it was about to do before is off. */
export function withTurn(
  task: ModelTask,
  input: string,
  { now, opening }: { now: number; opening: boolean },
) {
  const kept = task.due.filter(({ kind }) => !partsOfTurn.includes(kind));
  const isIdle = opening && input.trim() === "";
  const turn: readonly Planned[] = [
    ...(isIdle ? [] : [{ at: now + (opening ? 500 : 0), kind: "report", state: "working" }]),
    ...(isIdle ? [] : [{ at: now + 2_000, kind: "message" }]),
    ...(opening ? [] : [{ at: now + 2_000, kind: "app-free" }]),
    { at: now + 2_000, kind: "report", state: "idle" },
  ];
  const due = [...kept, ...turn].sort((one, other) => one.at - other.at);
  const heard = isIdle ? task : withEntry(task, `input: ${input}`);
  return opening ? { ...heard, due } : withAgent({ ...heard, due }, { busy: true });
}

/** The task after the first thing that is planned for it, which happens at an instant. */
export function afterNext({ due: [next, ...due], ...rest }: ModelTask, at: number): ModelTask {
  const task = { ...rest, due };
  switch (next?.kind) {
    case "job-running":
      return withJob(task, "running");
    case "job-succeeded":
      return withJob(task, "succeeded");
    case "agent":
      return withLifecycle(task, next.lifecycle ?? "");
    case "app-healthy":
      return withAgent(task, { health: "healthy" });
    case "turn":
      return withTurn(task, next.input ?? "", { now: at, opening: true });
    case "message":
      return withEntry(task, anyOutput);
    case "report": {
      // Nobody hears an agent that has lost its connection.
      if (task.agent?.connection === "disconnected") return task;
      return withReport(task, next.state === "idle" ? waiting : { state: "working", message: undefined });
    }
    case "app-free":
      return withAgent(task, { busy: false });
    case "snapshot":
      return { ...task, snapshot: task.conversation.slice(-10) };
    default:
      throw new Error(`The model plans no ${next?.kind}.`);
  }
}
