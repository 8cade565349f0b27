import { describe, expect, it } from "vitest";
import { isJsonObject, type JsonObject } from "../../src/contract/json.ts";
import { readOperations } from "../../src/contract/operation-source.ts";
import { contractKeys } from "../../src/runtime/contract-files.ts";
import { openContracts, startAdminEngine } from "../support/admin-engine.ts";

const contracts = await openContracts();

/** Operation, method, path below the prefix and status of every documented error. */
function documentedErrors(document: JsonObject) {
  const { paths } = document;
  const pathOf = (id: string) => {
    const all = Object.entries(isJsonObject(paths) ? paths : {});
    const found = all.find(([, item]) => JSON.stringify(item).includes(`"operationId":"${id}"`));
    return found?.[0].replaceAll(/\{\w+\}/g, "x") ?? "";
  };
  return readOperations(document).flatMap(({ id, method, responses }) =>
    [...responses.keys()].flatMap((status) =>
      Number(status) >= 400 ? [{ id, method, path: pathOf(id), status: Number(status) }] : [],
    ),
  );
}

describe("a planned status", () => {
  it.each(contractKeys)("has the envelope that $revision $profile documents for it", async (key) => {
    const mock = startAdminEngine({ contracts, ...key });
    const contract = contracts.for(key);
    const errors = documentedErrors(contract.document);
    expect(errors.length).toBeGreaterThan(30);
    for (const { id, method, path, status } of errors) {
      await mock.admin("DELETE", "/faults");
      await mock.admin("POST", "/faults", { match: { operation: id }, fault: { kind: "status", status } });
      const answer = await mock.api(method, path);
      expect([id, answer.status, answer.headers["X-Mock-Outcome"]]).toEqual([id, status, "fault"]);
      const operation = contract.operations.get(id);
      if (operation === undefined) throw new Error(`No operation ${id}.`);
      expect(contract.checkResponse(operation, answer).violations).toEqual([]);
    }
  });
});
