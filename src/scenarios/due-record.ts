import { assertNever } from "../domain/assert-never.ts";
import type { Due, Step } from "../domain/due.ts";
import { formatInstant } from "../domain/instant.ts";
import type { Moments } from "./moments.ts";
import type { DueRecord } from "./scenario-document.ts";

/** What a record says will happen by itself. */
export function dueFromRecord(record: DueRecord, moments: Moments): Due {
  return { at: moments.at(record.at), step: stepFromRecord(record) };
}

function stepFromRecord(record: DueRecord): Step {
  switch (record.step) {
    case "agent":
      return { kind: "agent", lifecycle: record.lifecycle ?? "ready" };
    case "report":
      return {
        kind: "report",
        state: record.state ?? "idle",
        message: record.message ?? "",
        uri: record.uri ?? "",
      };
    case "message":
      return { kind: "message", role: record.role ?? "agent", content: record.content ?? "" };
    case "turn":
      return { kind: "turn", input: record.input ?? "", opening: record.opening ?? false };
    case "job-failed":
      return { kind: "job-failed", error: record.error ?? "" };
    case "job-running":
    case "job-succeeded":
    case "job-canceling":
    case "job-canceled":
    case "agent-timeout":
    case "agent-disconnected":
    case "app-healthy":
    case "app-unhealthy":
    case "snapshot":
    case "app-free":
      return { kind: record.step };
    default:
      return assertNever(record.step);
  }
}

/** The record that `dueFromRecord` reads back as the same. */
export function recordFromDue({ at, step }: Due): DueRecord {
  const { kind, ...rest } = step;
  return { at: formatInstant(at), step: kind, ...rest };
}
