import { defineConfig } from "vitest/config";

/** The HTTP tests once more, watched by the product: what of its own contract do they meet? `npm run coverage:contract`. */
export default defineConfig({
  test: {
    include: ["test/http/**/*.test.ts"],
    isolate: false,
    pool: "forks",
    maxWorkers: "100%",
    setupFiles: ["test/support/contract-coverage.setup.ts"],
    globalSetup: ["test/support/contract-coverage.gate.ts"],
  },
});
