import { constants } from "node:fs";
import { access, mkdir, writeFile } from "node:fs/promises";
import { StartError } from "../start-error.ts";

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

/** Writes a report. The folder was fine at the start, but a run may have done anything to it: then a `StartError` says so. */
export async function writeReport(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(path, content).catch((cause: unknown) => {
    throw unwritten(path, cause);
  });
}

/** What is told of a report that could not be written. */
export function unwritten(path: string, cause: unknown): StartError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new StartError(`The report ${path} could not be written: ${why}.`, { cause });
}
