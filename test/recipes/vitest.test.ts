import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packageRoot } from "../../src/runtime/package-root.ts";
import { type BuiltPackage, buildPackage, makeProject } from "../support/built-package.ts";
import { readPage } from "../support/docs-samples.ts";
import { runIn } from "../support/test-runs.ts";

const folder = "docs/recipes/vitest";
const page = readPage(`${folder}.md`);
const files = Object.fromEntries(
  readdirSync(join(packageRoot, folder)).map((name) => [name, readPage(`${folder}/${name}`)]),
);
const vitest = ["node_modules/vitest/vitest.mjs", "run"] as const;

describe("the recipe for Vitest", () => {
  let built: BuiltPackage;
  beforeAll(async () => {
    built = await buildPackage();
  });
  afterAll(() => built.remove());

  const run = async (changed: Readonly<Record<string, string>>, command: readonly string[] = vitest) => {
    const project = makeProject(built, { files: { ...files, ...changed }, packages: ["vitest"] });
    try {
      return await runIn(project, command);
    } finally {
      project.remove();
    }
  };

  test("has a suite that passes", async () => {
    const { code, out } = await run({});
    expect(out).toMatch(/Tests {2}5 passed \(5\)/);
    expect(code).toBe(0);
  });

  test("has a suite that passes under exec", async () => {
    const program = join(built.folder, "dist", "cli", "main.js");
    const { code } = await run({}, [program, "exec", "--", process.execPath, ...vitest]);
    expect(code).toBe(0);
  });

  test("shows how a broken contract is told", async () => {
    const client = files["tasks.ts"] ?? "";
    const [change = ""] = /input: \{ text: input \}/.exec(page) ?? [];
    const { code, err } = await run({
      "tasks.ts": client.replace(/(template_version_id: template, )input/, `$1${change}`),
    });
    expect(code).toBe(1);
    const told = /^```text\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? "";
    const [title = "", ...message] = told.trimEnd().split("\n");
    expect(err).toContain(title);
    // Which of the worlds it was is chance.
    const anyWorld = (text: string) => text.replaceAll(/"world-\d+"/g, '"world-1"');
    expect(anyWorld(err)).toContain(message.join("\n"));
  });

  test("quotes its files, and lists them all", () => {
    const samples = [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, sample = ""]) => sample);
    expect(files["tasks.test.ts"]).toContain(samples[0]);
    const listed = [...page.matchAll(/\]\(vitest\/([^)]+)\) \|/g)].map(([, name]) => name);
    expect(listed.sort()).toEqual(Object.keys(files).sort());
  });
});
