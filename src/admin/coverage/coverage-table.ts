import type { CoverageView } from "./coverage-view.ts";
import { plainLine } from "./plain-line.ts";

type Operation = CoverageView["operations"][number];
type Item = Operation["items"][number];

const headings = ["Operation", "Calls", "Statuses met", "Never met", "Other items"] as const;

/** A short table for a console, with what the gate asks for and each documented status that was never met. */
export function coverageTable(view: CoverageView): string {
  const rows = [headings, ...view.operations.map(rowOf)];
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return `${[titleOf(view), "", ...lines, "", ...sumOf(view)].join("\n")}\n`;
}

/** The same in Markdown, for a step summary. */
export function coverageMarkdown(view: CoverageView): string {
  const rows = [headings, headings.map(() => "---"), ...view.operations.map(rowOf)];
  const table = rows.map((row) => `| ${row.map(markdownText).join(" | ")} |`);
  return `${[...markdownTitle(view), ...table, "", ...markdownSums(view)].join("\n")}\n`;
}

/** In Markdown, where there is no room for the table. */
export function coverageSums(view: CoverageView): string {
  return `${[...markdownTitle(view), ...markdownSums(view)].join("\n")}\n`;
}

function markdownTitle(view: CoverageView): readonly string[] {
  return [`### ${markdownText(titleOf(view))}`, ""];
}

/** Without markup and cells of its own. */
function markdownText(text: string): string {
  return text.replaceAll(/[\\|<`*_[\]]/gu, "\\$&");
}

function markdownSums(view: CoverageView): readonly string[] {
  return sumOf(view).map((line) => `* ${line}`);
}

function titleOf({ contracts }: CoverageView): string {
  return plainLine(`Contract coverage of ${contracts.join(", ")}`);
}

function rowOf({ id, items }: Operation): readonly string[] {
  const calls = items.find(({ kind }) => kind === "operation")?.count ?? 0;
  const statuses = items.filter(({ kind }) => kind === "status");
  const others = items.filter(({ kind }) => kind !== "operation" && kind !== "status");
  const words = [id, String(calls), wordsOf(statuses, isSeen), wordsOf(statuses, isUnseen)];
  return [...words, ratioOf(others)].map(plainLine);
}

function sumOf({ gate, all, kinds }: CoverageView): readonly string[] {
  const each = kinds
    .map(({ kind, seen, known }) => `${kind.replaceAll("_", " ")} ${seen}/${known}`)
    .join(", ");
  return [
    `Operations and documented statuses: ${gate.percent} % (${gate.seen} of ${gate.known})`,
    `All items: ${all.percent} % (${all.seen} of ${all.known}): ${each}`,
  ];
}

function wordsOf(items: readonly Item[], which: (item: Item) => boolean): string {
  const places = items.filter(which).map(({ place }) => place);
  return places.length === 0 ? "-" : places.join(" ");
}

function ratioOf(items: readonly Item[]): string {
  return `${items.filter(isSeen).length}/${items.length}`;
}

function isSeen({ count }: Item): boolean {
  return count > 0;
}

function isUnseen({ count }: Item): boolean {
  return count === 0;
}
