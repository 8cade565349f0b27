import { cpSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { packageRoot } from "../runtime/package-root.ts";

/**
 * Begins `dist` anew, with those of the compiler's declarations that somebody can reach who imports the package: types of what
 * nobody can import are two thirds of all.
 */
const made = join(packageRoot, "out", "types");
const dist = join(packageRoot, "dist");

rmSync(dist, { recursive: true, force: true });
for (const file of reachable(typesOfExports())) cpSync(file, join(dist, relative(made, file)));

/** The declarations that package.json names. */
function typesOfExports(): readonly string[] {
  const { exports }: { readonly exports: Readonly<Record<string, { readonly types?: string } | string>> } =
    JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8"));
  return Object.values(exports).flatMap((entry) =>
    typeof entry === "string" || entry.types === undefined ? [] : [join(made, relative("dist", entry.types))],
  );
}

/** Files with all that they import, one by one or in a row. */
function reachable(files: readonly string[]): ReadonlySet<string> {
  const found = new Set(files);
  for (const file of found) {
    const { importedFiles } = ts.preProcessFile(readFileSync(file, "utf8"));
    for (const { fileName } of importedFiles) {
      if (fileName.startsWith(".")) found.add(join(dirname(file), fileName.replace(/\.[jt]s$/, ".d.ts")));
    }
  }
  return found;
}
