import type { FieldComplaint } from "../../domain/field-complaint.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { firstOf, type Query } from "../query.ts";

/** Which lines of a log a client asks for. */
export interface LogRange {
  /** Only lines with a greater id. */
  readonly after: number;
  /** Only lines with a lesser id. */
  readonly before: number;
}

export type ReadLogRange =
  | { readonly ok: true; readonly range: LogRange }
  | { readonly ok: false; readonly refusal: Refusal };

/** Reads `after` and `before`, ids of lines. What is absent or empty bounds nothing. */
export function readLogRange(query: Query): ReadLogRange {
  const complaints: FieldComplaint[] = [];
  const idOf = (field: string, absent: number): number => {
    const text = firstOf(query, field) ?? "";
    if (text === "") return absent;
    if (/^[+-]?\d+$/.test(text)) return Number(text);
    complaints.push({ field, detail: `Query param "${field}" must be an integer` });
    return absent;
  };
  const range = {
    after: idOf("after", Number.NEGATIVE_INFINITY),
    before: idOf("before", Number.POSITIVE_INFINITY),
  };
  return complaints.length > 0
    ? { ok: false, refusal: { kind: "bad-query", complaints } }
    : { ok: true, range };
}

/** The lines in a range. */
export function linesIn<Line extends { readonly id: number }>(
  lines: readonly Line[],
  { after, before }: LogRange,
): readonly Line[] {
  return lines.filter(({ id }) => id > after && id < before);
}
