import type { JsonObject } from "../json.ts";
import { ChangeList, type DocumentChange } from "./document-diff-change.ts";
import { OperationComparison, presence } from "./document-diff-operation.ts";
import { operationTexts, serverPaths } from "./document-diff-operations.ts";
import { DiffReader } from "./document-diff-reader.ts";
import type { Comparison, Twin } from "./document-diff-schema.ts";
import { Shapes } from "./document-diff-shape.ts";

/**
 * What has changed from one OpenAPI document (3.0 or 3.1) to another, judged for a client that was written for the first one;
 * breaking changes first. Texts and examples do not count. Throws a `ContractError` (`document-shape`) for a document that
 * cannot be read, such as one with references into other files.
 */
export function diffDocuments(documents: Twin<JsonObject>): readonly DocumentChange[] {
  const changes = new ChangeList();
  const before = new DiffReader(documents.before);
  const after = new DiffReader(documents.after);
  const shapes = { before: new Shapes(before), after: new Shapes(after) };
  const comparison: Comparison = { before, after, shapes, changes };
  compareServers(comparison);
  compareOperations(comparison);
  return changes.judged();
}

function compareServers({ before, after, changes }: Comparison): void {
  const kinds = { removed: "server-removed", added: "server-added" } as const;
  for (const { kind, subject } of presence(serverPaths(before), serverPaths(after), kinds)) {
    changes.add({ kind, side: "request", subject }, { operation: "", part: "", pointer: "" });
  }
}

function compareOperations(comparison: Comparison): void {
  const before = operationTexts(comparison.before);
  const after = operationTexts(comparison.after);
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const old = before.get(key);
    const now = after.get(key);
    if (old !== undefined && now !== undefined) {
      new OperationComparison(comparison, { before: old, after: now }).compare();
      continue;
    }
    const kind = now === undefined ? "operation-removed" : "operation-added";
    const operation = (old ?? now)?.name ?? key;
    comparison.changes.add(
      { kind, side: "request", subject: operation },
      { operation, part: "", pointer: "" },
    );
  }
}
