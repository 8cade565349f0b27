import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteRing } from "../../src/engine/journal/byte-ring.ts";

const limit = 64;
const piece = fc.uint8Array({ maxLength: limit });

describe("a ring of bytes", () => {
  it("gives back what was put in, or nothing: never other bytes", () => {
    fc.assert(
      fc.property(fc.array(fc.option(piece, { freq: 30 }), { maxLength: 60 }), (steps) => {
        const ring = new ByteRing(limit);
        let kept: { readonly place: number; readonly bytes: Uint8Array }[] = [];
        for (const bytes of steps) {
          if (bytes === null) {
            ring.clear();
            kept = [];
          } else {
            kept.push({ place: ring.put(bytes), bytes });
          }
          for (const { place, bytes: put } of kept) {
            expect([undefined, put]).toContainEqual(ring.get(place, put.length));
            expect(ring.has(place)).toBe(ring.get(place, put.length) !== undefined);
          }
        }
      }),
    );
  });

  it("keeps the latest, as long as they fill no more than half of it", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: limit / 2 }), { minLength: 1 }), (pieces) => {
        const ring = new ByteRing(limit);
        const places = pieces.map((bytes) => ring.put(bytes));
        let room = limit / 2;
        for (let index = pieces.length - 1; index >= 0; index--) {
          const bytes = pieces[index] ?? new Uint8Array(0);
          room -= bytes.length;
          if (room < 0) break;
          expect(ring.get(places[index] ?? 0, bytes.length)).toEqual(bytes);
        }
      }),
    );
  });

  it("takes a piece as long as itself when little was put in before", () => {
    const ring = new ByteRing(65_536);
    const first = ring.put(new Uint8Array(20_000).fill(1));
    const second = ring.put(new Uint8Array(65_536).fill(2));
    expect(ring.get(first, 20_000)).toBeUndefined();
    expect(ring.get(second, 65_536)).toEqual(new Uint8Array(65_536).fill(2));
  });
});
