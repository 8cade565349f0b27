import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { IdSource } from "../../src/domain/id-source.ts";
import { asInstant } from "../../src/domain/instant.ts";
import { type AgentLogLine, type LogCourse, unrollScript } from "../../src/domain/log-script.ts";
import { anySpan } from "./any-behaviour.ts";

const draw = { ids: new IdSource("logs"), of: "build" };
const anyScript: fc.Arbitrary<readonly AgentLogLine[]> = fc.array(
  fc.record(
    {
      after: anySpan(50),
      level: fc.constant("info"),
      output: fc.string(),
      // Rare, for all behind it wait, too.
      closing: fc.integer({ min: 0, max: 9 }).map((dice) => dice === 0),
    },
    { requiredKeys: ["after", "level", "output"] },
  ),
  { maxLength: 12 },
);

function at(now: number, course: Partial<LogCourse> = {}): LogCourse {
  return { begins: asInstant(0), ends: undefined, isWhole: false, now: asInstant(now), ...course };
}

describe("a log that is being written", () => {
  it("only ever grows, and at no other instant than it said", () => {
    fc.assert(
      fc.property(anyScript, fc.nat(300), fc.nat(300), (script, one, other) => {
        const [sooner, later] = [Math.min(one, other), Math.max(one, other)];
        const early = unrollScript(script, at(sooner), draw);
        const late = unrollScript(script, at(later), draw);
        expect(late.written.slice(0, early.written.length)).toEqual(early.written);
        const hasGrown = late.written.length > early.written.length;
        expect(hasGrown).toBe(early.next !== undefined && early.next <= later);
        for (const line of early.written) expect(line.at).toBeLessThanOrEqual(sooner);
      }),
    );
  });

  it("says nothing of a good end, however long it goes on", () => {
    fc.assert(
      fc.property(anyScript, (script) => {
        const open = script.findIndex(({ closing }) => closing === true);
        const { written, next } = unrollScript(script, at(1_000_000), draw);
        expect(written.length).toBe(open === -1 ? script.length : open);
        expect(next).toBeUndefined();
      }),
    );
  });

  it("has begun only once its writer has", () => {
    expect(unrollScript([], at(100, { begins: undefined }), draw)).toEqual({ written: [] });
  });
});

describe("a log that has ended", () => {
  it("has all of its lines by its end, or those that had come", () => {
    fc.assert(
      fc.property(anyScript, fc.nat(300), fc.boolean(), (script, end, isWhole) => {
        const ended = { ends: asInstant(end), isWhole };
        const { written, next } = unrollScript(script, at(end, ended), draw);
        const before = unrollScript(script, at(end), draw).written;
        expect(next).toBeUndefined();
        expect(written.slice(0, before.length)).toEqual(before);
        expect(written.length).toBe(isWhole ? script.length : before.length);
        for (const line of written) expect(line.at).toBeLessThanOrEqual(end);
        expect(unrollScript(script, at(end + 1000, ended), draw)).toEqual({ written });
      }),
    );
  });
});
