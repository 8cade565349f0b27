import fc from "fast-check";

/** Halves of surrogate pairs are no characters. */
const surrogates = { first: 0xd800, count: 0x800 };
const most = 0x10_ffff - surrogates.count;

/**
 * Every character that there is, control characters too: a unit for texts. fast-check's own unit `binary` is the same, but
 * puts down more than a million of them in a table first, which takes longer than most tests.
 */
export const anyCharacter = fc.nat({ max: most }).map(characterAt, placeOf);

function characterAt(place: number): string {
  return String.fromCodePoint(place < surrogates.first ? place : place + surrogates.count);
}

/** The way back, by which texts that often break things are tried as well. */
function placeOf(character: unknown): number {
  const code =
    typeof character === "string" && [...character].length === 1 ? character.codePointAt(0) : undefined;
  if (code === undefined) throw new Error("Not a character.");
  return code < surrogates.first ? code : code - surrogates.count;
}
