import { existsSync, readdirSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";
import { packageRoot } from "../../src/runtime/package-root.ts";
import { readPage } from "../support/docs-samples.ts";

const docs = readdirSync(join(packageRoot, "docs"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".md"))
  .map((name) => `docs/${name.replaceAll("\\", "/")}`);
const pages = ["README.md", "CHANGELOG.md", "AGENTS.md", "spec/README.md", ...docs];

/** Targets of the links of a page, without code blocks, whose brackets are no links. */
function linksOf(page: string): readonly string[] {
  const text = readPage(page).replaceAll(/^```[\s\S]*?^```/gm, "");
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? "");
}

/** The anchors that a page's headings make. */
function anchorsOf(page: string): readonly string[] {
  return [...readPage(page).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

describe("the links", () => {
  test.each(pages)("of %s lead somewhere", (page) => {
    const broken = linksOf(page)
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => {
        const [path = "", anchor] = target.split("#");
        const file = path === "" ? page : normalize(join(dirname(page), path));
        if (!existsSync(join(packageRoot, file))) return true;
        return anchor !== undefined && !anchorsOf(file).includes(anchor);
      });
    expect(broken).toEqual([]);
  });

  test("of the README reach every page of docs", () => {
    const linked = new Set(linksOf("README.md"));
    const top = docs.filter((page) => dirname(page) === "docs" || page.endsWith("README.md"));
    expect(top.filter((page) => !linked.has(page))).toEqual([]);
  });

  test("of the decisions' index reach every decision, numbered without a gap", () => {
    const linked = linksOf("docs/decisions/README.md").filter((target) => /^\d/.test(target));
    const files = readdirSync(join(packageRoot, "docs/decisions")).filter((name) => /^\d/.test(name));
    expect([...linked].sort()).toEqual([...files].sort());
    expect(files.map((name) => Number(name.slice(0, 3))).sort((a, b) => a - b)).toEqual(
      files.map((_, index) => index + 1),
    );
  });
});

test("the README lists every scenario that there is and no other", () => {
  const page = readPage("README.md");
  const section = page.slice(page.indexOf("\n## Scenarios"), page.indexOf("\n## Settings"));
  const listed = [...section.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name);
  const files = readdirSync(join(packageRoot, "scenarios")).map((name) => name.replace(/\.yaml$/, ""));
  expect([...listed].sort()).toEqual([...files].sort());
});
