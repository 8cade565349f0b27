import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FaultBound, FaultWhen } from "../../src/domain/fault-plan.ts";
import { asInstant } from "../../src/domain/instant.ts";
import { FaultCount } from "../../src/engine/faults/fault-count.ts";

const always: FaultWhen = {
  after: undefined,
  until: undefined,
  nth: undefined,
  first: undefined,
  every: undefined,
  probability: undefined,
};
const start = asInstant(0);
const count = (number: number): FaultBound => ({ kind: "count", count: number });
const instant = (at: number): FaultBound => ({ kind: "instant", at: asInstant(at) });

/** The numbers of those among the first twelve requests that are hit, one a second. */
function hit(when: Partial<FaultWhen>): readonly number[] {
  const counter = new FaultCount({ ...always, ...when });
  const numbers = Array.from({ length: 12 }, (_, index) => index + 1);
  return numbers.filter((number) => counter.see(asInstant(number * 1_000)));
}

describe("a fault hits", () => {
  it.each<[Partial<FaultWhen>, readonly number[]]>([
    [{}, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
    [{ nth: 3 }, [3]],
    [{ first: 2 }, [1, 2]],
    [{ every: 5 }, [5, 10]],
    [{ first: 6, every: 3 }, [3, 6]],
    [{ after: count(10) }, [11, 12]],
    [{ until: count(2) }, [1, 2]],
    [{ after: count(3), until: count(5) }, [4, 5]],
    [{ after: count(4), nth: 1 }, [5]],
    [{ after: count(4), every: 4 }, [8, 12]],
    [{ after: instant(11_000) }, [11, 12]],
    [{ until: instant(3_000) }, [1, 2]],
    [{ after: instant(5_000), first: 1 }, [5]],
    [{ after: instant(5_000), until: count(6) }, [5, 6]],
    [{ after: count(1), until: instant(4_000) }, [2, 3]],
  ])("%j: %j", (when, numbers) => {
    expect(hit(when)).toEqual(numbers);
  });

  it("as often as it says that it can, however far it has come", () => {
    const number = fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined });
    const bound = fc.option(fc.integer({ min: 1, max: 9 }).map(count), { nil: undefined });
    const window = fc.record({ after: bound, until: bound });
    const inside = fc.oneof(fc.record({ nth: number }), fc.record({ first: number, every: number }));
    const whens = fc.tuple(window, inside).map(([one, other]): Partial<FaultWhen> => ({ ...one, ...other }));
    fc.assert(
      fc.property(whens, fc.nat(12), (when, come) => {
        const counter = new FaultCount({ ...always, ...when });
        for (let seen = 0; seen < come; seen++) counter.see(start);
        const said = counter.remaining(start);
        let hits = 0;
        for (let seen = 0; seen < 200; seen++) if (counter.see(start)) hits += 1;
        const isEndless = when.nth === undefined && when.first === undefined && when.until === undefined;
        expect(said).toBe(isEndless ? undefined : hits);
      }),
    );
  });

  it("not again once its time is over", () => {
    const counter = new FaultCount({ ...always, until: instant(5_000) });
    expect(counter.remaining(asInstant(4_999))).toBeUndefined();
    expect(counter.remaining(asInstant(5_000))).toBe(0);
  });
});
