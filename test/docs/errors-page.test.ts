import { describe, expect, test } from "vitest";
import { violationRules } from "../../src/contract/violation.ts";
import { outcomes } from "../../src/engine/journal/exchange.ts";
import { readPage } from "../support/docs-samples.ts";

/** The words in the first column of all tables below a heading, up to the next heading of its level. */
function firstColumn(heading: string): readonly string[] {
  const page = readPage("docs/errors.md");
  const from = page.indexOf(`\n## ${heading}\n`);
  const to = page.indexOf("\n## ", from + 1);
  const rows = page.slice(from, to < 0 ? undefined : to).matchAll(/^\| `([^`]+)` \|/gm);
  return [...rows].map(([, word]) => word ?? "");
}

/** The kinds of the type `Refusal`, which leaves nothing behind at run time. */
function refusalKinds(): readonly string[] {
  const source = readPage("src/domain/refusal.ts");
  const type = source.slice(source.indexOf("export type Refusal"));
  return [...type.matchAll(/readonly kind: "([^"]+)"/g)].map(([, kind]) => kind ?? "");
}

describe("docs/errors.md names all there is and nothing else", () => {
  test.each([
    ["Outcomes", outcomes],
    ["Rules", violationRules],
    ["Refusals", refusalKinds()],
  ] as const)("%s", (heading, names) => {
    expect(names.length).toBeGreaterThan(7);
    expect([...firstColumn(heading)].sort()).toEqual([...names].sort());
  });
});
