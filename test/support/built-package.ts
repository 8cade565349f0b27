import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { bundlePackage } from "../../src/build/bundle-package.ts";
import { prepareAssets } from "../../src/build/prepare-assets.ts";
import { packageRoot } from "../../src/runtime/package-root.ts";
import { documents } from "./assets.ts";

/** The package as a build makes it of the sources at hand, with our own packages around it. */
export interface BuiltPackage {
  readonly folder: string;
  remove(): void;
}

/** The caller removes it. */
export async function buildPackage(): Promise<BuiltPackage> {
  const cache = join(packageRoot, "node_modules", ".cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "package-"));
  await bundlePackage(join(folder, "dist"));
  copyFileSync(join(packageRoot, "package.json"), join(folder, "package.json"));
  await prepareAssets(join(folder, "dist", "assets"), documents);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A user's project of these files, in which the package and others of ours are installed. The caller removes it. */
export function makeProject(
  { folder: built }: BuiltPackage,
  {
    files,
    packages,
  }: { readonly files: Readonly<Record<string, string>>; readonly packages: readonly string[] },
): BuiltPackage {
  const folder = mkdtempSync(join(tmpdir(), "project-"));
  const modules = join(folder, "node_modules");
  link(built, join(modules, "coder-tasks-mock"));
  for (const name of packages) link(join(packageRoot, "node_modules", name), join(modules, name));
  for (const [path, text] of Object.entries({ "package.json": '{"type": "module"}', ...files })) {
    write(join(folder, path), text);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
