import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { prepareAssets } from "../../src/build/prepare-assets.ts";
import { packageRoot } from "../../src/runtime/package-root.ts";
import { documents } from "./assets.ts";

/** The command line in one file. */
export interface Program {
  readonly file: string;
  remove(): void;
}

/**
 * Builds the command line from the sources at hand, with what a build prepares for it, in a package of its own: started
 * through a loader and from YAML, each run would take a second longer. The caller removes it.
 */
export async function bundleProgram(): Promise<Program> {
  const cache = join(packageRoot, "node_modules", ".cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "program-"));
  const file = join(folder, "dist", "cli", "main.js");
  copyFileSync(join(packageRoot, "package.json"), join(folder, "package.json"));
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
  await prepareAssets(join(folder, "dist", "assets"), documents);
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
