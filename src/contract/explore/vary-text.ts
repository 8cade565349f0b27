import type { JsonObject } from "../json.ts";
import type { Writing } from "./vary-formats.ts";

/** Where a schema sets no bound, a text of this length stands for one without end. Characters. */
const longEnough = 5_000;
const longWord = "Donaudampfschifffahrtsgesellschaft";
/** Quotes, markup, a line break, right to left, beyond the basic plane, several code points to one sign. */
const unusual =
  'a "b" \\ <i>c</i> &amp; 100 %\n\u00c5 A\u030a \u05e9\u05dc\u05d5\u05dd \u6f22\u5b57 \u{1f469}\u200d\u{1f680} {{d}}';

/** The shortest and the longest text that a schema of plain text takes, and one of unusual characters. */
export function extremeTexts({ minLength, maxLength }: JsonObject): readonly Writing[] {
  const least = typeof minLength === "number" ? minLength : 0;
  const most = typeof maxLength === "number" ? maxLength : Math.max(least, longEnough);
  const texts = [
    { label: "shortest", text: "x".repeat(least) },
    { label: "longest", text: longWord.repeat(Math.ceil(most / longWord.length)).slice(0, most) },
    { label: "unusual", text: unusual },
  ];
  // Lengths of JSON Schema are in code points.
  return texts.filter(({ text }) => within([...text].length, least, most));
}

function within(length: number, least: number, most: number): boolean {
  return length >= least && length <= most;
}
