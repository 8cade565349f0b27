import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { bundleVerdicts } from "../../src/build/bundle-verdicts.ts";
import { createContract } from "../../src/contract/create-contract.ts";
import type { JsonObject } from "../../src/contract/json.ts";
import { resolvePointer } from "../../src/contract/json-pointer.ts";
import { SchemaChecks } from "../../src/contract/schemas/schema-checks.ts";
import { type CheckedSchema, type Verdicts, verdictName } from "../../src/contract/schemas/verdicts.ts";
import { namedDocuments } from "../../src/runtime/contract-files.ts";
import { documents as files } from "../support/assets.ts";
import { schemaValues } from "../support/schema-values.ts";
import { bodyDocument } from "./sample-document.ts";

const folder = mkdtempSync(join(tmpdir(), "verdicts-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function verdictsOn(document: JsonObject, name: string): Promise<Verdicts> {
  const file = join(folder, `${name}.cjs`);
  await bundleVerdicts(document, file);
  return createRequire(import.meta.url)(file);
}

const documents = namedDocuments(files).map(({ name, document }) => [name, document] as const);

describe.each(documents)("verdicts that a build makes of %s", (name, document) => {
  it("are there for every schema that is checked, and say of every value what an explaining check says", async () => {
    const checked = createContract(document).checkedSchemas();
    const verdicts = await verdictsOn(document, name);
    expect(Object.keys(verdicts).sort()).toEqual(checked.map(verdictName).sort());
    const checks = new SchemaChecks(document);
    const said = { fits: 0, fails: 0 };
    const valued = (schema: CheckedSchema) =>
      schemaValues(document, resolvePointer(document, schema.pointer)).map((value) => ({ schema, value }));
    fc.assert(
      fc.property(fc.constantFrom(...checked).chain(valued), ({ schema, value }) => {
        const { pointer, direction } = schema;
        const site = { direction, place: "body", prefix: "" } as const;
        const fits = checks.check(pointer, direction).violations(value, site).length === 0;
        expect(verdicts[verdictName(schema)]?.(value)).toBe(fits);
        said[fits ? "fits" : "fails"] += 1;
      }),
      { numRuns: 1_500 },
    );
    expect(said.fits).toBeGreaterThan(200);
    expect(said.fails).toBeGreaterThan(200);
  });
});

it("a verdict takes nothing for documented because every object has something of that name", async () => {
  const alternatives = ["a", "b"].map((name) => ({
    type: "object",
    required: [name],
    properties: { [name]: { type: "integer" } },
  }));
  const document = bodyDocument({ anyOf: alternatives });
  const verdicts = await verdictsOn(document, "alternatives");
  const verdict = verdicts[verdictName({ pointer: bodyPointer, direction: "request" })];
  const fitting = ['{"a":1}', '{"a":1,"b":2}'];
  const others = ["constructor", "toString", "__proto__", "c"].map((name) => `{"a":1,"${name}":2}`);
  expect([...fitting, ...others].filter((text) => verdict?.(JSON.parse(text)))).toEqual(fitting);
});

const bodyPointer = "/paths/~1sample/post/requestBody/content/application~1json/schema";
