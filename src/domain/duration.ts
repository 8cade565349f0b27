const millisecondsOf: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const pieces = /(\d+(?:\.\d+)?)(ms|s|m|h|d)/gy;

/** The longest span that the mock works with: 100 years. Beyond it, stamps would leave the four-digit years. */
const longest = 36_525 * 86_400_000;

/**
 * Reads a span such as `500ms`, `30s`, `5m`, `2h`, `1d` or a sum such as `1h30m`. Gives whole milliseconds, or undefined
 * for anything else: negative, without a unit, empty, or over 100 years.
 */
export function parseDuration(text: string): number | undefined {
  let sum = 0;
  let end = 0;
  for (const match of text.matchAll(pieces)) {
    sum += Number(match[1]) * (millisecondsOf[match[2] ?? ""] ?? 0);
    end = match.index + match[0].length;
  }
  return text !== "" && end === text.length && sum <= longest ? Math.round(sum) : undefined;
}

/** A text that `parseDuration` reads back as the same span, in the largest unit that needs no fraction. */
export function formatDuration(milliseconds: number): string {
  for (const unit of ["d", "h", "m", "s"]) {
    const size = millisecondsOf[unit] ?? 1;
    if (milliseconds !== 0 && milliseconds % size === 0) return `${milliseconds / size}${unit}`;
  }
  return `${milliseconds}ms`;
}
