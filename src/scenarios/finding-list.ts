import { childPointer } from "../contract/json-pointer.ts";
import type { Located } from "./fixtures.ts";
import { type Finding, findingAt } from "./scenario-source.ts";

export interface Complaint {
  /** Keys from the record to the value that is wrong. */
  readonly at: readonly (string | number)[];
  readonly message: string;
  readonly expected: string;
}

/** Gathers findings, and knows which records have some. */
export class FindingList {
  readonly findings: Finding[] = [];
  readonly #records = new Set<unknown>();

  add(record: Located<unknown>, { at, message, expected }: Complaint): void {
    this.#records.add(record.value);
    this.findings.push(findingAt(record.source, childPointer(record.pointer, ...at), { message, expected }));
  }

  /** For what is wrong only because of the rest of the scenario: said where the scenario names a fixture. */
  addUnfit(record: Located<unknown>, complaint: Complaint): void {
    const { named, value } = record;
    this.add(
      named === undefined ? record : { value, ...named },
      named === undefined ? complaint : { ...complaint, at: [] },
    );
  }

  /** Whether nothing is wrong with a record so far. */
  isSound(record: Located<unknown>): boolean {
    return !this.#records.has(record.value);
  }
}

export function quoted(text: string): string {
  return JSON.stringify(text);
}
