/** The rules that a request or response can break. `docs/rules` has a page for each; a test compares the two. */
export const violationRules = [
  "type",
  "required",
  "enum",
  "const",
  "format",
  "pattern",
  "length",
  "range",
  "items",
  "properties",
  "composition",
  "undocumented-property",
  "undocumented-parameter",
  "undocumented-status",
  "content-type",
  "body-required",
  "body-undocumented",
  "body-syntax",
  "body-encoding",
  "body-size",
  "parameter-syntax",
  "read-only",
  "write-only",
] as const;

export type ViolationRule = (typeof violationRules)[number];

export type Direction = "request" | "response";

export type Place = "path" | "query" | "header" | "cookie" | "body" | "status";

/** One place where a request or a response breaks the contract, explained so that nobody has to open the code. */
export interface Violation {
  readonly direction: Direction;
  /** A warning is recorded but never turns a request away (docs/errors.md). */
  readonly severity: "error" | "warning";
  readonly place: Place;
  /** JSON pointer inside the place: `/tasks/0/status` of the body, `/limit` of the query; empty for the whole. Cut. */
  readonly pointer: string;
  readonly rule: ViolationRule;
  /** The value that came, as JSON text, cut, secrets redacted; absent when nothing came. */
  readonly received?: string;
  /** What the contract asks for, as the end of a sentence: `a string`, `one of "a", "b"`. */
  readonly expected: string;
  /** Where in the document the rule stands, as a URI fragment: `#/components/schemas/Task/properties/status/enum`. */
  readonly spec: string;
}

/** Whether a violation turns a request away, or holds a response back, under `enforce`. */
export function isError({ severity }: Pick<Violation, "severity">): boolean {
  return severity === "error";
}
