import { constants } from "node:fs";
import { access, mkdir } from "node:fs/promises";
import { StartError } from "./start-error.ts";

/** Makes sure, before anything runs, that reports can be written. Throws a `StartError` when not. */
export async function openReportsFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new StartError(
      `--report-dir is ${JSON.stringify(folder)}; expected a folder to write to, or a path where one can be made: ${why}.`,
      { cause },
    );
  }
}
