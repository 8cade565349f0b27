import { mkdirSync, writeFileSync } from "node:fs";
import { run } from "./run.ts";

/** Installs the archive into an empty folder, without what only its developers need. Gives the folder. */
export async function install(
  archive: string,
  { folder, node }: { readonly folder: string; readonly node?: string },
): Promise<string> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/package.json`, '{"private": true, "type": "module"}\n');
  const words = ["install", "--omit=dev", "--prefer-offline", "--no-audit", "--no-fund", archive];
  await run("npm", words, { folder, node });
  return folder;
}
