import type { CoverageView } from "./coverage-view.ts";
import { escapeMarkup } from "./escape-markup.ts";

type Operation = CoverageView["operations"][number];

/** JUnit XML: a suite for each operation, in which each documented status is a test that fails when it was never met. */
export function coverageJunit({ operations, gate }: CoverageView): string {
  const statuses = operations.flatMap(({ items }) => items.filter(({ kind }) => kind === "status"));
  const failures = statuses.filter(({ count }) => count === 0).length;
  const sums = `tests="${statuses.length}" failures="${failures}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="Contract coverage, ${gate.percent} %" ${sums}>`,
    ...operations.flatMap(suiteOf),
    "</testsuites>",
    "",
  ].join("\n");
}

function suiteOf({ id, method, path, items }: Operation): readonly string[] {
  const statuses = items.filter(({ kind }) => kind === "status");
  const failures = statuses.filter(({ count }) => count === 0).length;
  const name = escapeMarkup(id);
  const route = escapeMarkup(`${method} ${path}`);
  return [
    `  <testsuite name="${name}" tests="${statuses.length}" failures="${failures}">`,
    ...statuses.flatMap(({ place, count }) => {
      const test = `    <testcase classname="${name}" name="${escapeMarkup(place)}"`;
      if (count > 0) return [`${test}/>`];
      const message = `${route} documents status ${escapeMarkup(place)}, and no exchange met it.`;
      return [`${test}>`, `      <failure message="${message}"/>`, "    </testcase>"];
    }),
    "  </testsuite>",
  ];
}
