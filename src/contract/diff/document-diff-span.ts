/** What has become of the values that fit. */
export type Span = "narrowed" | "widened" | "altered";

/** What has become of a set of values, where none means all. */
export function kindOf(
  before: ReadonlySet<string> | undefined,
  after: ReadonlySet<string> | undefined,
): Span | undefined {
  if (before === undefined) return after === undefined ? undefined : "narrowed";
  if (after === undefined) return "widened";
  const loses = [...before].some((value) => !after.has(value));
  const gains = [...after].some((value) => !before.has(value));
  if (loses) return gains ? "altered" : "narrowed";
  return gains ? "widened" : undefined;
}

/** The same for a rule that is only known as text. */
export function kindOfText(before: string | undefined, after: string | undefined): Span {
  if (before === undefined) return "narrowed";
  return after === undefined ? "widened" : "altered";
}
