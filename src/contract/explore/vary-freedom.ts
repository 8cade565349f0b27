import type { JsonObject, JsonValue } from "../json.ts";
import { childPointer } from "../json-pointer.ts";

/** The ways in which an answer can look otherwise without breaking its contract. */
export const varyKinds = ["missing", "null", "enum", "empty", "text", "format"] as const;
export type VaryKind = (typeof varyKinds)[number];

/** Where in a body a value stands. */
export interface VaryPlace {
  readonly path: readonly (string | number)[];
  /** The pointer with `*` for every index: the same for all items of a list. */
  readonly pattern: string;
}

/** One thing that a contract lets one value of a body be instead. */
export interface Freedom {
  /** The same object for all freedoms of one value. */
  readonly place: VaryPlace;
  readonly kind: VaryKind;
  /** What is made of the value, in few words. */
  readonly label: string;
  /** Undefined: the property is left out. */
  readonly value: JsonValue | undefined;
}

/** How far a property may leave the truth. Other writings of the same value are never in doubt. */
export interface Leeway {
  /** Whether it may go untold where its schema allows that: be left out, or be null. */
  readonly untold: boolean;
  /** The values that it may take; `own`: only the one that it has. */
  readonly values: "own" | "any" | readonly JsonValue[];
}

/** A property of an object: `schema` is the name of the object's schema among the components, empty when it has none. */
export interface PropertySite {
  readonly schema: string;
  readonly property: string;
  readonly holder: JsonObject;
}

/** One freedom of all the values that share a pattern. */
export function freedomKey({ place, label }: Freedom): string {
  return `${place.pattern} ${label}`;
}

/** `/current_state/uri shortest` */
export function describeFreedom({ place, label }: Freedom): string {
  return `${childPointer("", ...place.path)} ${label}`;
}
