import { zeroUuid } from "../domain/ids.ts";
import type { Profile } from "../domain/revision.ts";

/** An optional id as the documents show it. */
export interface NullUuid {
  readonly uuid: string;
  readonly valid: boolean;
}

/** How a profile writes what may be absent. The only place where the two profiles differ in the code. */
export interface Shape {
  /** An id that may be absent: `{uuid, valid}`, or the bare id or null. */
  id(uuid: string | undefined): NullUuid | string | null;
  /** A key that clients find on the wire even when it has no value: left out, or null. */
  nullable<Key extends string, Value>(
    key: Key,
    value: Value | undefined,
  ): { readonly [K in Key]?: Value | null };
}

const documented: Shape = {
  id: (uuid) => (uuid === undefined ? { uuid: zeroUuid, valid: false } : { uuid, valid: true }),
  nullable: (key, value) => (value === undefined ? {} : pair(key, value)),
};

const wire: Shape = {
  id: (uuid) => uuid ?? null,
  nullable: (key, value) => pair(key, value ?? null),
};

export const shapes = { documented, wire } as const satisfies Record<Profile, Shape>;

/** A key that is left out, in both profiles, when it has no value. */
export function optional<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { readonly [K in Key]?: Value } {
  return value === undefined ? {} : pair(key, value);
}

function pair<Key extends string, Value>(key: Key, value: Value): { readonly [K in Key]?: Value } {
  const entry: { [K in Key]?: Value } = {};
  entry[key] = value;
  return entry;
}
