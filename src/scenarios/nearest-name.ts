/**
 * What to write in place of a name that is not known, as the end of a sentence: what there is, as far as it is few, and the
 * one that was probably meant.
 */
export function suggestion(name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  const hint = near === undefined ? "" : ` (did you mean ${JSON.stringify(near)}?)`;
  return `${oneOf(known)}${hint}`;
}

/** The same as a sentence before others, with a blank behind it; empty where nothing is like the name. */
export function didYouMean(name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  return near === undefined ? "" : `Did you mean ${JSON.stringify(near)}? `;
}

const longestList = 12;

/** The names, as the end of a sentence. */
function oneOf(known: readonly string[]): string {
  const listed = known.slice(0, longestList).map((name) => JSON.stringify(name));
  if (listed.length === 0) return "none, since there is nothing to choose from";
  if (listed.length === 1) return listed.join("");
  return `one of ${listed.join(", ")}${known.length > longestList ? ", …" : ""}`;
}

/** How many pairs of letters are compared for one name: as many as there are in a few hundred short names. */
const mostPairs = 20_000;

/** The known name that a typing mistake would most likely have turned into this one; of very many, the first are looked at. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  // In a very short name every other one is a single mistake away.
  if (name.length < 3) return undefined;
  const limit = Math.floor(name.length / 3);
  let best: { readonly name: string; readonly distance: number } | undefined;
  let pairs = 0;
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) > limit) continue;
    pairs += candidate.length * name.length;
    if (pairs > mostPairs) break;
    const distance = typingMistakes(name.toLowerCase(), candidate.toLowerCase());
    if (distance <= limit && (best === undefined || distance < best.distance)) {
      best = { name: candidate, distance };
    }
  }
  return best?.name;
}

/** Letters that are missing, surplus or wrong, and neighbours that changed places. */
function typingMistakes(one: string, other: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const wrong = cell(last, j - 1) + (one[i - 1] === other[j - 1] ? 0 : 1);
      const swapped = areSwapped(one.slice(i - 2, i), other.slice(j - 2, j))
        ? cell(beforeLast, j - 2) + 1
        : wrong;
      row.push(Math.min(wrong, swapped, cell(last, j) + 1, cell(row, j - 1) + 1));
    }
    beforeLast = last;
    last = row;
  }
  return cell(last, other.length);
}

function cell(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}

function areSwapped(pair: string, other: string): boolean {
  return pair.length === 2 && pair !== other && pair[0] === other[1] && pair[1] === other[0];
}
