import { redacted } from "../../engine/journal/redact.ts";

/** What stands in a line for everything that was a secret: the shell puts in what the reader has. */
const variable = '"$TOKEN"';

const harmless = /^[\w@%+=:,./-]+$/;
const controls = /\p{Cc}/u;

/** A text as one word of a POSIX shell, with `$TOKEN` in place of secrets. */
export function word(text: string): string {
  return text.split(redacted).map(literal).join(variable) || "''";
}

function literal(text: string): string {
  if (text === "") return "";
  return harmless.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Whether a text can stand in a line as it is. */
export function fitsLine(text: string): boolean {
  return !controls.test(text);
}

/**
 * The format of a `printf` that writes these bytes, with `$TOKEN` in place of secrets: what a line cannot hold is written as
 * three octal digits, which every shell reads alike.
 */
export function printfFormat(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += printed(byte);
  // What begins with a hyphen would be taken for an option.
  return word(text.startsWith("-") ? `\\055${text.slice(1)}` : text);
}

function printed(byte: number): string {
  const letter = String.fromCharCode(byte);
  if (letter === "%") return "%%";
  if (letter === "\\") return "\\\\";
  const isPlain = byte >= 0x20 && byte < 0x7f;
  return isPlain ? letter : `\\${byte.toString(8).padStart(3, "0")}`;
}
