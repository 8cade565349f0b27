import { zeroUuid } from "../domain/ids.ts";
import type { Profile } from "../domain/revision.ts";

/** An optional id as the documents show it. */
interface NullUuid {
  readonly uuid: string;
  readonly valid: boolean;
}

/**
 * How a profile writes what may be absent. The only place where the two profiles differ in the code. A property whose value
 * is undefined is left out of the JSON.
 */
export interface Shape {
  /** An id that may be absent: `{uuid, valid}`, or the bare id or null. */
  id(uuid: string | undefined): NullUuid | string | null;
  /** What stands for a value that there is not, under a key that clients find on the wire all the same. */
  readonly absent: null | undefined;
}

const documented: Shape = {
  id: (uuid) => (uuid === undefined ? { uuid: zeroUuid, valid: false } : { uuid, valid: true }),
  absent: undefined,
};

const wire: Shape = { id: (uuid) => uuid ?? null, absent: null };

export const shapes = { documented, wire } as const satisfies Record<Profile, Shape>;
