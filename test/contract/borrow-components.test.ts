import { describe, expect, it } from "vitest";
import { borrowComponents } from "../../src/contract/borrow-components.ts";
import { ContractError } from "../../src/contract/contract-error.ts";

const tree = { type: "object", properties: { below: { $ref: "#/components/schemas/Tree" } } };
const lender = {
  file: "lender.yaml",
  document: {
    components: {
      schemas: {
        Tree: tree,
        Forest: { type: "array", items: { $ref: "#/components/schemas/Tree" } },
        Unused: { type: "string" },
      },
      parameters: { user: { name: "user", in: "path", required: true, schema: { type: "string" } } },
    },
  },
};

describe("a document that borrows components", () => {
  it("has copies of what it refers to, and of what that refers to", () => {
    const document = {
      paths: { "/forest": { get: { schema: { $ref: "lender.yaml#/components/schemas/Forest" } } } },
      components: { schemas: { Own: { $ref: "#/components/schemas/Forest" } } },
    };
    expect(borrowComponents(document, lender)).toEqual({
      paths: { "/forest": { get: { schema: { $ref: "#/components/schemas/Forest" } } } },
      components: {
        schemas: {
          Own: { $ref: "#/components/schemas/Forest" },
          Forest: lender.document.components.schemas.Forest,
          Tree: tree,
        },
      },
    });
  });

  it("takes a component that is a reference to its namesake for that", () => {
    const document = {
      components: { parameters: { user: { $ref: "lender.yaml#/components/parameters/user" } } },
    };
    expect(borrowComponents(document, lender)).toEqual({
      components: { parameters: lender.document.components.parameters },
    });
  });

  it("changes neither document", () => {
    const document = Object.freeze({
      paths: Object.freeze({ $ref: "lender.yaml#/components/schemas/Tree" }),
    });
    const before = structuredClone(lender);
    borrowComponents(document, lender);
    expect(lender).toEqual(before);
  });

  it.each([
    ["#/components/schemas/Nothing", "lender.yaml has no such component to lend"],
    ["#/paths/~1forest", "lender.yaml has no such component to lend"],
    ["#/components/schemas/Tree/properties", "lender.yaml has no such component to lend"],
  ])("cannot refer to %s", (pointer, problem) => {
    const document = { paths: { $ref: `lender.yaml${pointer}` } };
    expect(() => borrowComponents(document, lender)).toThrow(ContractError);
    expect(() => borrowComponents(document, lender)).toThrow(problem);
  });

  it("cannot give the name of what it borrows to something else", () => {
    const document = {
      paths: { $ref: "lender.yaml#/components/schemas/Forest" },
      components: { schemas: { Tree: { type: "string" } } },
    };
    expect(() => borrowComponents(document, lender)).toThrow(
      "Bad document at #/components/schemas/Tree: the schemas of lender.yaml have a Tree, too: use another name",
    );
  });
});
