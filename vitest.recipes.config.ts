import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** The pages of docs/recipes, followed with real proxies, browsers and processes: `npm run test:recipes`. */
export default defineConfig({
  // What the recipes import is the package. Here that is its sources, which need no build.
  resolve: {
    alias: [
      {
        find: /^coder-tasks-mock$/,
        replacement: fileURLToPath(new URL("src/index.ts", import.meta.url)),
      },
    ],
  },
  test: {
    include: ["test/recipes/**/*.test.ts"],
    isolate: false,
    pool: "forks",
    maxWorkers: "100%",
    // Limits for what hangs, with room for a busy machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A CI run may have one; what commands under test add to it is no part of its summary.
    env: { GITHUB_STEP_SUMMARY: "" },
    reporters: ["default", "./test/support/plain-reporter.ts"],
  },
});
