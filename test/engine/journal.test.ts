import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asInstant } from "../../src/domain/instant.ts";
import type { Exchange } from "../../src/engine/journal/exchange.ts";
import { Journal, longestKept } from "../../src/engine/journal/journal.ts";
import { Trace } from "../../src/engine/trace.ts";

function exchange(number: number): Exchange {
  return {
    id: String(number),
    at: asInstant(0),
    method: "GET",
    path: "/",
    search: "",
    operation: undefined,
    status: 200,
    outcome: "handled",
    violations: [],
    requestHeaders: {},
    responseHeaders: {},
    trace: new Trace(() => 0),
  };
}

const body = (length: number, value: number) => new Uint8Array(length).fill(value);
/** Whether bytes are so many of one value; `toEqual` would look at each with care, and there are millions. */
function isFull(bytes: Uint8Array, { length, value }: { length: number; value: number }): boolean {
  return bytes.length === length && Buffer.from(bytes).equals(body(length, value));
}

const sizes = fc.tuple(fc.nat({ max: 70_000 }), fc.nat({ max: 70_000 }));

describe("the journal is bounded", () => {
  it("by the number of exchanges: the oldest make room, and are counted", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.nat({ max: 30 }), (exchanges, count) => {
        const journal = new Journal({ exchanges, bytes: longestKept });
        for (let number = 1; number <= count; number++) {
          journal.add(exchange(number), { request: body(0, 0), response: body(0, 0) });
        }
        const ids = journal.list().map(({ id }) => Number(id));
        const kept = Math.min(exchanges, count);
        expect(ids).toEqual(Array.from({ length: kept }, (_, index) => count - index));
        expect([journal.dropped, journal.droppedBodies]).toEqual([count - kept, 0]);
        expect(journal.get("1")?.id).toBe(count > 0 && count <= exchanges ? "1" : undefined);
      }),
    );
  });

  it("by the bytes of bodies: each is there as it was, cut at 64 KiB, or is counted as gone", () => {
    const bytes = 3 * longestKept;
    fc.assert(
      fc.property(fc.array(sizes, { maxLength: 12 }), (all) => {
        const journal = new Journal({ exchanges: 8, bytes });
        for (const [index, [request, response]] of all.entries()) {
          journal.add(exchange(index), {
            request: body(request, index),
            response: body(response, 100 + index),
          });
        }
        let gone = 0;
        let held = 0;
        for (const one of journal.list()) {
          for (const side of ["request", "response"] as const) {
            const size = side === "request" ? one.requestSize : one.responseSize;
            const value = Number(one.id) + (side === "request" ? 0 : 100);
            const found = journal.bodyOf(one, side);
            if (found === undefined) gone += 1;
            else expect(isFull(found, { length: Math.min(size, longestKept), value })).toBe(true);
            held += found?.length ?? 0;
          }
        }
        expect(held).toBeLessThanOrEqual(bytes);
        expect(journal.droppedBodies).toBe(gone);
        const [newest] = journal.list();
        if (newest !== undefined) expect(journal.bodyOf(newest, "response")).toBeDefined();
      }),
      { numRuns: 50 },
    );
  });

  it("begins anew when it is cleared", () => {
    const journal = new Journal({ exchanges: 2, bytes: longestKept });
    for (const number of [1, 2, 3]) {
      journal.add(exchange(number), { request: body(60_000, 1), response: body(60_000, 2) });
    }
    expect([journal.dropped, journal.droppedBodies]).toEqual([1, 3]);
    journal.clear();
    expect([journal.list(), journal.dropped, journal.droppedBodies]).toEqual([[], 0, 0]);
    const kept = journal.add(exchange(4), { request: body(3, 9), response: body(0, 0) });
    expect(journal.bodyOf(kept, "request")).toEqual(body(3, 9));
  });
});
