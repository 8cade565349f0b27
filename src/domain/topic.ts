import { oneLine } from "./one-line.ts";

const longest = 80;

/** What a text is about: one line of at most 80 characters, cut between characters, without the mark that ends a sentence. */
export function topicOf(text: string): string {
  const line = oneLine(text).replace(/[.!?]+$/u, "");
  if (line.length <= longest) return line;
  const characters = [...line.slice(0, 2 * longest)];
  return characters.length <= longest && characters.join("") === line
    ? line
    : `${characters.slice(0, longest - 1).join("")}…`;
}
