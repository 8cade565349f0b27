import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../src/runtime/package-root.ts";
import { readPage } from "../support/docs-samples.ts";

interface Rules {
  readonly forbidden: readonly { readonly name: string; readonly comment: string }[];
}

/** Folder and what it may import, as the linter's rules say it. */
function enforced(): Readonly<Record<string, string>> {
  const load = createRequire(import.meta.url);
  const rules: Rules = load(join(packageRoot, "lint/dependency-cruiser.cjs"));
  const told = rules.forbidden.flatMap(({ comment }) => {
    const match = /^src\/(\w+) may import (.+)\.$/.exec(comment);
    return match === null ? [] : [[match[1] ?? "", match[2] ?? ""] as const];
  });
  return Object.fromEntries(told);
}

/** The same as the table of AGENTS.md says it: `| folder | holds | may import |`. */
function written(): Readonly<Record<string, string>> {
  const rows = readPage("AGENTS.md").matchAll(/^\| `src\/(\w+)` \|[^|]*\| ([^|]+) \|$/gm);
  return Object.fromEntries([...rows].map(([, folder = "", imports = ""]) => [folder, imports.trim()]));
}

test("AGENTS.md has the import directions that the linter enforces", () => {
  expect(Object.keys(enforced()).length).toBeGreaterThan(7);
  expect(written()).toEqual(enforced());
});

test("AGENTS.md can be read in one go", () => {
  expect(readPage("AGENTS.md").split("\n").length).toBeLessThan(120);
});
