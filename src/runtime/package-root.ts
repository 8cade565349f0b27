import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The package's own folder: two above this file, in `src` as in `dist`. */
export const packageRoot = dirname(dirname(import.meta.dirname));

/** Whether the code runs as it was built, so that the prepared files in `dist/assets` belong to it. */
export const isBuilt = import.meta.filename.endsWith(".js");

export function assetFile(...names: readonly string[]): string {
  return join(packageRoot, "dist", "assets", ...names);
}

/** The version in package.json. */
export function packageVersion(): string {
  const { version }: { readonly version: string } = JSON.parse(
    readFileSync(join(packageRoot, "package.json"), "utf8"),
  );
  return version;
}
