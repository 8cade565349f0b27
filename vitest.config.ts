import { defineConfig } from "vitest/config";

/** Random calls at length, real processes and sockets, whole documents: `npm run test:long`, and in continuous integration. */
const long = [
  "test/property/**/*.test.ts",
  "test/process/**/*.test.ts",
  "test/clients/**/*.test.ts",
  "test/sockets/**/*.test.ts",
  "test/faults/breach.test.ts",
  "test/extend/**/*.test.ts",
  "test/engine/{circles,expl*}.test.ts",
  "test/companions/{build-reasons,deleted-workspaces,log-endings,logs,templates,tolerance,tools,workspace-builds,workspace-shapes,workspaces}.test.ts",
  "test/contract/{all-schemas-compile,reset-equals-restart,verdicts,wrong-method}.test.ts",
  "test/embedding/one-suite-two-ways.test.ts",
  "test/runtime/{compat,diff,reports}.test.ts",
  "test/http/{faults,held-answers,held-by-faults,transition-table}.test.ts",
  "test/admin/{advance-in-parts,answers,compatibility,explored-nulls,journal-secrets,large-matches,scenario-worlds,state-file}.test.ts",
  "test/scenarios/{any-script,export-round-trip,many-mistakes,moved-start,shipped-scenarios}.test.ts",
];

/** What has a command and a configuration of its own. */
const apart = ["test/package/**", "test/recipes/**"];

export default defineConfig(({ mode }) => ({
  test: {
    include: mode === "long" ? long : ["test/**/*.test.ts"],
    exclude: mode === "long" ? [] : [...long, ...apart],
    // No module keeps state that changes (docs/decisions/007-tests-without-isolation.md), so files may share one
    // module graph: ten times faster.
    isolate: false,
    pool: "forks",
    maxWorkers: "100%",
    // Limits for what hangs, with room for a busy machine.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // A CI run may have one; what commands under test add to it is no part of its summary.
    env: { GITHUB_STEP_SUMMARY: "" },
    reporters: ["default", "./test/support/plain-reporter.ts"],
  },
}));
