import { childPointer } from "../contract/json-pointer.ts";
import { mostFindings } from "./bounded-findings.ts";
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
    if (this.isFull) return;
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

  /** Whether it holds more than are told, so that looking for others is of no use. */
  get isFull(): boolean {
    return this.findings.length > mostFindings;
  }

  /** Whether nothing is wrong with a record so far. */
  isSound(record: Located<unknown>): boolean {
    return !this.#records.has(record.value);
  }
}

export function quoted(text: string): string {
  return JSON.stringify(text);
}
