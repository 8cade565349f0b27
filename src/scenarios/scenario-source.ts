import type { JsonValue } from "../contract/json.ts";

/** A scenario or fixture document with where it came from. */
export interface ScenarioSource {
  /** What the scenario is asked for by: its file name without the ending. */
  readonly name: string;
  /** How people find the file: a path, as short as it is plain. */
  readonly file: string;
  readonly document: JsonValue;
  /** Whether it was checked together with the fixtures that shipped with it, so that a start need not do it again. */
  readonly checked?: boolean;
  /** Where the value behind a JSON pointer, or its nearest parent, stands; both count from 1. */
  locate(pointer: string): Position | undefined;
}

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One mistake in a scenario or fixture, explained so that its author can mend it. */
export interface Finding {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** JSON pointer (RFC 6901) into the document; empty for the whole. */
  readonly pointer: string;
  /** What is wrong with the value that was seen. */
  readonly message: string;
  /** How to mend it, as the end of a sentence that starts with "Expected". */
  readonly expected: string;
}

/** A finding as one line: `file:line:column pointer message. Expected …`. */
export function formatFinding(finding: Finding): string {
  const position = [finding.file, finding.line, finding.column]
    .filter((part) => part !== undefined)
    .join(":");
  const place = finding.pointer === "" ? position : `${position} ${finding.pointer}`;
  return `${place} ${finding.message}. Expected ${finding.expected}.`;
}

/** A finding at a place of a source. */
export function findingAt(
  source: ScenarioSource,
  pointer: string,
  text: { readonly message: string; readonly expected: string },
): Finding {
  const position = source.locate(pointer);
  return { file: source.file, ...(position ?? {}), pointer, message: text.message, expected: text.expected };
}

/** A scenario that cannot be used; carries everything that is wrong with it. */
export class ScenarioError extends Error {
  override readonly name = "ScenarioError";
  readonly code = "scenario";
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super(findings.map(formatFinding).join("\n"));
    this.findings = findings;
  }
}
