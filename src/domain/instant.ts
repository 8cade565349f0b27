import type { Branded } from "./ids.ts";

declare const instantBrand: unique symbol;
/** Milliseconds since 1970-01-01T00:00:00Z on a world's clock. */
export type Instant = number & { readonly [instantBrand]: true };

export function asInstant(milliseconds: number): Instant {
  return milliseconds as Instant;
}

/** RFC 3339, UTC, ends in `Z`: the form of every stamp on the wire. */
export type Stamp = Branded<"Stamp">;

export function formatInstant(instant: Instant): Stamp {
  const text = new Date(instant).toISOString();
  return (text.endsWith(".000Z") ? `${text.slice(0, -5)}Z` : text) as Stamp;
}

const rfc3339 = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/i;

/** The ends of the four-digit years, beyond which no stamp is RFC 3339. An offset can lead out of them. */
const earliest = -62_167_219_200_000;
const latest = 253_402_300_799_999;

/** Reads an RFC 3339 date-time; undefined for anything else, also for days that no calendar has. */
export function parseInstant(text: string): Instant | undefined {
  const match = rfc3339.exec(text);
  if (match === null) return undefined;
  const [, day = "", time = ""] = match;
  const milliseconds = Date.parse(text.toUpperCase());
  const inUtc = Date.parse(`${day}T${time}Z`);
  if (Number.isNaN(inUtc) || !(milliseconds >= earliest && milliseconds <= latest)) return undefined;
  // Date.parse rolls February 30th over into March instead of refusing it.
  return new Date(inUtc).toISOString().startsWith(day) ? asInstant(milliseconds) : undefined;
}
