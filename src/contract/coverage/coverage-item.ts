import type { Direction } from "../violation.ts";

export const coverageKinds = [
  "operation",
  "status",
  "media_type",
  "parameter",
  "property",
  "value",
  "branch",
] as const;
/** What a contract documents that an exchange can show. */
export type CoverageKind = (typeof coverageKinds)[number];

/** One thing that an operation documents and that an exchange shows or does not. */
export interface CoverageItem {
  readonly kind: CoverageKind;
  readonly direction: Direction;
  /** As documented: `200`, `4XX` or `default`. Only of what stands in a response. */
  readonly status?: string;
  /** The operation's id, a status, a media type, `query q`, or the path of a value in a body: `body/tasks/*\/status`. */
  readonly place: string;
  /** `present` or `absent`, a value of an enum, a type, or the name of an alternative. */
  readonly variant?: string;
}

/** What tells items of one operation apart. A place may hold any character, so its length says where it ends. */
export function coverageKey({ kind, direction, status = "", place, variant = "" }: CoverageItem): string {
  return `${kind} ${direction} ${status} ${place.length} ${place}${variant}`;
}

/** The items of one operation. What is documented twice is one item. */
export class CoverageItems {
  readonly list: CoverageItem[] = [];
  readonly #indexes = new Map<string, number>();

  /** Gives the item's index in the list. */
  add(item: CoverageItem): number {
    const key = coverageKey(item);
    const known = this.#indexes.get(key);
    if (known !== undefined) return known;
    const index = this.list.push(item) - 1;
    this.#indexes.set(key, index);
    return index;
  }

  /** Forgets all items but the first ones. */
  cut(count: number): void {
    for (const item of this.list.splice(count)) this.#indexes.delete(coverageKey(item));
  }
}
