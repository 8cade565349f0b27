import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LayeredMap } from "../../src/domain/layered-map.ts";

type Action =
  | { readonly kind: "set"; readonly key: string; readonly value: number }
  | { readonly kind: "delete"; readonly key: string }
  | { readonly kind: "fork" };

const key = fc.constantFrom("a", "b", "c", "d", "e", "f");
const action: fc.Arbitrary<readonly [turn: number, Action]> = fc.tuple(
  fc.nat(9),
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant("set"), key, value: fc.nat() }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("delete"), key }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("fork") }) },
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

describe("a layered map", () => {
  it("holds what a plain map would, in itself and in every fork, each on its own", () => {
    fc.assert(
      fc.property(base, fc.array(action, { maxLength: 60 }), (start, actions) => {
        const kept = new Map(start);
        const pairs = [{ real: new LayeredMap(start), model: new Map(start) }];
        for (const [turn, one] of actions) {
          const pair = pairs[turn % pairs.length];
          if (pair === undefined) continue;
          if (one.kind === "set") {
            pair.real.set(one.key, one.value);
            pair.model.set(one.key, one.value);
          } else if (one.kind === "delete") {
            pair.real.delete(one.key);
            pair.model.delete(one.key);
          } else pairs.push({ real: pair.real.fork(), model: new Map(pair.model) });
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
