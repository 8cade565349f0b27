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

  /** Appends what the journal of a world holds; nothing for a world that was never asked. */
  add(context: AdminContext): void {
    const exchanges = context.host.journal.list().toReversed();
    if (exchanges.length > 0) this.#append(JSON.stringify(journalFileOf(context, exchanges)));
  }

  end(): void {
    const file = this.#file ?? this.#begin("[");
    writeSync(file, "\n]\n");
    closeSync(file);
  }

  #append(journal: string): void {
    if (this.#file === undefined) this.#file = this.#begin(`[\n${journal}`);
    else writeSync(this.#file, `,\n${journal}`);
  }

  #begin(text: string): number {
    const file = openSync(this.#path, "w");
    writeSync(file, text);
    return file;
  }
}
