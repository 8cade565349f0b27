import type { Due } from "../../domain/due.ts";
import { formatInstant, type Instant, parseInstant } from "../../domain/instant.ts";
import type { Task } from "../../domain/task.ts";
import type { JobStatus, Workspace } from "../../domain/workspace.ts";
import { type Complaint, quoted } from "../finding-list.ts";

/** A task as it was built, with the instant of the start. */
export interface BuiltHistory {
  readonly task: Task;
  readonly workspace: Workspace | undefined;
  readonly now: Instant;
}

/** What a task, its conversation and its snapshot say of times that cannot be. */
export function* taskTimeComplaints({ task, now }: BuiltHistory): Generator<Complaint> {
  yield* futureComplaints(task.createdAt, { at: ["created"], now, what: "the task was made" });
  if (task.deletedAt !== undefined) {
    yield* futureComplaints(task.deletedAt, { at: ["deleted"], now, what: "the task was deleted" });
    if (task.deletedAt < task.createdAt) {
      yield {
        at: ["deleted"],
        message: "the task was deleted before it was made",
        expected: "an instant after it",
      };
    }
  }
  let last = task.createdAt;
  for (const [index, message] of task.conversation.entries()) {
    const at = ["messages", index, "at"];
    yield* futureComplaints(message.at, { at, now, what: "the message was written" });
    if (message.at < last) {
      yield {
        at,
        message: `the message was written before ${index === 0 ? "the task was made" : "the one before it"}`,
        expected: `an instant not before ${formatInstant(last)}`,
      };
    }
    last = message.at;
  }
  const { snapshot } = task;
  if (snapshot === undefined) return;
  yield* futureComplaints(snapshot.storedAt, {
    at: ["snapshot", "at"],
    now,
    what: "the snapshot was stored",
  });
  if (snapshot.storedAt < task.createdAt) {
    yield {
      at: ["snapshot", "at"],
      message: "the snapshot was stored before the task was made",
      expected: `an instant not before ${formatInstant(task.createdAt)}`,
    };
  }
}

/** A deletion that nobody is carrying out. */
export function* deletionComplaints({ task, workspace }: BuiltHistory): Generator<Complaint> {
  const latest = workspace?.builds.at(-1);
  if (task.deletedAt === undefined || workspace === undefined || latest?.transition === "delete") return;
  yield {
    at: ["deleted"],
    message: "the task was deleted, but its workspace is not being deleted",
    expected: 'the stage "deleting", or a delete build as the last one',
  };
}

function* futureComplaints(
  instant: Instant,
  { at, now, what }: { readonly at: Complaint["at"]; readonly now: Instant; readonly what: string },
): Generator<Complaint> {
  if (instant <= now) return;
  yield {
    at,
    message: `${what} in the future (${formatInstant(instant)})`,
    expected: `an instant not after the start (${formatInstant(now)})`,
  };
}

/** Message numbers that do not rise, and times that are none. These break answers, so exports are checked for them, too. */
export function* wireComplaints({ task }: BuiltHistory): Generator<Complaint> {
  for (const [index, message] of task.conversation.entries()) {
    const previous = task.conversation[index - 1];
    if (previous !== undefined && message.id <= previous.id) {
      yield {
        at: ["messages", index, "id"],
        message: `message ${message.id} comes after message ${previous.id}`,
        expected: "numbers that rise",
      };
    }
  }
  for (const [index, message] of (task.snapshot?.messages ?? []).entries()) {
    if (parseInstant(message.time) !== undefined) continue;
    yield {
      at: ["snapshot", "messages", index, "time"],
      message: `${quoted(message.time)} is no instant`,
      expected: "an RFC 3339 instant",
    };
  }
}

