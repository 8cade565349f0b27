import { copyFileSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, inject, test } from "vitest";
import { packageRoot } from "../../src/runtime/package-root.ts";
import { readPage } from "../support/docs-samples.ts";
import { compile, resolutions } from "./compile.ts";
import { run } from "./run.ts";

const folder = join(inject("installed"), "..", "with-runners");

/** What the user of a fixture has installed beside the package. */
beforeAll(() => {
  cpSync(inject("installed"), folder, { recursive: true, verbatimSymlinks: true });
  mkdirSync(join(folder, "node_modules", "@playwright"), { recursive: true });
  for (const name of ["vitest", "@playwright/test", "msw", "supertest", "@types/supertest"]) {
    symlinkSync(join(packageRoot, "node_modules", name), join(folder, "node_modules", name));
  }
  copyFileSync(join(import.meta.dirname, "runner.vitest.ts"), join(folder, "own-world.test.ts"));
  copyFileSync(join(import.meta.dirname, "runner.playwright.ts"), join(folder, "own-world.spec.ts"));
});

test("the installed fixture for Vitest gives a world, from one mock for the run", async () => {
  const settings = {
    test: { include: ["*.test.ts"], globalSetup: ["coder-tasks-mock/vitest/global-setup"] },
  };
  writeFileSync(join(folder, "vitest.config.mjs"), `export default ${JSON.stringify(settings)};\n`);
  const program = join(folder, "node_modules", "vitest", "vitest.mjs");
  const { stdout } = await run(process.execPath, [program, "run"], { folder });
  expect(stdout).toMatch(/Tests +1 passed/);
});

test.each(resolutions)(
  "the samples of the pages and the fixtures compile with modules by %s",
  (_, modules) => {
    const pages = ["docs/embedding.md", "docs/fetch.md", "docs/container.md"];
    const samples = pages.flatMap((page) => [...readPage(page).matchAll(/^```ts\n([\s\S]*?)^```$/gm)]);
    const files = samples.map(([, sample = ""], index) => {
      const file = join(folder, `sample-${index + 1}.ts`);
      writeFileSync(file, sample);
      return file;
    });
    expect(files.length).toBeGreaterThan(5);
    const ours = ["own-world.test.ts", "own-world.spec.ts"].map((name) => join(folder, name));
    const lacking = join(import.meta.dirname, "testcontainers.d.ts");
    expect(compile([...files, ...ours, lacking], { ...modules, skipLibCheck: true })).toEqual([]);
  },
);

test("the installed fixture for Playwright gives a world", async () => {
  const settings = { testMatch: "*.spec.ts", reporter: "line" };
  writeFileSync(join(folder, "playwright.config.mjs"), `export default ${JSON.stringify(settings)};\n`);
  const program = join(folder, "node_modules", "@playwright", "test", "cli.js");
  const { stdout } = await run(process.execPath, [program, "test"], { folder });
  expect(stdout).toMatch(/1 passed/);
});
