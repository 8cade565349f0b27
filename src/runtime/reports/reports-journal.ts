import { closeSync, openSync, writeSync } from "node:fs";
import type { AdminContext } from "../../admin/admin-context.ts";
import { journalFileOf } from "../../admin/requests/journal-file.ts";
import { unwritten } from "./reports-folder.ts";

/** The journals of all worlds in one file: a JSON array with a journal file on each line, written as worlds go. */
export class JournalReport {
  readonly #path: string;
  #file: number | undefined;
  /** Why it cannot be written, from the first time on. Whoever resets a world meanwhile is not to be bothered with it. */
  #failure: unknown;

  constructor(path: string) {
    this.#path = path;
  }

  /** Appends what the journal of a world holds. */
  add(context: AdminContext): void {
    const journal = JSON.stringify(journalFileOf(context, context.host.journal.list().toReversed()));
    this.#write(this.#file === undefined ? `[\n${journal}` : `,\n${journal}`);
  }

  /** Throws a `StartError` when it could not be written, now or before. */
  end(): void {
    this.#write(this.#file === undefined ? "[\n]\n" : "\n]\n");
    if (this.#file !== undefined) closeSync(this.#file);
    if (this.#failure !== undefined) throw unwritten(this.#path, this.#failure);
  }

  #write(text: string): void {
    if (this.#failure !== undefined) return;
    try {
      this.#file ??= openSync(this.#path, "w");
      writeSync(this.#file, text);
    } catch (error) {
      this.#failure = error;
    }
  }
}
