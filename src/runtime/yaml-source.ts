import type { JsonValue } from "../contract/json.ts";
import { pointerKeys } from "../contract/json-pointer.ts";
import type { Finding, Position, ScenarioSource } from "../scenarios/scenario-source.ts";

export interface YamlText {
  /** What a scenario in the text is called. */
  readonly name: string;
  /** How the file is named in findings. */
  readonly file: string;
  readonly text: string;
}

export type ParsedYaml =
  | { readonly kind: "source"; readonly source: ScenarioSource }
  | { readonly kind: "findings"; readonly findings: readonly Finding[] };

/** Aliases may multiply what a text holds; beyond this many the text is refused. */
const mostAliases = 1_000;

/** Reads YAML 1.2 (and so JSON) with the line and column of each value. Syntax errors become findings. */
export async function parseYaml({ name, file, text }: YamlText): Promise<ParsedYaml> {
  // Only people's own files are YAML at run time, so the package is loaded when one is there.
  const { isNode, LineCounter, parseDocument } = await import("yaml");
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, version: "1.2", uniqueKeys: true });
  const findings = document.errors.map((error) =>
    error.code === "MULTIPLE_DOCS"
      ? secondDocument(file, error.linePos?.[0])
      : syntaxFinding(file, error.message, error.linePos?.[0]),
  );
  if (findings.length > 0) return { kind: "findings", findings };
  const offsetOf = (keys: readonly string[]): number | undefined => {
    const node = keys.length === 0 ? document.contents : document.getIn(keys, true);
    return isNode(node) ? node.range?.[0] : undefined;
  };
  const locate = (pointer: string): Position | undefined => {
    const offset = nearestOffset(pointerKeys(pointer), offsetOf);
    return offset === undefined ? undefined : position(lines.linePos(offset));
  };
  try {
    const value: JsonValue = document.toJS({ maxAliasCount: mostAliases }) ?? {};
    return { kind: "source", source: { name, file, document: value, locate } };
  } catch (error) {
    // The one thing that the parser finds out only now: an alias of nothing, or aliases that multiply.
    if (!(error instanceof ReferenceError)) throw error;
    return { kind: "findings", findings: [syntaxFinding(file, error.message)] };
  }
}

interface Place {
  readonly line: number;
  readonly col: number;
}

/** Fine YAML, of which only the first document would count. */
function secondDocument(file: string, place: Place | undefined): Finding {
  return {
    file,
    ...(place === undefined ? {} : position(place)),
    pointer: "",
    message: "another document begins here",
    expected: "one document in each file",
  };
}

function syntaxFinding(file: string, problem: string, place?: Place): Finding {
  return {
    file,
    ...(place === undefined ? {} : position(place)),
    pointer: "",
    message: `the file is not valid YAML: ${firstLine(problem)}`,
    expected: "YAML 1.2 or JSON",
  };
}

/** A place that is not there, such as a missing key, is shown by its nearest parent. */
function nearestOffset(
  keys: readonly string[],
  offsetOf: (keys: readonly string[]) => number | undefined,
): number | undefined {
  for (let length = keys.length; length >= 0; length--) {
    const offset = offsetOf(keys.slice(0, length));
    if (offset !== undefined) return offset;
  }
  return undefined;
}

function position({ line, col }: Place): Position {
  return { line, column: col };
}

/** The parser's messages go on with a drawing of the place, which the finding gives as line and column. */
function firstLine(message: string): string {
  return (message.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/u, "");
}
