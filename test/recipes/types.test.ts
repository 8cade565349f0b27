import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { packageRoot } from "../../src/runtime/package-root.ts";

const compiler = join(packageRoot, "node_modules/typescript/bin/tsc");

test.concurrent.each([
  ["the page, for browsers", "docs/recipes/vite/tsconfig.json"],
  ["its test, for Node", "test/recipes/tsconfig.json"],
])("the compiler has nothing against %s", async (_, config) => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    compiler,
    "-p",
    join(packageRoot, config),
  ]).catch(
    // tsc ends with 1 or 2 when it has found something, and prints that.
    (failure: { stdout: string }) => failure,
  );
  expect(stdout).toBe("");
});
