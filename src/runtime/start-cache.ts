import type { WorldStart } from "../domain/world-start.ts";

/** Distinct start states that are kept, and tasks in all of them: a client that goes through seeds must not fill the memory. */
const mostStarts = 32;
const mostTasks = 100_000;

interface Entry {
  readonly start: Promise<WorldStart>;
  /** Of a state whose build is under way, none yet. */
  tasks: number;
}

/** Start states by what they were made from: each built once, however many ask at the same time. */
export class StartCache {
  /** The one that was not asked for the longest comes first. */
  readonly #entries = new Map<string, Entry>();

  /** A build that fails is not kept. */
  get(key: string, build: () => Promise<WorldStart>): Promise<WorldStart> {
    const known = this.#entries.get(key);
    if (known !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, known);
      return known.start;
    }
    const entry: Entry = { start: build(), tasks: 0 };
    this.#entries.set(key, entry);
    entry.start.then(
      ({ tables }) => {
        entry.tasks = tables.tasks.size;
        this.#makeRoom(entry);
      },
      () => this.#entries.delete(key),
    );
    return entry.start;
  }

  /** The newest stays, however large it is: it is what everybody asks for. */
  #makeRoom(newest: Entry): void {
    let tasks = [...this.#entries.values()].reduce((sum, entry) => sum + entry.tasks, 0);
    for (const [key, entry] of this.#entries) {
      if (this.#entries.size <= mostStarts && tasks <= mostTasks) return;
      if (entry === newest) continue;
      this.#entries.delete(key);
      tasks -= entry.tasks;
    }
  }
}