/** What is said by an agent that never was, or before it was, or in the wrong order. */
export function* speechComplaints({ task, workspace, now }: BuiltHistory): Generator<Complaint> {
  const builds = workspace?.builds ?? [];
  if (!builds.some((build) => build.agent !== undefined)) yield* silenceComplaints({ task, workspace });
  let last = task.createdAt;
  for (const [index, report] of (workspace?.statuses ?? []).entries()) {
    const at = ["reports", index, "at"];
    yield* futureComplaints(report.createdAt, { at, now, what: "the report was made" });
    if (report.createdAt < last) {
      yield {
        at,
        message:
          index === 0
            ? "the agent reported before the task was made"
            : "the report was made before the one before it",
        expected: `an instant not before ${formatInstant(last)}`,
      };
    }
    last = report.createdAt;
    if (!builds.some((build) => build.number === report.buildNumber)) {
      yield {
        at: ["reports", index, "build"],
        message: `there is no build ${report.buildNumber}`,
        expected: `the number of a build: ${builds.map((build) => build.number).join(", ")}`,
      };
    }
  }
}

function* silenceComplaints({
  task,
  workspace,
}: Pick<BuiltHistory, "task" | "workspace">): Generator<Complaint> {
  const expected = "a stage or build in which an agent has come up, or nothing said";
  const message = "no agent has come up yet that could say anything";
  if (task.conversation.length > 0) yield { at: ["messages"], message, expected };
  if ((workspace?.statuses.length ?? 0) > 0) yield { at: ["reports"], message, expected };
  if (task.snapshot !== undefined) {
    yield { at: ["snapshot"], message: "no agent has come up yet that could hand in a snapshot", expected };
  }
}

/** Steps that lie in the past, out of order, or that cannot happen to what is there. */
export function* dueComplaints({ workspace, now }: BuiltHistory): Generator<Complaint> {
  let last = now;
  for (const [index, due] of (workspace?.due ?? []).entries()) {
    if (due.at < last) {
      yield {
        at: ["due", index, "at"],
        message:
          index === 0 || due.at < now
            ? "this step lies in the past"
            : "this step comes before the one above it",
        expected: `an instant not before ${formatInstant(last)}`,
      };
    }
    last = due.at;
  }
  if (workspace !== undefined) yield* impossibleSteps(workspace);
}

function* impossibleSteps({ builds, due }: Workspace): Generator<Complaint> {
  const build = builds.at(-1);
  let job = build?.job.status;
  let hasAgent = build?.agent !== undefined;
  for (const [index, { step }] of due.entries()) {
    const isPossible = canHappen(step.kind, job, hasAgent);
    job = jobAfter(step.kind) ?? job;
    if (step.kind === "job-succeeded") hasAgent = build?.transition === "start";
    if (isPossible) continue;
    yield {
      at: ["due", index, "step"],
      message: `${quoted(step.kind)} cannot happen: the job is ${job ?? "not there"}${hasAgent ? "" : " and there is no agent"}`,
      expected: "steps that follow from the latest build",
    };
  }
}

/** The status that a step brings a job to; undefined for a step that is not the job's. */
function jobAfter(kind: Due["step"]["kind"]): JobStatus | undefined {
  switch (kind) {
    case "job-running":
      return "running";
    case "job-succeeded":
      return "succeeded";
    case "job-failed":
      return "failed";
    case "job-canceling":
      return "canceling";
    case "job-canceled":
      return "canceled";
    default:
      return undefined;
  }
}

function canHappen(kind: Due["step"]["kind"], job: JobStatus | undefined, hasAgent: boolean): boolean {
  switch (kind) {
    case "job-running":
      return job === "pending";
    case "job-succeeded":
    case "job-failed":
    case "job-canceling":
      return job === "pending" || job === "running";
    case "job-canceled":
      return job === "pending" || job === "running" || job === "canceling";
    case "agent":
    case "agent-timeout":
    case "agent-disconnected":
    case "app-healthy":
    case "app-unhealthy":
    case "app-free":
    case "turn":
      return hasAgent;
    case "snapshot":
    case "report":
    case "message":
      return true;
    default:
      return kind satisfies never;
  }
}
