import { constants } from "node:fs";
import { access, mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { StartError } from "./start-error.ts";

/** Makes sure, before anything runs, that reports can be written. Gives the whole path. Throws a `StartError` when not. */
export async function openReportsFolder(folder: string): Promise<string> {
  const path = resolve(folder);
  try {
    await mkdir(path, { recursive: true });
    await access(path, constants.W_OK | constants.X_OK);
    return path;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new StartError(
      `--report-dir is ${JSON.stringify(folder)}; expected a folder to write to, or a path where one can be made: ${why}.`,
      { cause },
    );
  }
}
