import type { JsonValue } from "../../contract/json.ts";
import type { SampleSchema } from "./fallback-schema.ts";

/** What a generator is asked to make. */
export interface Wanted {
  /** The very same object for the same schema, so that what was prepared for it can be kept. */
  readonly sample: SampleSchema;
  /** Random within the schema, or the plainest value that the schema suggests. */
  readonly isDynamic: boolean;
  /** A whole number of 32 bits; the same one makes the same value. */
  readonly seed: number;
}

/** Makes values up. What it makes may miss the schema, so it has to be checked. Rejects where it can make nothing. */
export type Generate = (wanted: Wanted) => Promise<JsonValue>;
