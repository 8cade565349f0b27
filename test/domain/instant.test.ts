import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asInstant, formatInstant, parseInstant } from "../../src/domain/instant.ts";

describe("an instant", () => {
  it("survives being written and read, for every millisecond of four-digit years", () => {
    const [first, last] = [Date.parse("0000-01-01T00:00:00Z"), Date.parse("9999-12-31T23:59:59.999Z")];
    fc.assert(
      fc.property(fc.integer({ min: first, max: last }), (milliseconds) => {
        const text = formatInstant(asInstant(milliseconds));
        expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/);
        expect(parseInstant(text)).toBe(milliseconds);
      }),
    );
  });

  it.each([
    ["2026-01-01T00:00:00Z", 1_767_225_600_000],
    ["2026-01-01T01:30:00+01:30", 1_767_225_600_000],
    ["2025-12-31T19:00:00-05:00", 1_767_225_600_000],
    ["2026-01-01T00:00:00.5Z", 1_767_225_600_500],
    ["2026-01-01T00:00:00.123456789Z", 1_767_225_600_123],
    ["2024-02-29T00:00:00Z", 1_709_164_800_000],
    // A day that is another one in UTC is a good day all the same.
    ["2026-03-01T00:30:00+02:00", 1_772_317_800_000],
  ])("reads %s", (text, milliseconds) => {
    expect(parseInstant(text)).toBe(milliseconds);
  });

  it.each([
    "",
    "2026-01-01",
    "2026-01-01T00:00:00",
    "2026-01-01 00:00:00Z",
    "2026-1-1T00:00:00Z",
    "2026-01-01T00:00Z",
    "2026-01-01T00:00:00.Z",
    "2026-01-01T00:00:00+0100",
    "2026-01-01T00:00:00+25:00",
    "2026-02-29T00:00:00Z",
    "2026-02-30T00:00:00Z",
    "2026-04-31T00:00:00Z",
    "2026-01-32T00:00:00Z",
    "2026-00-01T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-01-01T24:00:00Z",
    "2026-01-01T25:00:00Z",
    "2026-01-01T00:60:00Z",
    "2026-01-01T00:00:61Z",
    "12026-01-01T00:00:00Z",
    // In UTC these are years that no RFC 3339 stamp can name.
    "9999-12-31T23:59:59-12:00",
    "0000-01-01T00:00:00+12:00",
    "2026-01-01T00:00:00Z\n",
    "1767225600000",
  ])("refuses %j", (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it("never throws, whatever the digits", () => {
    const digits = (length: number) =>
      fc.integer({ min: 0, max: 10 ** length - 1 }).map((number) => String(number).padStart(length, "0"));
    const two = digits(2);
    fc.assert(
      fc.property(digits(4), fc.tuple(two, two, two, two, two), two, (year, [m, d, h, min, s], zone) => {
        const parsed = parseInstant(`${year}-${m}-${d}T${h}:${min}:${s}+${zone}:00`);
        expect(parsed === undefined || Number.isSafeInteger(parsed)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
