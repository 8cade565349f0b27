import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { packageRoot } from "../../src/runtime/package-root.ts";
import { readPage } from "../support/docs-samples.ts";

const folder = "docs/decisions";
const pages = readdirSync(join(packageRoot, folder)).filter((name) => /^\d{3}-[a-z0-9-]+\.md$/.test(name));

describe("the decisions", () => {
  test.each(pages)("%s says context, decision and consequences on one page", (name) => {
    const page = readPage(`${folder}/${name}`);
    const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(["Context", "Decision", "Consequences"]);
    expect(page.startsWith(`# ${name.slice(0, 3)}: `)).toBe(true);
    expect(page.split("\n").length).toBeLessThan(41);
  });

  test("give a reason for every dependency", () => {
    const manifest: Readonly<Record<"dependencies" | "devDependencies", Readonly<Record<string, string>>>> =
      JSON.parse(readPage("package.json"));
    const all = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    const text = pages.map((name) => readPage(`${folder}/${name}`)).join("\n");
    expect(all.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});
