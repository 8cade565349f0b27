import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // No module keeps state (docs/decisions), so files may share one module graph: ten times faster.
    isolate: false,
    pool: "forks",
    maxWorkers: "100%",
    reporters: ["default", "./test/support/plain-reporter.ts"],
  },
});
