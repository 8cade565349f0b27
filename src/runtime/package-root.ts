import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The package's own folder: the nearest with a package.json, since a build moves this file. */
export const packageRoot = nearestPackage(import.meta.dirname);

/** Whether the code runs as it was built, so that the prepared files in `dist/assets` belong to it. */
export const isBuilt = import.meta.filename.endsWith(".js");

/** Where a build puts what it prepares, and a built program finds it. */
export const assetFolder = join(packageRoot, "dist", "assets");

/** The version in package.json. */
export function packageVersion(): string {
  const { version }: { readonly version: string } = JSON.parse(
    readFileSync(join(packageRoot, "package.json"), "utf8"),
  );
  return version;
}

function nearestPackage(folder: string): string {
  if (existsSync(join(folder, "package.json")) || dirname(folder) === folder) return folder;
  return nearestPackage(dirname(folder));
}
