import type { CoverageKind } from "../../contract/coverage/coverage-item.ts";
import type { CoverageView } from "./coverage-view.ts";

const plurals = {
  operation: "operations",
  status: "statuses",
  media_type: "media types",
  parameter: "parameters",
  property: "properties",
  value: "values",
  branch: "branches",
} as const satisfies Record<CoverageKind, string>;

/** A share for each kind, as `lcov --summary` words those of lines and functions, which many a tool reads off a console. */
export function coverageLcov({ kinds }: CoverageView): string {
  const width = Math.max(...Object.values(plurals).map(({ length }) => length)) + 2;
  const lines = kinds.map(({ kind, seen, known, percent }) => {
    const name = plurals[kind];
    const share = known === 0 ? "no data found" : `${percent.toFixed(1)}% (${seen} of ${known} ${name})`;
    return `  ${name.padEnd(width, ".")}: ${share}`;
  });
  return `${["Summary coverage rate:", ...lines].join("\n")}\n`;
}
