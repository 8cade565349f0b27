import { plainLine } from "../../admin/coverage/plain-line.ts";
import type { Reason } from "../../engine/compatibility/reasons.ts";
import type { CellReport, CompatibilityReport, ProfileReport } from "../../engine/compatibility/rejudge.ts";

const mostReasons = 5;
const mostExchanges = 5;

/** The report for people: a table of revisions and profiles, then why for each that does not do. */
export function compatReport(report: CompatibilityReport): string {
  return [...counts(report), "", ...findings(report), ""].join("\n");
}

function findings(report: CompatibilityReport): readonly string[] {
  if (report.judged === 0) return ["Nothing was judged, so no release is known to do."];
  return [...table(report), ...report.profiles.flatMap(profileLines)];
}

function counts(report: CompatibilityReport): readonly string[] {
  const { judged, incomplete, dropped, foreign, mistaken, mistakes, moreMistakes } = report;
  const left = [
    incomplete > 0 ? `${incomplete} not kept whole` : "",
    dropped > 0 ? `${dropped} kept no more` : "",
    foreign > 0 ? `${foreign} not of the API` : "",
    mistaken > 0 ? `${mistaken} that no release takes` : "",
  ].filter((text) => text !== "");
  const others = left.length === 0 ? "" : `; not judged: ${left.join(", ")}`;
  const head = `${exchangesText(judged)} judged${others}`;
  if (mistaken === 0) return [head];
  return [head, "", "mistakes of the client, whatever the release", ...reasonLines(mistakes, moreMistakes)];
}

function exchangesText(count: number): string {
  return `${count} ${count === 1 ? "exchange" : "exchanges"}`;
}

function table({ profiles }: CompatibilityReport): readonly string[] {
  const width = Math.max(...profiles.map(({ profile }) => profile.length));
  const row = (title: string, values: readonly string[]) =>
    `${title.padEnd(width)}  ${values.map((value) => value.padEnd(7)).join("  ")}`.trimEnd();
  const [first] = profiles;
  return [
    row("", first?.cells.map(({ revision }) => revision) ?? []),
    ...profiles.map(({ profile, cells }) =>
      row(
        profile,
        cells.map(({ verdict }) => verdict),
      ),
    ),
  ];
}

function profileLines(report: ProfileReport): readonly string[] {
  return ["", `${report.profile}: ${need(report)}`, ...report.cells.flatMap(cellLines)];
}

function need({ smallest, smallestForRequests }: ProfileReport): string {
  const whole = smallest === undefined ? "no release does" : `needs ${smallest}`;
  if (smallest === smallestForRequests) return whole;
  return `${whole}; ${smallestForRequests} takes every request`;
}

function cellLines({ revision, verdict, reasons, moreReasons }: CellReport): readonly string[] {
  return verdict === "fits" ? [] : [`  ${revision} ${verdict}`, ...reasonLines(reasons, moreReasons)];
}

function reasonLines(reasons: readonly Reason[], more: number): readonly string[] {
  const shown = reasons.slice(0, mostReasons).map(reasonLine);
  const left = reasons.length - shown.length + more;
  return left === 0 ? shown : [...shown, `    and ${left} more`];
}

function reasonLine({ kind, operation, text, count, exchanges }: Reason): string {
  const ids = exchanges.slice(0, mostExchanges).join(", ");
  const where = `${exchangesText(count)}: ${ids}${count > mostExchanges ? ", ..." : ""}`;
  return plainLine(`    ${kind}: ${operation === undefined ? "" : `${operation}: `}${text} (${where})`);
}
