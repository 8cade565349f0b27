import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Contract } from "../../src/contract/contract.ts";
import { createContract } from "../../src/contract/create-contract.ts";
import type { JsonObject } from "../../src/contract/json.ts";
import { bodyDocument, jsonRequest, operationOf } from "./sample-document.ts";

const Part = {
  type: "object",
  required: ["read", "written"],
  properties: {
    read: { type: "integer", readOnly: true },
    written: { type: "integer", writeOnly: true },
    part: { anyOf: [{ $ref: "#/components/schemas/Part" }, { type: "null" }] },
  },
};
const document = bodyDocument({ $ref: "#/components/schemas/Part" }, { Part });

type Question = readonly ["request" | "response", JsonObject];

function ask(contract: Contract, [direction, value]: Question): unknown {
  const operation = operationOf(contract);
  return direction === "request"
    ? contract.checkRequest(operation, jsonRequest(value)).violations
    : contract.checkResponse(operation, { status: 200, body: value }).violations;
}

describe("one schema used in both directions", () => {
  const value = fc.record(
    {
      read: fc.oneof(fc.integer(), fc.string()),
      written: fc.oneof(fc.integer(), fc.string()),
      part: fc.constantFrom(null, {}, { read: 1 }, { written: 1, other: 1 }),
      other: fc.constant(true),
    },
    { requiredKeys: [] },
  );
  const questions = fc.array(fc.tuple(fc.constantFrom("request" as const, "response" as const), value), {
    minLength: 1,
    maxLength: 12,
  });

  it("gives the same answers in any order as in a contract of its own", () => {
    fc.assert(
      fc.property(questions, (asked) => {
        const shared = createContract(document);
        const together = asked.map((question) => ask(shared, question));
        const alone = asked.map((question) => ask(createContract(document), question));
        expect(together).toEqual(alone);
      }),
      { numRuns: 15 },
    );
  });

  it("is read differently in each", () => {
    const contract = createContract(document);
    expect(ask(contract, ["request", { written: 1, part: { written: 1 } }])).toEqual([]);
    expect(ask(contract, ["response", { read: 1, part: { read: 1 } }])).toEqual([]);
    expect(ask(contract, ["request", { read: 1, written: 1 }])).toMatchObject([{ rule: "read-only" }]);
    expect(ask(contract, ["response", { read: 1, written: 1 }])).toMatchObject([{ rule: "write-only" }]);
  });

  it("leaves the document as it was", () => {
    const before = JSON.stringify(document);
    createContract(document).compileAll();
    expect(JSON.stringify(document)).toBe(before);
  });

  it("gives two contracts that share nothing", () => {
    const strict = createContract(bodyDocument({ type: "string" }));
    const lax = createContract(bodyDocument(true));
    expect(strict.checkRequest(operationOf(strict), jsonRequest(5)).violations).toHaveLength(1);
    expect(lax.checkRequest(operationOf(lax), jsonRequest(5)).violations).toEqual([]);
  });
});
