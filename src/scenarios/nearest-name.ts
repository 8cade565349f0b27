/**
 * What to write in place of a name that is not known, as the end of a sentence: the likely one first, then all when they
 * are few.
 */
export function suggestion(name: string, known: readonly string[]): string {
  if (known.length === 0) return "none, since there is nothing to choose from";
  const near = nearestName(name, known);
  const listed = known.slice(0, longestList).map((one) => JSON.stringify(one));
  const list = `one of ${listed.join(", ")}${known.length > longestList ? ", …" : ""}`;
  return near === undefined ? list : `${list} (did you mean ${JSON.stringify(near)}?)`;
}

const longestList = 12;

/** The known name that a typing mistake would most likely have turned into this one. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(name.length / 3));
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance <= limit && (best === undefined || distance < best.distance))
      best = { name: candidate, distance };
  }
  return best?.name;
}

function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
