import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Violation } from "../../src/contract/violation.ts";
import { asInstant } from "../../src/domain/instant.ts";
import { LateViolation, type SeenViolation } from "../../src/engine/journal/late-violation.ts";
import { ViolationLog } from "../../src/engine/journal/violation-log.ts";
import { late } from "../support/late.ts";

const exchange = {
  id: "1",
  at: asInstant(0),
  method: "GET",
  path: "/api/v2/tasks",
  operation: "list-ai-tasks",
  status: 200,
} as const;

type Kind = Pick<Violation, "direction" | "severity" | "rule"> & Pick<SeenViolation, "isPlanned">;

const kind = { direction: "request", severity: "error", rule: "type", isPlanned: false } as const;

function seen({ isPlanned, ...kind }: Kind): SeenViolation {
  const violation = { place: "body", pointer: "", expected: "a text", spec: "#", ...kind } as const;
  return { world: "default", exchange, violation, isPlanned };
}

const kinds: fc.Arbitrary<Kind> = fc.record({
  direction: fc.constantFrom("request", "response"),
  severity: fc.constantFrom("error", "warning"),
  rule: fc.constantFrom("type", "required", "enum"),
  isPlanned: fc.boolean(),
});

describe("the log of violations", () => {
  it("keeps the latest, newest first, and counts all that were ever added", () => {
    const steps = fc.array(
      fc.oneof({ weight: 9, arbitrary: fc.array(kinds) }, fc.constant("clear" as const)),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), steps, (limit, added) => {
        const log = new ViolationLog(limit);
        let model: SeenViolation[] = [];
        for (const step of added) {
          if (step === "clear") {
            log.clear();
            model = [];
            continue;
          }
          const all = step.map(seen);
          log.add(all.map(late));
          model.push(...all);
          expect(log.list()).toEqual(model.slice(-limit).reverse());
          expect(log.total).toBe(model.length);
          expect(log.dropped).toBe(Math.max(0, model.length - limit));
          for (const { direction, rule, errors, warnings, planned } of log.counts()) {
            const of = model.filter(
              ({ violation }) => violation.direction === direction && violation.rule === rule,
            );
            const own = of.filter(({ isPlanned }) => !isPlanned);
            expect(planned).toBe(of.length - own.length);
            expect(errors).toBe(own.filter(({ violation }) => violation.severity === "error").length);
            expect(warnings).toBe(own.length - errors);
          }
          const counted = log.counts().map((count) => count.errors + count.warnings + count.planned);
          expect(counted.reduce((sum, count) => sum + count, 0)).toBe(model.length);
        }
      }),
    );
  });

  it("tells of the violations of an exchange at once", () => {
    const heard: (readonly LateViolation[])[] = [];
    const log = new ViolationLog(1, (all) => heard.push(all));
    log.add([late(seen(kind)), late(seen({ ...kind, rule: "enum" }))]);
    expect(heard.map((all) => all.map((one) => one.kind.rule))).toEqual([["type", "enum"]]);
  });

  it("looks for secrets when a violation is read, or when its world goes, and only once", () => {
    const looked: string[] = [];
    const secretive = (world: string) =>
      new LateViolation(world, kind, () => {
        looked.push(world);
        return { ...seen(kind), world };
      });
    const log = new ViolationLog(9);
    log.add([secretive("one"), secretive("two")]);
    expect(looked).toEqual([]);
    log.tellAll("two");
    expect(looked).toEqual(["two"]);
    expect(log.list().map(({ world }) => world)).toEqual(["two", "one"]);
    log.list();
    expect(looked).toEqual(["two", "one"]);
  });
});
