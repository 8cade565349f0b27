import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LayeredMap } from "../../src/domain/layered-map.ts";
import { ShiftedMap } from "../../src/domain/shifted-map.ts";

type Action =
  | { readonly kind: "set"; readonly key: string; readonly value: number }
  | { readonly kind: "delete"; readonly key: string }
  | { readonly kind: "fork" }
  | { readonly kind: "shifted"; readonly by: number };

const key = fc.constantFrom("a", "b", "c", "d", "e", "f");
const action: fc.Arbitrary<readonly [turn: number, Action]> = fc.tuple(
  fc.nat(9),
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant("set"), key, value: fc.nat() }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("delete"), key }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("fork") }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("shifted"), by: fc.nat(9) }) },
  ),
);
const base = fc.array(fc.tuple(key, fc.nat())).map((entries) => new Map<string, number>(entries));

function expectSame(real: LayeredMap<string, number>, model: ReadonlyMap<string, number>): void {
  for (const one of ["a", "b", "c", "d", "e", "f", "g"]) {
    expect(real.get(one)).toBe(model.get(one));
    expect(real.has(one)).toBe(model.has(one));
  }
  expect(real.size).toBe(model.size);
  expect([...real.values()].toSorted()).toEqual([...model.values()].toSorted());
}

interface Pair {
  readonly real: LayeredMap<string, number>;
  readonly model: Map<string, number>;
}

/** A copy of both in which every value is greater by a number. */
function copyOf({ real, model }: Pair, by: number): Pair {
  return {
    real: by === 0 ? real.fork() : real.shifted((value) => value + by),
    model: new Map([...model].map(([one, value]) => [one, value + by])),
  };
}

describe("a layered map", () => {
  it("holds what a plain map would, in itself and in every fork and shifted copy, each on its own", () => {
    fc.assert(
      fc.property(base, fc.array(action, { maxLength: 60 }), (start, actions) => {
        const kept = new Map(start);
        const pairs: Pair[] = [{ real: new LayeredMap(start), model: new Map(start) }];
        for (const [turn, one] of actions) {
          const pair = pairs[turn % pairs.length];
          if (pair === undefined) continue;
          if (one.kind === "set") {
            pair.real.set(one.key, one.value);
            pair.model.set(one.key, one.value);
          } else if (one.kind === "delete") {
            pair.real.delete(one.key);
            pair.model.delete(one.key);
          } else pairs.push(copyOf(pair, one.kind === "fork" ? 0 : one.by));
          for (const { real, model } of pairs) expectSame(real, model);
        }
        expect(start).toEqual(kept);
      }),
    );
  });

  it("gives its values in the order in which their keys first came, also after changes and in forks", () => {
    const map = new LayeredMap(
      new Map([
        ["x", 1],
        ["y", 2],
      ]),
    );
    map.set("z", 3);
    map.set("x", 10);
    const fork = map.fork();
    fork.set("w", 4);
    fork.set("z", 30);
    fork.delete("y");

    expect([...map.values()]).toEqual([10, 2, 3]);
    expect([...fork.values()]).toEqual([10, 30, 4]);
  });
});

describe("a shifted map", () => {
  const base = new Map([
    ["x", { at: 1 }],
    ["y", { at: 2 }],
    ["z", { at: 3 }],
  ]);
  const counted = () => {
    let shifts = 0;
    const map = new ShiftedMap(base, ({ at }) => {
      shifts += 1;
      return { at: at + 10 };
    });
    return { map, shifts: () => shifts };
  };

  it("makes a value when it is first looked at, and gives the same object from then on", () => {
    const { map, shifts } = counted();
    expect([map.size, map.has("y"), map.has("w"), map.get("w"), shifts()]).toEqual([
      3,
      true,
      false,
      undefined,
      0,
    ]);
    const y = map.get("y");
    expect(y).toEqual({ at: 12 });
    expect(shifts()).toBe(1);
    const all = new Map(map);
    expect(all.get("y")).toBe(y);
    expect(map.get("z")).toBe(all.get("z"));
    expect(shifts()).toBe(3);
  });

  it("keeps the order of its base, whatever was looked at first", () => {
    const { map } = counted();
    map.get("z");
    expect([...map].map(([one, { at }]) => `${one} ${at}`)).toEqual(["x 11", "y 12", "z 13"]);
  });

  it("below a layered map is not looked into for a size, a removal or a change", () => {
    const { map, shifts } = counted();
    const layered = new LayeredMap(map);
    layered.set("x", { at: 0 });
    layered.delete("y");
    expect([layered.size, layered.has("z"), layered.has("y")]).toEqual([2, true, false]);
    expect(shifts()).toBe(0);
    expect([...layered.values()]).toEqual([{ at: 0 }, { at: 13 }]);
  });
});
