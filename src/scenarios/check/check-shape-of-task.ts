import { defaultStage, type StagePlan, stagePlan } from "../build/stages.ts";
import type { Complaint } from "../finding-list.ts";
import { quoted } from "../finding-list.ts";
import type { MessageRecord, TaskRecord } from "../scenario-document.ts";

/** Parts of a task's record that exclude each other, or that need one that is not there. */
export function* contradictions(record: TaskRecord): Generator<Complaint> {
  if (record.messages !== undefined && record.transcript !== undefined) {
    yield {
      at: ["transcript"],
      message: "a task has either messages or a transcript, not both",
      expected: "one of the two",
    };
  }
  for (const complaint of messageComplaints(record.messages ?? [])) {
    yield { ...complaint, at: ["messages", ...complaint.at] };
  }
  if (record.builds === undefined) yield* stageComplaints(record, stagePlan(record.stage ?? defaultStage));
  else yield* explicitComplaints(record);
  if (record.workspace === null) yield* workspaceComplaints(record);
}

/** Messages that are nobody's, or both the user's and the agent's. */
export function* messageComplaints(messages: readonly MessageRecord[]): Generator<Complaint> {
  for (const [index, message] of messages.entries()) {
    if ((message.user === undefined) !== (message.agent === undefined)) continue;
    yield {
      at: [index],
      message: "a message is either the user's or the agent's",
      expected: "exactly one of the keys user and agent",
    };
  }
}

function* explicitComplaints(record: TaskRecord): Generator<Complaint> {
  for (const key of ["stage", "since", "continues", "error"] as const) {
    if (record[key] === undefined) continue;
    yield {
      at: [key],
      message: `${quoted(key)} means nothing where the builds are spelled out`,
      expected: "either a stage or builds",
    };
  }
}

function* stageComplaints(record: TaskRecord, plan: StagePlan): Generator<Complaint> {
  const stage = record.stage ?? defaultStage;
  const hasSince =
    plan.before.length > 0 ||
    plan.says !== undefined ||
    plan.lifecycle !== undefined ||
    plan.connection !== undefined;
  if (record.since !== undefined && !hasSince) {
    yield {
      at: ["since"],
      message: `"since" means nothing in the stage ${quoted(stage)}, which lasts from "created" on`,
      expected: `"created" only`,
    };
  }
  if (record.error !== undefined && plan.job !== "failed") {
    yield {
      at: ["error"],
      message: `no job has failed in the stage ${quoted(stage)}`,
      expected: "an error with a stage such as build-failed only",
    };
  }
  if (record.continues !== undefined && record.due !== undefined) {
    yield {
      at: ["continues"],
      message: "what happens next is spelled out in due",
      expected: "either continues or due",
    };
  }
}

function* workspaceComplaints(record: TaskRecord): Generator<Complaint> {
  for (const key of ["builds", "agent", "app", "reports", "due", "shared_with"] as const) {
    if (record[key] === undefined || (key === "builds" && record.builds?.length === 0)) continue;
    yield {
      at: [key],
      message: `a task without a workspace has no ${key}`,
      expected: "a workspace, or nothing that belongs to one",
    };
  }
}
