import { formatDuration, parseDuration } from "./duration.ts";
import type { IdSource } from "./id-source.ts";

/** Milliseconds: fixed when both ends are the same, else drawn from the seed. */
export interface Span {
  readonly least: number;
  readonly most: number;
}

/** What a draw is named after, so that nothing else can change it. */
export interface Draw {
  readonly ids: IdSource;
  readonly of: string;
}

export function fixed(milliseconds: number): Span {
  return { least: milliseconds, most: milliseconds };
}

/** Whole milliseconds within a span, both ends included; the same for the same name in every run of a seed. */
export function drawSpan({ least, most }: Span, { ids, of }: Draw, what: string): number {
  if (least === most) return least;
  const share = ids.choice("span", `${of}/${what}`, 2 ** 32) / 2 ** 32;
  return least + Math.floor(share * (most - least + 1));
}

/** Reads `2s`, or a range such as `2s..5s`; undefined for anything else and for a range that ends before it begins. */
export function parseSpan(text: string): Span | undefined {
  const [first = "", second = first, ...more] = text.split("..");
  const [least, most] = [parseDuration(first), parseDuration(second)];
  if (least === undefined || most === undefined || more.length > 0 || most < least) return undefined;
  return { least, most };
}

/** A text that `parseSpan` reads back as the same span. */
export function formatSpan({ least, most }: Span): string {
  return least === most ? formatDuration(least) : `${formatDuration(least)}..${formatDuration(most)}`;
}
