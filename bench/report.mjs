// The table of a run, as Markdown, so that it can be read in a terminal and pasted into docs/performance.md.

/**
 * `lines`: `{ title, unit, digits, bare, mock, cpuRatio?, must?, aim?, lowerIsBetter? }` with medians. Ratios are mock to bare;
 * the first decides, the second is of answers per second of processor time, which bears a busy machine better.
 */
export function table(lines) {
  const rows = lines.map((line) => {
    const { title, unit, digits, bare, mock, must, aim } = line;
    const ratio = mock / bare;
    const bound = line.lowerIsBetter ? "≤ " : "≥ ";
    return [
      `${title}, ${unit}`,
      format(bare, digits),
      format(mock, digits),
      ratio.toFixed(2),
      line.cpuRatio?.toFixed(2) ?? "",
      must === undefined ? "" : `${bound}${must}`,
      aim === undefined ? "" : `${bound}${aim}`,
      verdict(ratio, line),
    ];
  });
  const all = [["", "bare Express", "mock", "ratio", "by CPU", "must", "aim", "reached"], ...rows];
  const widths = all[0].map((_, column) => Math.max(3, ...all.map((row) => row[column].length)));
  const printed = all.map((row) => `| ${row.map((cell, column) => pad(cell, widths, column)).join(" | ")} |`);
  const rule = `|${widths.map((width, column) => (isText(column) ? "-".repeat(width + 2) : `${"-".repeat(width + 1)}:`)).join("|")}|`;
  return [printed[0], rule, ...printed.slice(1)].join("\n");
}

function verdict(ratio, { must, aim, lowerIsBetter = false }) {
  if (must === undefined) return "";
  const meets = (bound) => (lowerIsBetter ? ratio <= bound : ratio >= bound);
  if (meets(aim)) return "aim";
  return meets(must) ? "must" : "no";
}

function format(value, digits) {
  return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** The first and the last column are words, the others figures. */
function isText(column) {
  return column === 0 || column === 7;
}

function pad(cell, widths, column) {
  return isText(column) ? cell.padEnd(widths[column]) : cell.padStart(widths[column]);
}
