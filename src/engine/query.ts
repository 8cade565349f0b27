import type { Query } from "../operations/query.ts";

const none: Query = [];

/** A raw query as decoded pairs, in order; `+` is a blank, and what is no valid percent-encoding stays as it came. */
export function parseQuery(search: string): Query {
  if (search === "") return none;
  return search
    .split("&")
    .filter((piece) => piece !== "")
    .map((piece) => {
      const split = piece.indexOf("=");
      return split < 0
        ? [decode(piece), ""]
        : [decode(piece.slice(0, split)), decode(piece.slice(split + 1))];
    });
}

function decode(text: string): string {
  const spaced = text.replaceAll("+", " ");
  if (!spaced.includes("%")) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    // The provider's parser drops what it cannot decode; keeping the text lets the report show it.
    return spaced;
  }
}
