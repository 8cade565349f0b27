import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../json.ts";
import { type Freedom, freedomKey, type VaryPlace } from "./vary-freedom.ts";

export interface Choosing {
  /** How many are wanted. There may be fewer: of two places of which one lies in the other, only one is taken. */
  readonly count: number;
  isTried(key: string): boolean;
  /** A whole number from 0 to below the limit. */
  draw(limit: number): number;
}

/**
 * Chooses among the freedoms of one body, in the order of the body. What was never tried comes first, so that every freedom
 * comes within as many bodies as there are freedoms; beyond that, chance has it.
 */
export function chooseFreedoms(freedoms: readonly Freedom[], choosing: Choosing): readonly Freedom[] {
  const { count, isTried, draw } = choosing;
  const chosen = new Set<Freedom>();
  const isOpen = ({ place }: Freedom) => ![...chosen].some((other) => overlap(place, other.place));
  const untried = groups(freedoms.filter((freedom) => !isTried(freedomKey(freedom))));
  while (untried.length > 0 && chosen.size < count) {
    const [group = []] = untried.splice(draw(untried.length), 1);
    const freedom = group[draw(group.length)];
    if (freedom !== undefined && isOpen(freedom)) chosen.add(freedom);
  }
  let open = chosen.size < count ? freedoms.filter(isOpen) : [];
  while (chosen.size < count && open.length > 0) {
    const freedom = open[draw(open.length)];
    if (freedom === undefined) break;
    chosen.add(freedom);
    open = open.filter(({ place }) => !overlap(place, freedom.place));
  }
  return freedoms.filter((freedom) => chosen.has(freedom));
}

/** Those that do the same, in one list: a list's hundred items have but one freedom between them. */
function groups(freedoms: readonly Freedom[]): (readonly Freedom[])[] {
  const byKey = new Map<string, Freedom[]>();
  for (const freedom of freedoms) {
    const key = freedomKey(freedom);
    const group = byKey.get(key);
    if (group === undefined) byKey.set(key, [freedom]);
    else group.push(freedom);
  }
  return [...byKey.values()];
}

/** A new body with the chosen freedoms; what they do not touch is shared with the old one. */
export function varied(
  body: JsonObject | readonly JsonValue[],
  chosen: readonly Freedom[],
): JsonObject | readonly JsonValue[] {
  const changed = chosen.reduce<JsonValue>((value, freedom) => replaced(value, freedom, 0), body);
  return isJsonObject(changed) || isJsonArray(changed) ? changed : body;
}

function replaced(within: JsonValue, freedom: Freedom, depth: number): JsonValue {
  const { place, value } = freedom;
  const step = place.path[depth];
  if (step === undefined) return value ?? null;
  if (isJsonArray(within)) {
    return within.map((item, index) => (index === step ? replaced(item, freedom, depth + 1) : item));
  }
  if (!isJsonObject(within)) return within;
  if (depth === place.path.length - 1 && value === undefined) {
    const { [step]: _, ...others } = within;
    return others;
  }
  return { ...within, [step]: replaced(within[step] ?? null, freedom, depth + 1) };
}

/** Whether one of them is the other, or lies in it. */
function overlap({ path: one }: VaryPlace, { path: other }: VaryPlace): boolean {
  const shared = Math.min(one.length, other.length);
  for (let depth = 0; depth < shared; depth++) {
    if (one[depth] !== other[depth]) return false;
  }
  return true;
}
