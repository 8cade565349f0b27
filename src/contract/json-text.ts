const encoder = new TextEncoder();

/** The byte of the newline that ends every body. */
export const newline = 10;

/**
 * JSON text as the provider writes it: `<`, `>`, `&` and the two line separators of JavaScript as `\u003c` and so on
 * (provider: Go's encoder does so for the sake of HTML). They only ever stand in strings, so the text can be taken as is.
 */
export function escapeJson(text: string): string {
  return needsEscape.test(text) ? text.replace(escaped, escapeCharacter) : text;
}

/** UTF-8 with one newline at the end. */
export function encodeBody(text: string): Uint8Array {
  return encoder.encode(`${text}\n`);
}

const needsEscape = /[<>&\u2028\u2029]/u;
const escaped = /[<>&\u2028\u2029]/gu;

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
