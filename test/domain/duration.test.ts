import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDuration, parseDuration } from "../../src/domain/duration.ts";

const longest = 36_525 * 86_400_000;

describe("a duration", () => {
  it("survives being written and read", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: longest }), (milliseconds) => {
        expect(parseDuration(formatDuration(milliseconds))).toBe(milliseconds);
      }),
    );
  });

  it.each([
    ["0s", 0],
    ["0ms", 0],
    ["500ms", 500],
    ["30s", 30_000],
    ["5m", 300_000],
    ["2h", 7_200_000],
    ["1d", 86_400_000],
    ["1h30m", 5_400_000],
    ["1m1ms", 60_001],
    ["1.5s", 1_500],
    ["0.1d", 8_640_000],
    ["0.4ms", 0],
    ["36525d", longest],
  ])("reads %s", (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each([
    "",
    "0",
    "5",
    "s",
    "-1s",
    "+1s",
    "1 s",
    " 1s",
    "1s ",
    "1h 30m",
    "1S",
    "1w",
    "1us",
    "1.s",
    ".5s",
    "1e3s",
    "1,5s",
    "1s1",
    "Infinitys",
    "36525d1ms",
    `${"9".repeat(400)}d`,
  ])("refuses %j", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it("adds up its pieces", () => {
    const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
    const piece = fc.tuple(fc.integer({ min: 0, max: 99 }), fc.constantFrom("ms", "s", "m", "h", "d"));
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 6 }), (pieces) => {
        const text = pieces.map(([count, unit]) => `${count}${unit}`).join("");
        expect(parseDuration(text)).toBe(pieces.reduce((sum, [count, unit]) => sum + count * units[unit], 0));
      }),
    );
  });

  it.each([
    [0, "0ms"],
    [1, "1ms"],
    [1_000, "1s"],
    [90_000, "90s"],
    [7_200_000, "2h"],
    [86_400_000, "1d"],
  ])("of %i ms is written in its largest whole unit", (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });
});
