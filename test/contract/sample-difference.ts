import { diffDocuments } from "../../src/contract/diff/document-diff.ts";
import type { JsonObject, JsonValue } from "../../src/contract/json.ts";
import { bodyDocument } from "./sample-document.ts";

/** `breaking request narrowed enum /a`: what is found between two documents. */
export function found(before: JsonObject, after: JsonObject): readonly string[] {
  return diffDocuments({ before, after }).map(({ breaking, side, kind, subject, places }) =>
    [breaking ? "breaking" : "fine", side, kind, subject, places[0]?.pointer]
      .filter((part) => part !== undefined && part !== "")
      .join(" "),
  );
}

/** The same for the schema of a body, which the sample operation takes and gives: once for each side. */
export function ofSchemas(before: JsonValue, after: JsonValue): readonly string[] {
  return found(bodyDocument(before), bodyDocument(after)).toSorted();
}

/** The schema of an object. */
export function object(properties: JsonObject, more: JsonObject = {}): JsonObject {
  return { type: "object", properties, ...more };
}

export const text: JsonObject = { type: "string" };
