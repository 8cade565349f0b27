const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" } as const;

/** A text as it stands in HTML or XML, in an element or between quotes. What no XML may hold is left out. */
export function escapeMarkup(text: string): string {
  const allowed = [...text].filter(
    (character) => character >= " " || character === "\n" || character === "\t",
  );
  return allowed.map((character) => (isEntity(character) ? entities[character] : character)).join("");
}

function isEntity(character: string): character is keyof typeof entities {
  return Object.hasOwn(entities, character);
}
