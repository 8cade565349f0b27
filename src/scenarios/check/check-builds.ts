import type { Agent } from "../../domain/agent.ts";
import { formatInstant, type Instant } from "../../domain/instant.ts";
import type { Build } from "../../domain/workspace.ts";
import { type Complaint, quoted } from "../finding-list.ts";
import type { TaskRecord } from "../scenario-document.ts";

/** Where a task's record says something about one of its builds. */
export type BuildPlace = (index: number, ...keys: readonly string[]) => Complaint["at"];

/** The place of a build's part in a record: among its builds, or in what it says of the latest one in short. */
export function placesOf(record: TaskRecord, count: number): BuildPlace {
  return (index, ...keys) => {
    const isShort = index === count - 1 && keys[0] === "agent";
    if (isShort && keys[1] === "app" && record.app !== undefined) return ["app", ...keys.slice(2)];
    if (isShort && record.agent !== undefined) return keys;
    return record.builds === undefined ? ["stage"] : ["builds", index, ...keys];
  };
}

/** Sequences of builds that no deployment reaches. */
export function* buildSequenceComplaints(builds: readonly Build[], place: BuildPlace): Generator<Complaint> {
  const [first] = builds;
  if (first !== undefined && first.transition !== "start") {
    yield {
      at: place(0, "transition"),
      message: `the first build of a workspace is a ${first.transition}`,
      expected: "a start build first",
    };
  }
  for (const [index, build] of builds.entries()) {
    const previous = builds[index - 1];
    if (previous !== undefined) yield* pairComplaints(previous, build, (...keys) => place(index, ...keys));
  }
}

function* pairComplaints(
  previous: Build,
  build: Build,
  place: (...keys: readonly string[]) => Complaint["at"],
): Generator<Complaint> {
  if (build.number <= previous.number) {
    yield {
      at: place("number"),
      message: `build ${build.number} comes after build ${previous.number}`,
      expected: "numbers that rise",
    };
  }
  const { status } = previous.job;
  if (status === "pending" || status === "running" || status === "canceling") {
    yield {
      at: place("transition"),
      message: `this build was made while the one before it was still ${status}`,
      expected: "a build before it whose job has ended",
    };
  }
  if (previous.transition === "delete" && status === "succeeded") {
    yield {
      at: place("transition"),
      message: "nothing is built in a workspace after it was deleted",
      expected: "the finished delete build to be the last",
    };
  }
  if (build.createdAt < previous.createdAt) {
    yield {
      at: place("created"),
      message: `this build was made before the one before it (${formatInstant(previous.createdAt)})`,
      expected: "builds with the oldest first",
    };
  }
}

/** States of one build that no deployment reaches. */
export function* buildComplaints(
  build: Build,
  place: (...keys: readonly string[]) => Complaint["at"],
  now: Instant,
): Generator<Complaint> {
  const { job, agent } = build;
  if (job.status === "failed" && job.error === "") {
    yield { at: place("error"), message: "a job that failed says why", expected: "an error text" };
  }
  if (job.status !== "failed" && job.error !== "") {
    yield {
      at: place("error"),
      message: `a job that is ${job.status} has no error`,
      expected: "an error text with a failed job only",
    };
  }
  yield* orderComplaints(
    [
      ["created", build.createdAt],
      ["started", job.startedAt],
      ["completed", job.completedAt],
      ["", now],
    ],
    place,
  );
  if (agent === undefined) return;
  if (build.transition !== "start") {
    yield {
      at: place("agent"),
      message: `a ${build.transition} build starts no agent`,
      expected: "an agent on start builds only",
    };
  } else if (job.status !== "succeeded") {
    yield {
      at: place("agent"),
      message: `there is no agent while the job is ${job.status}`,
      expected: "a job that succeeded, or no agent",
    };
  }
  yield* agentComplaints(agent, (...keys) => place("agent", ...keys));
}

/** Instants that have to follow each other, each with its key; the last one is the start. */
function* orderComplaints(
  stamps: readonly (readonly [key: string, at: Instant | undefined])[],
  place: (...keys: readonly string[]) => Complaint["at"],
): Generator<Complaint> {
  let last: { readonly key: string; readonly at: Instant } | undefined;
  for (const [key, at] of stamps) {
    if (at === undefined) continue;
    if (last !== undefined && at < last.at) {
      const message = key === "" ? "lies in the future" : `comes after ${quoted(key)}`;
      yield {
        at: place(last.key),
        message: `${quoted(last.key)} (${formatInstant(last.at)}) ${message}`,
        expected: `an instant not after ${formatInstant(at)}`,
      };
    }
    last = { key, at };
  }
}

function* agentComplaints(
  { lifecycle, connection, app }: Agent,
  place: (...keys: readonly string[]) => Complaint["at"],
): Generator<Complaint> {
  const isBooting = lifecycle === "created" || lifecycle === "starting";
  if (isBooting && app.health !== "initializing" && app.health !== "disabled") {
    yield {
      at: place("app", "health"),
      message: `the app cannot be ${app.health} while its agent is ${lifecycle}`,
      expected: `the health "initializing", or an agent that is "ready"`,
    };
  }
  if (isBooting && app.busy) {
    yield {
      at: place("app", "busy"),
      message: `the app cannot be busy while its agent is ${lifecycle}`,
      expected: `an agent that is "ready"`,
    };
  }
  if (lifecycle !== "created" && (connection === "connecting" || connection === "timeout")) {
    yield {
      at: place("connection"),
      message: `an agent that is ${lifecycle} has connected before`,
      expected: `the connection "connected" or "disconnected"`,
    };
  }
  if (lifecycle === "created" && connection === "connected") {
    yield {
      at: place("connection"),
      message: "an agent that has connected is starting at least",
      expected: `the connection "connecting" or "timeout"`,
    };
  }
}
