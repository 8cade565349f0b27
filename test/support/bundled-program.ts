import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { packageRoot } from "../../src/runtime/package-root.ts";

/** The command line in one file. */
export interface Program {
  readonly file: string;
  remove(): void;
}

/**
 * Makes the command line from the sources at hand: started through a loader, each run would take a second longer. The ending
 * keeps it from taking itself for the built one, whose prepared files may be stale. The caller removes it.
 */
export async function bundleProgram(): Promise<Program> {
  const cache = join(packageRoot, "node_modules", ".cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "program-"));
  const file = join(folder, "main.mjs");
  await build({
    absWorkingDir: packageRoot,
    entryPoints: ["src/cli/main.ts"],
    outfile: file,
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
    logLevel: "silent",
  });
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
