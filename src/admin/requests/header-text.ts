const notAscii = /[\u0080-\u{10ffff}]/u;
const notByte = /[\u0100-\u{10ffff}]/u;

/** The value of a header as its sender wrote it: hosts read each byte as a letter, and most senders mean UTF-8. */
export function headerText(value: string): string {
  if (!notAscii.test(value) || notByte.test(value)) return value;
  const bytes = Uint8Array.from(value, (letter) => letter.charCodeAt(0));
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // It was not UTF-8, so that its bytes are letters indeed.
    return value;
  }
}
