import { defineConfig } from "vitest/config";

/** The archive that `npm pack` makes, installed into empty folders under every Node that it is for: `npm run test:package`. */
export default defineConfig({
  test: {
    include: ["test/package/**/*.test.ts"],
    pool: "forks",
    // Installations need the disk and both cores one after the other.
    fileParallelism: false,
    globalSetup: ["test/package/archive.setup.ts"],
    // Limits for what hangs, with room for a busy machine.
    testTimeout: 120_000,
    hookTimeout: 240_000,
    reporters: ["default", "./test/support/plain-reporter.ts"],
  },
});
