const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" } as const;

/** Control characters, halves of pairs, and two that are no characters. */
const forbidden = /[^\t\n -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** A text as it stands in HTML or XML, in an element or between quotes. What no XML may hold is left out. */
export function escapeMarkup(text: string): string {
  const allowed = [...text.replaceAll(forbidden, "")];
  return allowed.map((character) => (isEntity(character) ? entities[character] : character)).join("");
}

function isEntity(character: string): character is keyof typeof entities {
  return Object.hasOwn(entities, character);
}
