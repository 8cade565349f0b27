import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../src/contract/json.ts";
import { explorerKinds } from "../../src/engine/explore/explorer.ts";
import { handled, refused } from "../../src/operations/reply.ts";
import { answer, cases, exploring, subject } from "./explored-answers.ts";

describe("every variation keeps the contract", () => {
  it("of every operation, revision and profile, with any seed, rate and kinds", () => {
    const settings = fc.record({
      seed: fc.string(),
      rate: fc.double({ min: 0.001, max: 1, noNaN: true }),
      kinds: fc.subarray([...explorerKinds], { minLength: 1 }),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        settings,
        fc.integer({ min: 1, max: 6 }),
        (one, given, count) => {
          const explorer = exploring(one.of, given);
          const operation = one.of.contract.operations.get(one.id);
          if (operation === undefined) throw new Error(`No operation ${one.id}.`);
          for (let round = 0; round < count; round++) {
            const { reply, varied } = answer(explorer, one.of, one.id);
            expect(one.of.contract.checkResponse(operation, reply).violations, varied.join("; ")).toEqual([]);
            const body: JsonValue = JSON.parse(JSON.stringify(reply.body));
            expect(one.of.validator.errors(one.id, `${reply.status}`, body), varied.join("; ")).toEqual([]);
            expect(reply.headers?.["X-Mock-Varied"]).toBe(
              varied.length > 0 ? String(varied.length) : undefined,
            );
          }
        },
      ),
      { numRuns: 40 },
    );
  }, 30_000);

  it("each freedom by itself, too", () => {
    for (const { of, id } of cases) {
      const explorer = exploring(of, { rate: 0.000_1 });
      const operation = of.contract.operations.get(id);
      if (operation === undefined) throw new Error(`No operation ${id}.`);
      for (let left = true; left; ) {
        const { reply, varied } = answer(explorer, of, id);
        expect(of.contract.checkResponse(operation, reply).violations, varied.join("; ")).toEqual([]);
        left = explorer.explored.some(({ freedoms, tried }) => tried < freedoms);
      }
    }
  }, 30_000);
});

describe("what is varied follows from the seed", () => {
  const of = subject("2.34 wire");
  const bytes = (seed: string, ids: readonly string[]) => {
    const explorer = exploring(of, { seed });
    return ids.map((id) => `${id} ${JSON.stringify(answer(explorer, of, id).reply)}`);
  };
  const calls = fc.array(fc.constantFrom(...of.answers.keys()), { maxLength: 20 });

  it("the same seed and calls give the same bytes", () => {
    fc.assert(
      fc.property(fc.string(), calls, (seed, ids) => {
        expect(bytes(seed, ids)).toEqual(bytes(seed, ids));
      }),
      { numRuns: 30 },
    );
  });

  it("calls of other operations change nothing", () => {
    fc.assert(
      fc.property(calls, (ids) => {
        const [id] = ids;
        const own = (given: readonly string[]) => bytes("1", given).filter((one) => one.startsWith(`${id} `));
        expect(own(ids)).toEqual(own(ids.filter((one) => one === id)));
      }),
      { numRuns: 30 },
    );
  });

  it("another seed gives others", () => {
    const ids = ["get-ai-task-by-id-or-name", "list-ai-tasks"];
    expect(bytes("1", ids)).not.toEqual(bytes("2", ids));
  });
});

describe("what is not explored goes by as it is", () => {
  const of = subject("2.34 documented");

  it("refusals, made-up answers, answers without a body, and operations that are not meant", () => {
    const explorer = exploring(of, { rate: 1, operations: ["get-ai-task-by-id-or-name"] });
    const made = { ...handled(200, { id: "x" }), outcome: "fallback" } as const;
    for (const reply of [refused(404, { message: "No.", detail: "Nowhere." }), made, handled(204)]) {
      expect(answer(explorer, of, "get-ai-task-by-id-or-name", reply)).toEqual({ reply, varied: [] });
    }
    expect(answer(explorer, of, "list-ai-tasks").varied).toEqual([]);
    expect(explorer.explored).toEqual([]);
  });

  it("no more than 32 places of a long list are varied", () => {
    const task = of.answers.get("get-ai-task-by-id-or-name")?.body ?? {};
    const body = { count: 200, tasks: Array.from({ length: 200 }, () => task) };
    const { varied } = answer(exploring(of, { rate: 1 }), of, "list-ai-tasks", { ...handled(200), body });
    expect(varied).toHaveLength(32);
  });

  it("but every item of a long list has its turn", () => {
    const task = of.answers.get("get-ai-task-by-id-or-name")?.body ?? {};
    const body = { count: 100, tasks: Array.from({ length: 100 }, () => task) };
    const explorer = exploring(of, { rate: 1, kinds: ["missing"] });
    const items = new Set<string | undefined>();
    for (let round = 0; round < 60; round++) {
      const { varied } = answer(explorer, of, "list-ai-tasks", { ...handled(200), body });
      for (const one of varied) items.add(one.split("/")[2]);
    }
    expect(items.size).toBe(100);
  });
});
