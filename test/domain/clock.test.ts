import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Clock, type ClockSetting } from "../../src/domain/clock.ts";
import { asInstant } from "../../src/domain/instant.ts";
import { beginning } from "../support/world-builder.ts";

function clockAt(setting: ClockSetting) {
  const host = { time: 5_000 };
  return { host, clock: new Clock(() => host.time, beginning, setting) };
}

const real = { mode: "real", speed: 1 } as const;
const manual = { mode: "manual", speed: 1 } as const;

describe("a real clock", () => {
  it.each([
    [1, 1_000, 1_000],
    [60, 1_000, 60_000],
    [0.5, 1_001, 500],
    [0, 1_000, 0],
  ])("at speed %d shows after %i ms of the host %i ms more", (speed, elapsed, shown) => {
    const { host, clock } = clockAt({ mode: "real", speed });
    host.time += elapsed;
    expect(clock.read()).toBe(beginning + shown);
  });

  it("shows whole milliseconds, rounded down", () => {
    const { host, clock } = clockAt(real);
    host.time += 7.999;
    expect(clock.read()).toBe(beginning + 7);
  });

  it("runs on from an instant that it was moved to, and ignores one that is past", () => {
    const { host, clock } = clockAt(real);
    clock.moveTo(asInstant(beginning + 60_000));
    host.time += 10;
    expect(clock.read()).toBe(beginning + 60_010);
    clock.moveTo(beginning);
    expect(clock.read()).toBe(beginning + 60_010);
  });
});

describe("a manual clock", () => {
  it("moves only when told, and never back", () => {
    const { host, clock } = clockAt(manual);
    host.time += 1_000_000;
    expect(clock.read()).toBe(beginning);
    clock.moveTo(asInstant(beginning + 1));
    clock.moveTo(beginning);
    expect(clock.read()).toBe(beginning + 1);
  });
});

describe("a clock", () => {
  const setting = fc.record({
    mode: fc.constantFrom("real" as const, "manual" as const),
    speed: fc.double({ min: 0, max: 10_000, noNaN: true }),
  });
  const action = fc.oneof(
    fc.record({ kind: fc.constant("configure" as const), setting }),
    fc.record({ kind: fc.constant("pass" as const), by: fc.double({ min: 0, max: 1e6, noNaN: true }) }),
    fc.record({ kind: fc.constant("move" as const), to: fc.integer({ min: -1_000, max: 1_000_000 }) }),
  );

  it("does not jump when configured, never goes back and always shows whole milliseconds", () => {
    fc.assert(
      fc.property(setting, fc.array(action), (first, actions) => {
        const { host, clock } = clockAt(first);
        let before = clock.read();
        for (const one of actions) {
          if (one.kind === "pass") host.time += one.by;
          if (one.kind === "move") clock.moveTo(asInstant(beginning + one.to));
          if (one.kind === "configure") {
            clock.configure(one.setting);
            expect(clock.read()).toBe(before);
            expect(clock.setting).toEqual(one.setting);
          }
          const now = clock.read();
          expect(now).toBeGreaterThanOrEqual(before);
          expect(Number.isSafeInteger(now)).toBe(true);
          before = now;
        }
      }),
    );
  });
});
