import { closeSync, openSync, writeSync } from "node:fs";
import type { AdminContext } from "../admin/admin-context.ts";
import { journalFileOf } from "../admin/journal-file.ts";

/** The journals of all worlds in one file: a JSON array with a journal file on each line, written as worlds go. */
export class JournalReport {
  readonly #path: string;
  #file: number | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** Appends what the journal of a world holds. */
  add(context: AdminContext): void {
    const journal = JSON.stringify(journalFileOf(context, context.host.journal.list().toReversed()));
    if (this.#file === undefined) this.#file = this.#begin(`[\n${journal}`);
    else writeSync(this.#file, `,\n${journal}`);
  }

  end(): void {
    const file = this.#file ?? this.#begin("[");
    writeSync(file, "\n]\n");
    closeSync(file);
  }

  #begin(text: string): number {
    const file = openSync(this.#path, "w");
    writeSync(file, text);
    return file;
  }
}
