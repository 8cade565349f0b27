import { isJsonArray, isJsonObject, type JsonValue } from "../../contract/json.ts";
import { parseDuration } from "../../domain/duration.ts";
import type { Instant } from "../../domain/instant.ts";
import type { FindingList } from "../finding-list.ts";
import { quoted } from "../finding-list.ts";
import type { Located } from "../fixtures.ts";
import { parseMoment } from "../moments.ts";
import { spanComplaint } from "./check-span.ts";

const momentKeys: ReadonlySet<string> = new Set([
  "created",
  "updated",
  "since",
  "deleted",
  "at",
  "started",
  "completed",
  "canceled",
  "first_connected",
  "last_connected",
  "disconnected",
  "ready",
  "expires",
]);
const spanKeys: ReadonlySet<string> = new Set(["over"]);

/** What has checks of its own: its keys are no moments, though some are called the same. */
const others: ReadonlySet<string> = new Set(["durations", "behaviour"]);

/** Finds moments and spans of the right form that mean nothing: a 30th of February, a thousand years. */
export function checkMoments(record: Located<unknown>, start: Instant, list: FindingList): void {
  walk(record.value, []);

  function walk(value: unknown, at: readonly (string | number)[]): void {
    if (isJsonArray(value)) for (const [index, item] of value.entries()) walk(item, [...at, index]);
    else if (isJsonObject(value)) {
      for (const [key, item] of Object.entries(value)) check(key, item, [...at, key]);
    }
  }

  function check(key: string, value: JsonValue | undefined, at: readonly (string | number)[]): void {
    if (key === "durations") checkDurations(value, at);
    if (typeof value !== "string") {
      if (!others.has(key)) walk(value, at);
      return;
    }
    const isMoment = momentKeys.has(key) && parseMoment(value, start) === undefined;
    const isSpan = spanKeys.has(key) && parseDuration(value) === undefined;
    if (isMoment || isSpan) {
      list.add(record, {
        at,
        message: `${quoted(value)} is beyond the calendar`,
        expected: "a day that exists, and a span of at most 100 years",
      });
    }
  }

  function checkDurations(durations: JsonValue | undefined, at: readonly (string | number)[]): void {
    for (const [name, span] of Object.entries(isJsonObject(durations) ? durations : {})) {
      const complaint = typeof span === "string" ? spanComplaint(span) : undefined;
      if (complaint !== undefined) list.add(record, { ...complaint, at: [...at, name] });
    }
  }
}
