import { defineConfig } from "vitest/config";

/** Random calls at length, and real processes: `npm run test:long`, and in continuous integration. */
const long = ["test/property/**/*.test.ts", "test/process/**/*.test.ts"];

export default defineConfig(({ mode }) => ({
  test: {
    include: mode === "long" ? long : ["test/**/*.test.ts"],
    exclude: mode === "long" ? [] : long,
    // No module keeps state that changes (docs/decisions/007-tests-without-isolation.md), so files may share one
    // module graph: ten times faster.
    isolate: false,
    pool: "forks",
    maxWorkers: "100%",
    reporters: ["default", "./test/support/plain-reporter.ts"],
  },
}));
