import { defineConfig } from "vitest/config";

/** Long runs of random calls: `npm run test:long`, and in continuous integration. */
const long = "test/property/**/*.test.ts";
const isLong = process.env["npm_lifecycle_event"] === "test:long";

export default defineConfig({
  test: {
    include: isLong ? [long] : ["test/**/*.test.ts"],
    exclude: isLong ? [] : [long],
    // No module keeps state that changes (docs/decisions/007-tests-without-isolation.md), so files may share one
    // module graph: ten times faster.
    isolate: false,
    pool: "forks",
    maxWorkers: "100%",
    reporters: ["default", "./test/support/plain-reporter.ts"],
  },
});
