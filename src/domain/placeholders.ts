import { topicOf } from "./topic.ts";

/** What the placeholders `{input}`, `{topic}` and `{task}` stand for in one turn. */
export interface PlaceholderValues {
  readonly input: string;
  readonly topic: string;
  /** The task's name. */
  readonly task: string;
}

/** The same for all texts of a turn, so that the topic of a long input is looked for once. */
export function placeholderValues(input: string, task: string): PlaceholderValues {
  return { input, topic: topicOf(input), task };
}

const placeholder = /\{(?:input|topic|task)\}/gu;

/** A text with its placeholders filled. Anything else in braces stays, also in what was filled in. */
export function fillPlaceholders(text: string, values: PlaceholderValues): string {
  // A function, because in a replacement text `$&` and its like would mean something.
  return text.includes("{") ? text.replace(placeholder, (name) => meaningOf(name, values)) : text;
}

/** The same in an address, in which only some characters may stand. */
export function fillAddress(uri: string, values: PlaceholderValues): string {
  if (!uri.includes("{")) return uri;
  // Half a character has no place in an address.
  return uri.replace(placeholder, (name) =>
    encodeURIComponent(meaningOf(name, values).replace(/\p{Surrogate}/gu, "\uFFFD")),
  );
}

function meaningOf(name: string, { input, topic, task }: PlaceholderValues): string {
  if (name === "{topic}") return topic;
  return name === "{input}" ? input : task;
}
