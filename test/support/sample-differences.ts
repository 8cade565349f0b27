/** The output that a page promises behind a sample. */
export interface Expected {
  readonly language: "json" | "text";
  readonly text: string;
}

/** Where an output is not what the page promises; empty when it is. */
export function differences(expected: Expected, output: string): readonly string[] {
  if (expected.language === "text") return textDifferences(expected.text, output);
  const wanted: unknown = JSON.parse(expected.text);
  const line = output.trim().split("\n").at(-1) ?? "";
  try {
    return jsonDifferences(wanted, JSON.parse(line), "");
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    return [`the last line is no JSON: ${JSON.stringify(line)}`];
  }
}

/** `...` stands for any text inside a line, and alone on a line for any lines. */
function textDifferences(expected: string, output: string): readonly string[] {
  const lines = expected.trim().split("\n");
  const pattern = lines.map((line) => (line.trim() === "..." ? "(?:.*\\n)*?" : `${glob(line)}[ \\t]*\\n`));
  const matches = new RegExp(`^${pattern.join("")}$`).test(`${output.trim()}\n`);
  return matches ? [] : [`the output is\n${output.trim()}\ninstead of\n${expected.trim()}`];
}

function glob(text: string): string {
  const parts = text.trimEnd().split("...");
  return parts.map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join(".*");
}

/** `"..."` stands for any value or any part of a text, as a key for any further keys, as last item for any further items. */
function jsonDifferences(expected: unknown, actual: unknown, at: string): readonly string[] {
  if (typeof expected === "string" && expected.includes("...")) {
    if (expected === "...") return [];
    return typeof actual === "string" && new RegExp(`^${glob(expected)}$`, "s").test(actual)
      ? []
      : [differs(expected, actual, at)];
  }
  if (Array.isArray(expected) && Array.isArray(actual)) return arrayDifferences(expected, actual, at);
  if (isRecord(expected) && isRecord(actual)) return recordDifferences(expected, actual, at);
  return Object.is(expected, actual) ? [] : [differs(expected, actual, at)];
}

function arrayDifferences(expected: readonly unknown[], actual: readonly unknown[], at: string) {
  const isOpen = expected.at(-1) === "...";
  const items = isOpen ? expected.slice(0, -1) : expected;
  const isShort = isOpen ? actual.length < items.length : actual.length !== items.length;
  if (isShort) return [`${at} has ${actual.length} items instead of ${items.length}`];
  return items.flatMap((item, index) => jsonDifferences(item, actual[index], `${at}/${index}`));
}

function recordDifferences(
  expected: Readonly<Record<string, unknown>>,
  actual: Readonly<Record<string, unknown>>,
  at: string,
): readonly string[] {
  const { "...": open, ...named } = expected;
  const further = Object.keys(actual).filter((key) => !Object.hasOwn(named, key));
  const stray = open === undefined ? further.map((key) => `${at}/${key} is not on the page`) : [];
  return [
    ...stray,
    ...Object.entries(named).flatMap(([key, value]) => jsonDifferences(value, actual[key], `${at}/${key}`)),
  ];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function differs(expected: unknown, actual: unknown, at: string): string {
  return `${at || "the whole"} is ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`;
}
