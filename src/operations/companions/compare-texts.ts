/** For sorting by text, by code units: the same order whatever the language of the machine. 0 for equal ones. */
export function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
