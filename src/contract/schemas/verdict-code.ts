import { _ } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import type { JsonObject } from "../json.ts";
import type { SchemaUse } from "./directional-schema.ts";
import { SchemaStore } from "./schema-store.ts";
import { type CheckedSchema, verdictName } from "./verdicts.ts";

/**
 * The text of a CommonJS module that exports a `Verdict` for each of the schemas, under its `verdictName`. It imports from
 * ajv and, as if it lay beside this file, from our formats.
 */
export function verdictCode(document: JsonObject, schemas: readonly CheckedSchema[]): string {
  const store = new SchemaStore(document, {
    // A verdict ends with the first error, and nobody reads that.
    messages: false,
    code: { source: true, formats: _`require("../formats.ts").contractFormats` },
  });
  const keys = schemas.map((schema) => {
    const use: SchemaUse = { ...schema, variant: "closed" };
    return [verdictName(schema), store.add(use)] as const;
  });
  return standalone.default(store.ajv, Object.fromEntries(keys));
}
