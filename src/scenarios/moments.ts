import { isJsonObject } from "../contract/json.ts";
import { type DurationSpans, durationNames } from "../domain/due.ts";
import { formatDuration, parseDuration } from "../domain/duration.ts";
import { asInstant, formatInstant, type Instant, parseInstant } from "../domain/instant.ts";
import { parseSpan } from "../domain/span.ts";
import type { ScenarioSource } from "./scenario-source.ts";
import type { DurationTexts, MomentText } from "./time-document.ts";

/** What a manual clock shows when a scenario does not say: some Monday morning. */
const defaultStart: Instant = asInstant(Date.UTC(2026, 1, 2, 9));

/** The instant that a document gives as its start; undefined when it leaves that open. */
export function declaredStart(source: ScenarioSource): Instant | undefined {
  const clock = isJsonObject(source.document) ? source.document["clock"] : undefined;
  const start = isJsonObject(clock) ? clock["start"] : undefined;
  return typeof start === "string" ? parseInstant(start) : undefined;
}

/** The instant that a manual clock shows when a scenario starts. */
export function scenarioStart(source: ScenarioSource): Instant {
  return declaredStart(source) ?? defaultStart;
}

/** The instant that a moment's text means in a world that starts at `start`; undefined for a text that means none. */
export function parseMoment(text: MomentText, start: Instant): Instant | undefined {
  return countedFrom(start, text) ?? parseInstant(text);
}

/** What an age, or `in` with a span, means; undefined for any other text. */
function countedFrom(start: Instant, text: MomentText): Instant | undefined {
  const ahead = text.startsWith("in ");
  const span = parseDuration(ahead ? text.slice(3) : text);
  if (span === undefined) return undefined;
  return asInstant(ahead ? start + span : start - span);
}

/** Reads moments that have been checked. */
export class Moments {
  readonly start: Instant;
  #metInstant = false;

  constructor(start: Instant) {
    this.start = start;
  }

  /** Whether any text named an instant of the calendar, which stays where it is when the start is another. */
  get metInstant(): boolean {
    return this.#metInstant;
  }

  at(text: MomentText): Instant {
    const counted = countedFrom(this.start, text);
    if (counted !== undefined) return counted;
    const instant = parseInstant(text);
    if (instant === undefined) throw new Error(`"${text}" is no moment, although the scenario was checked.`);
    this.#metInstant = true;
    return instant;
  }

  /** A text that `at` reads back as the same instant: an age as far as ages go. */
  textOf(instant: Instant): MomentText {
    const age = this.start - instant;
    const text = `${age < 0 ? "in " : ""}${formatDuration(Math.abs(age))}`;
    return countedFrom(this.start, text) === undefined ? formatInstant(instant) : text;
  }

  or(text: MomentText | undefined, otherwise: Instant): Instant {
    return text === undefined ? otherwise : this.at(text);
  }

  /** Null: there is none; absent: the given one. */
  orNone(text: MomentText | null | undefined, otherwise: Instant | undefined): Instant | undefined {
    if (text === null) return undefined;
    return text === undefined ? otherwise : this.at(text);
  }
}

/** Durations with those replaced that the texts name. */
export function withDurations(durations: DurationSpans, texts: DurationTexts | undefined): DurationSpans {
  if (texts === undefined) return durations;
  const merged = { ...durations };
  for (const name of durationNames) {
    const span = parseSpan(texts[name] ?? "");
    if (span !== undefined) merged[name] = span;
  }
  return merged;
}
