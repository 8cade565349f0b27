import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { packageRoot } from "../../src/runtime/package-root.ts";
import { type PackedArchive, packArchive } from "./archive.ts";
import { install } from "./installed.ts";

declare module "vitest" {
  interface ProvidedContext {
    readonly archive: PackedArchive;
    /** A folder in which it is installed by the Node that runs the tests. */
    readonly installed: string;
  }
}

/** Builds, packs and installs once for all files. */
export async function setup({ provide }: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), "coder-tasks-mock-package-"));
  const archive = await packArchive(packageRoot, folder);
  provide("archive", archive);
  provide("installed", await install(archive.file, { folder: join(folder, "installed") }));
  return () => rmSync(folder, { recursive: true, force: true });
}
