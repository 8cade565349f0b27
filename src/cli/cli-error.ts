/** A mistake in how the program was called, told in one line with the way out. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly code = "usage";
}

/** What to do about an unknown word: take the known one that is close to it, or read the help. */
export function advice(word: string, known: readonly string[]): string {
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
    .sort((one, other) => one.distance - other.distance);
  const best = ranked[0];
  const isClose = best !== undefined && best.distance <= Math.max(2, word.length / 3);
  return isClose ? `Did you mean "${best.candidate}"?` : "See coder-tasks-mock --help.";
}

function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= other.length; j++) {
      const swap = (above[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      row.push(Math.min(swap, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
  }
  return row.at(-1) ?? 0;
}
