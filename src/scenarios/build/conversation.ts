import type { ReportState } from "../../domain/agent.ts";
import { openingAnswer, waiting, workingOn } from "../../domain/agent-reply.ts";
import { asInstant, formatInstant, type Instant } from "../../domain/instant.ts";
import { fillPlaceholders, placeholderValues } from "../../domain/placeholders.ts";
import type { Message, Snapshot } from "../../domain/task.ts";
import type { Moments } from "../moments.ts";
import type { MessageRecord, SnapshotRecord, TaskRecord } from "../scenario-document.ts";

/** The stretch of time in which a conversation took place. */
export interface Window {
  readonly from: Instant;
  readonly to: Instant;
}

/** The entries that a task's record or transcript gives; undefined when it gives none. */
export function statedMessages(
  record: TaskRecord,
  transcripts: ReadonlyMap<string, readonly MessageRecord[]>,
): readonly MessageRecord[] | undefined {
  return (
    record.messages ?? (record.transcript === undefined ? undefined : transcripts.get(record.transcript))
  );
}

/** What user and agent say when a scenario leaves it to the mock: the same as in a task made through the API. */
export function openingMessages(prompt: string, says: ReportState): readonly MessageRecord[] {
  if (prompt.trim() === "") return [];
  const answer =
    says === "working" ? [] : [{ agent: fillPlaceholders(openingAnswer, placeholderValues(prompt, "")) }];
  return [{ user: prompt }, ...answer];
}

/** Entries with numbers and times; those without a time are laid into the window at the pace at which people write. */
export function placeMessages(
  records: readonly MessageRecord[],
  window: Window,
  moments: Moments,
): readonly Message[] {
  const gaps = records.map((record, index) => (index === 0 ? 0 : pause(record)));
  const natural = gaps.reduce((sum, gap) => sum + gap, 0);
  const room = Math.max(0, window.to - window.from);
  const scale = natural > room ? room / natural : 1;
  let id = 0;
  let passed = 0;
  return records.map((record, index) => {
    passed += (gaps[index] ?? 0) * scale;
    id = record.id ?? id + 1;
    const role = record.user === undefined ? "agent" : "user";
    const at = moments.or(record.at, asInstant(Math.floor(window.from + passed)));
    return { id, role, content: record.user ?? record.agent ?? "", at };
  });
}

const longestPause = 300_000;

/** A reader's or writer's pause before an entry, in milliseconds. */
function pause(record: MessageRecord): number {
  const length = (record.user ?? record.agent ?? "").length;
  const span = record.user === undefined ? 20_000 + 90 * length : 75_000 + 180 * length;
  return Math.min(longestPause, span);
}

/** What the agent reports when only its state is given. */
export function defaultReport(state: ReportState, messages: readonly Message[]): string {
  switch (state) {
    case "working": {
      const input = messages.findLast(({ role }) => role === "user");
      return input === undefined
        ? "Working"
        : fillPlaceholders(workingOn, placeholderValues(input.content, ""));
    }
    case "idle":
      return waiting;
    case "complete":
      return "Work is complete";
    case "failure":
      return "Stopped after an error";
    default:
      return state satisfies never;
  }
}

/** An agent that shuts down hands in the ten last messages. */
const snapshotLength = 10;

/** What the agent of a conversation would hand in when it is stopped at an instant. */
export function snapshotOf(messages: readonly Message[], at: Instant): Snapshot {
  return {
    storedAt: at,
    messages: messages
      .slice(-snapshotLength)
      .map(({ id, role, content, at: time }) => ({ id, role, content, time: formatInstant(time) })),
  };
}

/** The snapshot that a record gives. */
export function statedSnapshot(record: SnapshotRecord, storedAt: Instant, moments: Moments): Snapshot {
  const at = moments.or(record.at, storedAt);
  return {
    storedAt: at,
    messages: (record.messages ?? []).map((message, index) => ({
      id: message.id ?? index + 1,
      role: message.role,
      content: message.content,
      time: message.time ?? formatInstant(at),
    })),
  };
}
