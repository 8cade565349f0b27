const needsFolding = /\s{2}|[^\S ]|^\s|\s$/u;

/** A text as one line: every run of blanks is one blank, none at the ends. Most texts are one already and come back as is. */
export function oneLine(text: string): string {
  return needsFolding.test(text) ? text.replaceAll(/\s+/gu, " ").trim() : text;
}
