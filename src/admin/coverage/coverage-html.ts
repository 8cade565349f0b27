import type { CoverageView } from "./coverage-view.ts";
import { escapeMarkup } from "./escape-markup.ts";

type Operation = CoverageView["operations"][number];
type Item = Operation["items"][number];

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }
th, td { text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid #8884; vertical-align: top; }
td.count { text-align: right; font-variant-numeric: tabular-nums; }
tr.unseen td { color: #c0392b; }
code { font-family: ui-monospace, monospace; }
summary { cursor: pointer; padding: .3rem 0; }
`;

/** A report as one page that needs nothing else: no script, no address. */
export function coverageHtml(view: CoverageView): string {
  const { contracts, gate, all, kinds, unmet_errors: unmet, operations } = view;
  const title = `Contract coverage of ${contracts.join(", ")}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escapeMarkup(title)}</h1>
<p><strong>${gate.percent} %</strong> of operations and documented statuses (${gate.seen} of ${gate.known}),
${all.percent} % of everything that is documented (${all.seen} of ${all.known}).</p>
<table>
<tr><th>Kind</th><th>Seen</th><th>Documented</th><th>Percent</th></tr>
${kinds.map(({ kind, seen, known, percent }) => row([kind.replaceAll("_", " "), seen, known, `${percent} %`])).join("\n")}
</table>
<h2>Errors that were never met</h2>
${unmet.length === 0 ? "<p>None.</p>" : `<ul>${unmet.map(({ operation, status }) => `<li><code>${escapeMarkup(operation)}</code> ${escapeMarkup(status)}</li>`).join("")}</ul>`}
<h2>Operations</h2>
${operations.map(detailsOf).join("\n")}
</body>
</html>
`;
}

function row(cells: readonly (string | number)[]): string {
  return `<tr>${cells.map((cell) => `<td>${escapeMarkup(String(cell))}</td>`).join("")}</tr>`;
}

function detailsOf({ id, method, path, items }: Operation): string {
  const seen = items.filter(({ count }) => count > 0).length;
  const route = escapeMarkup(`${method} ${path}`);
  return `<details>
<summary><code>${escapeMarkup(id)}</code> ${route}: ${seen} of ${items.length}</summary>
<table>
<tr><th>Side</th><th>Kind</th><th>Place</th><th>What</th><th>Seen</th></tr>
${items.map(itemRow).join("\n")}
</table>
</details>`;
}

function itemRow({ kind, direction, status, place, variant = "", count }: Item): string {
  const side = status === undefined ? direction : `${direction} ${status}`;
  const cells = [side, kind.replaceAll("_", " "), place, variant].map(
    (cell) => `<td>${escapeMarkup(cell)}</td>`,
  );
  const mark = count === 0 ? ' class="unseen"' : "";
  return `<tr${mark}>${cells.join("")}<td class="count">${count}</td></tr>`;
}
