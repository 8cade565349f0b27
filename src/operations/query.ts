/** Percent-decoded, in the order of the URL. */
export type Query = readonly (readonly [name: string, value: string])[];

/** The value that comes first under a name; undefined when none does. */
export function firstOf(query: Query, name: string): string | undefined {
  return query.find(([key]) => key === name)?.[1];
}
