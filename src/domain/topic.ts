import { oneLine } from "./one-line.ts";

/** In characters. */
export const longestTopic = 80;

/** What a text is about: one line of at most 80 characters, cut between characters, without the mark that ends a sentence. */
export function topicOf(text: string): string {
  const line = withoutMark(oneLine(text));
  if (line.length <= longestTopic) return line;
  const characters = [...line.slice(0, 2 * longestTopic)];
  return characters.length <= longestTopic && characters.join("") === line
    ? line
    : `${characters.slice(0, longestTopic - 1).join("")}…`;
}

/** By hand: a pattern that is tied to the end alone is tried at every place, which a long row of dots makes very long. */
function withoutMark(line: string): string {
  let end = line.length;
  while (end > 0 && ".!?".includes(line.charAt(end - 1))) end -= 1;
  return line.slice(0, end);
}
