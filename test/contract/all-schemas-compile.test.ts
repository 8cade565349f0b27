import { describe, expect, it } from "vitest";
import { createContract } from "../../src/contract/create-contract.ts";
import { isJsonArray, isJsonObject, type JsonObject } from "../../src/contract/json.ts";
import { namedContracts } from "../../src/runtime/contract-files.ts";
import { documents as files } from "../support/assets.ts";
import { jsonRequest, operationOf } from "./sample-document.ts";

const derived = namedContracts(files).map(({ name, document }) => [name, document] as const);
const documents = [...derived, ["admin", files.admin()] as const];

it("all six contracts are derived", () => {
  expect(derived).toHaveLength(6);
});

describe.each(documents)("the document %s", (_, document) => {
  it("compiles every schema for both directions", () => {
    const contract = createContract(document);
    expect(() => contract.compileAll()).not.toThrow();
    expect(contract.operations.size).toBeGreaterThan(0);
  });

  it("finds each operation under each of its own templates", () => {
    const contract = createContract(document);
    for (const operation of contract.operations.values()) {
      const prefixes = [...prefixesOf(document), ...prefixesOf(pathItem(document, operation.path))];
      const found = prefixes.map((prefix) => contract.match(operation.method, `${prefix}${operation.path}`));
      expect(found).toContainEqual(expect.objectContaining({ kind: "operation", operation }));
    }
  });
});

describe.each(derived)("the contract %s", (_, document) => {
  const contract = createContract(document, { recheck: true });

  it("takes the envelope of a refusal", () => {
    expect(contract.checkEnvelope({ message: "No." }).violations).toEqual([]);
    expect(contract.checkEnvelope({ message: 5 }).violations).toMatchObject([{ rule: "type" }]);
  });

  it("refuses a body of the wrong type", () => {
    const request = { ...jsonRequest({ input: 5 }), path: { user: "me" } };
    const { violations } = contract.checkRequest(operationOf(contract, "create-a-new-ai-task"), request);
    expect(violations).toContainEqual(
      expect.objectContaining({ rule: "type", pointer: "/input", severity: "error" }),
    );
  });
});

function pathItem(document: JsonObject, path: string): JsonObject {
  const { paths } = document;
  const item = isJsonObject(paths) ? paths[path] : undefined;
  return isJsonObject(item) ? item : {};
}

function prefixesOf({ servers }: JsonObject): readonly string[] {
  if (!isJsonArray(servers)) return [""];
  return servers.map((server) => (isJsonObject(server) ? String(server["url"]) : "").replace(/\/$/u, ""));
}
