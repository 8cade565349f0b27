import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { createContract } from "../../src/contract/create-contract.ts";
import { type Violation, violationRules } from "../../src/contract/violation.ts";
import { describe as explained } from "../../src/engine/problems.ts";
import { packageRoot } from "../../src/runtime/package-root.ts";
import { bytesOf, documentOf, request } from "../contract/sample-document.ts";
import { documents } from "../support/assets.ts";
import { readPage } from "../support/docs-samples.ts";

const rules = [...violationRules].sort();
const pages = readdirSync(join(packageRoot, "docs/rules")).map((name) => name.replace(/\.md$/, ""));

/** The blocks of a page by their language; the first of each. */
function blocksOf(rule: string): ReadonlyMap<string, string> {
  const fences = readPage(`docs/rules/${rule}.md`).matchAll(/^```(\S+).*\n([\s\S]*?)^```$/gm);
  return new Map([...fences].reverse().map(([, language = "", text = ""]) => [language, text.trimEnd()]));
}

const made = rules.filter((rule) => blocksOf(rule).has("http"));
const sampled = rules.filter((rule) => !made.includes(rule));

/** What a page's contract finds in the page's message, a request or an answer. */
function violationsIn(rule: string): readonly Violation[] {
  const blocks = blocksOf(rule);
  const contract = createContract(documentOf(parse(blocks.get("yaml") ?? "")));
  const [operation] = contract.operations.values();
  if (operation === undefined) throw new Error(`The page of ${rule} has no operation.`);
  const [head = "", body = ""] = (blocks.get("http") ?? "").split("\n\n");
  const [start = "", ...headers] = head.split("\n");
  const status = /^HTTP\/1\.1 (\d{3})/.exec(start)?.[1];
  if (status !== undefined) {
    const parts = body === "" ? {} : { body: JSON.parse(body) };
    return contract.checkResponse(operation, { status: Number(status), ...parts }).violations;
  }
  expect(start).toBe(`${operation.method} ${operation.path} HTTP/1.1`);
  const pairs = headers
    .map((line) => line.split(": "))
    .map(([name = "", value]) => [name.toLowerCase(), value]);
  return contract.checkRequest(
    operation,
    request({ headers: Object.fromEntries(pairs), body: bytesOf(body) }),
  ).violations;
}

describe("docs/rules", () => {
  test("has a page for every rule and no other", () => {
    expect([...pages].sort()).toEqual(rules);
  });

  test.each(rules)("the page of %s is headed by it and tells how to mend it", (rule) => {
    const page = readPage(`docs/rules/${rule}.md`);
    expect(page.split("\n")[0]).toBe(`# \`${rule}\``);
    expect([...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual(["Example", "Mend it"]);
  });

  test.each(made)(
    "the example of %s, with a contract of its own, breaks that rule and is explained so",
    (rule) => {
      const violations = violationsIn(rule);
      expect(violations.map((violation) => violation.rule)).toEqual([rule]);
      expect(violations.map(explained)).toEqual([blocksOf(rule).get("text")]);
    },
  );

  // That the commands really print this is what test/process/samples.test.ts looks after.
  test.each(sampled)("the example of %s promises an answer that names it", (rule) => {
    const blocks = blocksOf(rule);
    expect(blocks.get("sh")).toMatch(/curl /);
    expect(blocks.get("json")).toContain(`(${rule}, `);
  });
});

test("docs/violations.md leads to the page of every rule", () => {
  const rows = readPage("docs/violations.md").matchAll(/^\| \[`([a-z-]+)`\]\(rules\/\1\.md\) \|/gm);
  expect([...rows].map(([, rule]) => rule).sort()).toEqual(rules);
});

test("the admin document knows every rule and no other", () => {
  expect(documents.admin()).toMatchObject({
    components: { schemas: { ViolationRule: { enum: [...violationRules] } } },
  });
});
