import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCli } from "../../src/cli/run-cli.ts";
import { folderVariable } from "./contract-coverage.ts";

/** Collects the reports of all workers; at the end the product itself adds them up and judges. */
export function setup(): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "contract-coverage-"));
  process.env[folderVariable] = folder;
  return async () => {
    const files = readdirSync(folder).map((name) => join(folder, name));
    const code = await runCli(["coverage", ...files, "--min-coverage", "100"]);
    rmSync(folder, { recursive: true });
    if (code !== 0) process.exitCode = 1;
  };
}
