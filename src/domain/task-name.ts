import { byteLength } from "./byte-length.ts";
import type { IdSource } from "./id-source.ts";
import { oneLine } from "./one-line.ts";

export const longestName = 32;
const grouped = /^[a-zA-Z0-9]+(?:-[a-zA-Z0-9]+)*$/;
const reserved: readonly string[] = ["new", "create"];

/** What is wrong with a task or workspace name, as the end of a sentence; undefined when it is fine. */
export function nameComplaint(name: string): string | undefined {
  if (name.length === 0) return "must not be empty";
  if (byteLength(name) > longestName) return `must be at most ${longestName} bytes long`;
  if (reserved.includes(name)) return `must not be the reserved word "${name}"`;
  if (!grouped.test(name)) return "must be letters and digits in groups that single hyphens join";
  return undefined;
}

/** The name and display name of a task that came without one. */
export interface GeneratedName {
  readonly name: string;
  readonly displayName: string;
}

/** Room for a hyphen and four hexadecimal digits behind the words of the prompt. */
const longestStem = 27;
const longestDisplayName = 64;

/**
 * Derives names from a prompt: the first words as a slug with a drawn suffix, and the first 64 characters for people to
 * read. A prompt without a usable letter or digit gets a drawn pair of words.
 */
export function generateName(prompt: string, ids: IdSource): GeneratedName {
  const { stem, displayName } = wordsFor(prompt, ids);
  return { name: suffixed(stem, ids), displayName };
}

/** Draws for a free name before giving up; 65,536 suffixes make a second draw rare. */
const mostDraws = 1_000;

/** As `generateName`, with a suffix that makes the name a free one; undefined when none turns up. */
export function generateFreeName(
  prompt: string,
  ids: IdSource,
  isTaken: (name: string) => boolean,
): GeneratedName | undefined {
  const { stem, displayName } = wordsFor(prompt, ids);
  for (let draw = 0; draw < mostDraws; draw++) {
    const name = suffixed(stem, ids);
    if (!isTaken(name)) return { name, displayName };
  }
  return undefined;
}

/** The display name of a task that came without one, whatever its name. */
export function generateDisplayName(prompt: string, ids: IdSource): string {
  return wordsFor(prompt, ids).displayName;
}

function suffixed(stem: string, ids: IdSource): string {
  return `${stem}-${ids.suffix("task-name")}`;
}

function wordsFor(prompt: string, ids: IdSource): { readonly stem: string; readonly displayName: string } {
  const stem = slug(cutAtWord(withoutBreaks(prompt).trim(), longestStem, ""));
  if (stem !== "") return { stem, displayName: displayNameFrom(prompt) };
  const words = drawWords(ids.suffix("task-words"), ids);
  return { stem: words.join("-"), displayName: words.map(capitalize).join(" ") };
}

/** Turns a prompt into a line of at most 64 characters that starts with a capital. */
export function displayNameFrom(prompt: string): string {
  return capitalize(cutAtWord(oneLine(prompt), longestDisplayName, "…"));
}

/** Only line breaks: the provider cuts before it folds blanks, so they count. */
function withoutBreaks(text: string): string {
  return /[\r\n]/.test(text) ? text.replaceAll(/[\r\n]+/g, " ") : text;
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9\s-]/g, "")
    .replaceAll(/[\s-]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}

/** At most `limit` characters, mark included, ending with a whole word where there is one. */
function cutAtWord(text: string, limit: number, mark: string): string {
  if (indexBehind(text, limit) >= text.length) return text;
  const most = indexBehind(text, limit - mark.length);
  const lastBlank = text.lastIndexOf(" ", most - 1);
  const cutsWord = text[most] !== " ";
  return text.slice(0, cutsWord && lastBlank > 0 ? lastBlank : most).trimEnd() + mark;
}

/** Where a text goes on behind its first so many characters, of which some take two units. */
function indexBehind(text: string, characters: number): number {
  let index = 0;
  for (let left = characters; left > 0 && index < text.length; left--) {
    index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
  }
  return index;
}

/** A letter whose capital is more than one letter stays as it is, so that the text keeps its length. */
function capitalize(text: string): string {
  const [first = ""] = text;
  const capital = first.toUpperCase();
  return ([...capital].length > 1 ? first : capital) + text.slice(first.length);
}

const adjectives = [
  "amber",
  "brisk",
  "calm",
  "clever",
  "eager",
  "gentle",
  "keen",
  "lucid",
  "mellow",
  "nimble",
];
const nouns = [
  "badger",
  "comet",
  "falcon",
  "harbor",
  "maple",
  "otter",
  "pebble",
  "sparrow",
  "thicket",
  "willow",
];

function drawWords(name: string, ids: IdSource): readonly [string, string] {
  return [
    adjectives[ids.choice("adjective", name, adjectives.length)] ?? "calm",
    nouns[ids.choice("noun", name, nouns.length)] ?? "otter",
  ];
}
