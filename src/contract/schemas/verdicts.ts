import type { Direction } from "../violation.ts";

/** A schema that values are checked against which travel in a direction. */
export interface CheckedSchema {
  readonly pointer: string;
  readonly direction: Direction;
}

/** Whether a value fits a schema, and nothing more. */
export type Verdict = (value: unknown) => boolean;

/** What a build made of the schemas of one document, by `verdictName`. */
export type Verdicts = Readonly<Record<string, Verdict>>;

export function verdictName({ pointer, direction }: CheckedSchema): string {
  return `${direction} ${pointer}`;
}
