import { expect, test } from "vitest";
import { companionIds } from "../../src/contract/generated/companions.ts";
import { readOperations } from "../../src/contract/operation-source.ts";
import { documents } from "../support/assets.ts";
import { readPage } from "../support/docs-samples.ts";

test("docs/companions.md has every operation of the document with its call, and no other", () => {
  const rows = readPage("docs/companions.md").matchAll(/^\| `([a-z-]+)` \| `([A-Z]+ \/\S*)` \|/gm);
  const written = [...rows].map(([, id = "", call = ""]) => `${id} ${call}`);
  const documented = readOperations(documents.companions("2.34", "wire")).map(
    ({ id, method, path }) => `${id} ${method} ${path}`,
  );
  expect(written.toSorted()).toEqual(documented.toSorted());
  expect(documented).toHaveLength(companionIds.length);
});
