/** Control characters, line breaks of every kind, and marks that turn the direction of text. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Text of others as a part of one line: what would break it, or steer a console, stands there as an escape. */
export function plainLine(text: string): string {
  return text.replaceAll(unprintable, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ""}}`);
}
