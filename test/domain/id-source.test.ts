import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hash128 } from "../../src/domain/hash.ts";
import { IdSource } from "../../src/domain/id-source.ts";
import { parseUuid } from "../../src/domain/ids.ts";
import { anyCharacter } from "../support/any-character.ts";

const uuidV4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe("an id source", () => {
  it("never gives the same id twice over 40,000 draws of many kinds, seeds and scenarios", () => {
    const kinds = ["task", "workspace", "build", "job", "agent", "agent-token", "app", "app-status"];
    const seen = new Set<string>();
    let misshapen = 0;
    for (const root of ["1\u0000default", "2\u0000default", "1\u0000empty", "12\u0000default", ""]) {
      const ids = new IdSource(root);
      for (let draw = 0; draw < 1_000; draw++) {
        for (const kind of kinds) {
          const id = ids.next(kind);
          if (!uuidV4.test(id)) misshapen += 1;
          seen.add(id);
        }
      }
    }
    expect(misshapen).toBe(0);
    expect(seen.size).toBe(40_000);
  });

  it("spreads the short suffixes of names evenly", () => {
    const ids = new IdSource("1\u0000default");
    const counts = Array.from({ length: 16 }, () => 0);
    for (let draw = 0; draw < 16_000; draw++) {
      const digit = Number.parseInt(ids.suffix("task-name").slice(0, 1), 16);
      counts[digit] = (counts[digit] ?? 0) + 1;
    }
    expect(Math.min(...counts)).toBeGreaterThan(850);
    expect(Math.max(...counts)).toBeLessThan(1_150);
  });

  it("repeats itself from the same root, whatever other kinds draw in between", () => {
    const kind = fc.constantFrom("a", "b", "c");
    fc.assert(
      fc.property(fc.string(), fc.array(kind), (root, draws) => {
        const mixed = new IdSource(root);
        const byKind = new Map<string, string[]>();
        for (const one of draws) byKind.set(one, [...(byKind.get(one) ?? []), mixed.next(one)]);
        for (const [one, drawn] of byKind) {
          const alone = new IdSource(root);
          expect(drawn.map(() => alone.next(one))).toEqual(drawn);
        }
      }),
    );
  });

  it("goes on where its counters were left", () => {
    const whole = new IdSource("root");
    whole.next("task");
    whole.next("task");
    const second = new IdSource("root", whole.counters);

    expect(second.next("task")).toBe(whole.next("task"));
    expect(second.count("other")).toBe(1);
  });

  it("ties names to ids, numbers and texts that no draw changes", () => {
    const ids = new IdSource("root");
    const before = [ids.named("file", "x"), ids.choice("noun", "x", 10), ids.text("secret", "x", 22)];
    ids.next("file");
    ids.next("noun");

    expect([ids.named("file", "x"), ids.choice("noun", "x", 10), ids.text("secret", "x", 22)]).toEqual(
      before,
    );
    expect(ids.named("file", "y")).not.toBe(before[0]);
    expect(before[2]).toMatch(/^[a-z0-9]{22}$/);
  });

  it("keeps choices in range and texts at their length", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 1_000 }), fc.nat(80), (name, limit, length) => {
        const ids = new IdSource("root");
        const choice = ids.choice("kind", name, limit);
        expect(choice).toBeGreaterThanOrEqual(0);
        expect(choice).toBeLessThan(limit);
        expect(Number.isInteger(choice)).toBe(true);
        expect(ids.text("kind", name, length)).toMatch(new RegExp(`^[a-z0-9]{${length}}$`));
      }),
    );
  });
});

describe("the hash", () => {
  it("gives four unsigned 32-bit words, the same on every call", () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        const words = hash128(text);
        expect(words.every((word) => Number.isInteger(word) && word >= 0 && word < 2 ** 32)).toBe(true);
        expect(hash128(text)).toEqual(words);
      }),
    );
  });

  // Pinned, because every id that users have written into their tests hangs on it.
  it("never changes", () => {
    expect(hash128("")).toMatchInlineSnapshot(`
      [
        3341881538,
        920485719,
        4135153412,
        2155559912,
      ]
    `);
    expect(hash128("task")).toMatchInlineSnapshot(`
      [
        3360374207,
        1318836490,
        1444366236,
        508659003,
      ]
    `);
  });

  it("changes half of its bits with any one bit of the text", () => {
    const bits = (word: number) => word.toString(2).replaceAll("0", "").length;
    let changed = 0;
    const rounds = 500;
    for (let round = 0; round < rounds; round++) {
      const text = `seed\u0000scenario\u0000task\u0000#${round * 2}`;
      const other = hash128(`seed\u0000scenario\u0000task\u0000#${round * 2 + 1}`);
      changed += hash128(text).reduce(
        (sum, word, index) => sum + bits((word ^ (other[index] ?? 0)) >>> 0),
        0,
      );
    }
    expect(changed / rounds / 128).toBeGreaterThan(0.47);
    expect(changed / rounds / 128).toBeLessThan(0.53);
  });
});

describe("a UUID text", () => {
  const plain = "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";

  it.each([
    plain,
    plain.toUpperCase(),
    plain.replaceAll("-", ""),
    plain.replaceAll("-", "").toUpperCase(),
    `{${plain}}`,
    `urn:uuid:${plain}`,
    `URN:UUID:${plain.toUpperCase()}`,
  ])("is read in every form that the provider takes: %s", (text) => {
    expect(parseUuid(text)).toBe(plain);
  });

  it.each([
    "",
    "me",
    plain.slice(1),
    `${plain}0`,
    `${plain}\n`,
    ` ${plain}`,
    `{${plain}`,
    `{${plain.replaceAll("-", "")}}`,
    `urn:uuid:${plain.replaceAll("-", "")}`,
    plain.replace("0a", "0g"),
    "0a1b2c3d4-e5f-4a6b-8c7d-9e0f1a2b3c4d",
  ])("is refused in any other: %j", (text) => {
    expect(parseUuid(text)).toBeUndefined();
  });
});
