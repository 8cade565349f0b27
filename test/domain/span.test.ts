import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { IdSource } from "../../src/domain/id-source.ts";
import { drawSpan, fixed, formatSpan, parseSpan } from "../../src/domain/span.ts";
import { latestBuild } from "../../src/domain/workspace.ts";
import { advance, beginning, buildWorld } from "../support/world-builder.ts";
import { anyDurations, anySpan } from "./any-behaviour.ts";
import { begin, create, read } from "./started-task.ts";

describe("the text of a span", () => {
  it.each([
    ["2s", { least: 2_000, most: 2_000 }],
    ["0s", { least: 0, most: 0 }],
    ["2s..5s", { least: 2_000, most: 5_000 }],
    ["500ms..1h30m", { least: 500, most: 5_400_000 }],
    ["3s..3s", { least: 3_000, most: 3_000 }],
  ])("%j is read", (text, span) => {
    expect(parseSpan(text)).toEqual(span);
  });

  it.each(["", "..", "2s..", "..2s", "5s..2s", "1s..2s..3s", "2s...5s", "2..5s", "2s .. 5s", "-1s..2s"])(
    "%j is none",
    (text) => {
      expect(parseSpan(text)).toBeUndefined();
    },
  );

  it("is read back as it was", () => {
    fc.assert(
      fc.property(anySpan(200_000_000), (span) => {
        expect(parseSpan(formatSpan(span))).toEqual(span);
      }),
    );
  });
});

describe("what is drawn from a span", () => {
  it("lies within it, whole, and depends on nothing but the seed and its name", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 42 }),
        fc.integer({ min: 0, max: 2 ** 42 }),
        fc.tuple(fc.string(), fc.string(), fc.string()),
        (least, more, [seed, of, what]) => {
          const span = { least, most: least + more };
          const used = new IdSource(seed);
          used.next("span");
          used.choice("span", "another", 7);
          const drawn = drawSpan(span, { ids: used, of }, what);

          expect(drawn).toBeGreaterThanOrEqual(span.least);
          expect(drawn).toBeLessThanOrEqual(span.most);
          expect(Number.isInteger(drawn)).toBe(true);
          expect(drawSpan(span, { ids: new IdSource(seed), of }, what)).toBe(drawn);
        },
      ),
    );
  });

  it("takes every value of a short span, both ends included", () => {
    const ids = new IdSource("1");
    const drawn = Array.from({ length: 200 }, (_, number) =>
      drawSpan({ least: 3, most: 6 }, { ids, of: String(number) }, "stop"),
    );

    expect([...new Set(drawn)].sort()).toEqual([3, 4, 5, 6]);
  });

  it("is the span itself where both ends are the same", () => {
    expect(drawSpan(fixed(1_500.5), { ids: new IdSource("1"), of: "" }, "build")).toBe(1_500.5);
  });
});

describe("the durations of a build", () => {
  it("are drawn anew for each build, and the same in a second run", () => {
    const run = () => {
      const world = buildWorld();
      const durations = { ...short, build: { least: 1_000, most: 100_000_000 } };
      const { id } = create(world, { durations });
      const seen = [1, 2, 3].map((round) => {
        if (round > 1) begin(world, id, "start");
        advance(world, 200_000_000);
        const { startedAt, completedAt } = latestBuild(read(world, id).workspace)?.job ?? {};
        return (completedAt ?? 0) - (startedAt ?? 0);
      });
      return seen;
    };
    const spans = run();

    expect(new Set(spans).size).toBe(3);
    expect(run()).toEqual(spans);
  });

  it("do not depend on what other tasks there are and what happens to them", () => {
    fc.assert(
      fc.property(anyDurations(10_000), fc.nat(5_000), (durations, pause) => {
        const due = (withOther: boolean) => {
          const world = buildWorld();
          const { id } = create(world, { durations });
          if (withOther) create(world, { name: "other", durations });
          advance(world, pause);
          return read(world, id).workspace.due.map(({ at }) => at - beginning);
        };

        expect(due(true)).toEqual(due(false));
      }),
    );
  });
});

const short = {
  queue: fixed(1),
  build: fixed(1),
  connect: fixed(1),
  startup: fixed(1),
  app_start: fixed(1),
  first_reply: fixed(1),
  stop: fixed(1),
  delete: fixed(1),
  reply: fixed(1),
};
