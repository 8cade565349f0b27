// Checks the directions of imports, and that there was something to check: the tool is silent about an empty cruise.
import { createRequire } from "node:module";
import { cruise } from "dependency-cruiser";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";

const { forbidden, options } = createRequire(import.meta.url)("./dependency-cruiser.cjs");
const result = await cruise(
  ["src", "test"],
  { ...options, ruleSet: { forbidden }, validate: true },
  {},
  { tsConfig: extractTSConfig("tsconfig.json") },
);
const { summary } = result.output;
for (const { rule, from, to, cycle } of summary.violations) {
  const circle = cycle === undefined ? "" : ` (${cycle.map(({ name }) => name).join(" -> ")})`;
  console.error(`${rule.name}: ${from} -> ${to}${circle}`);
}
const cruised = summary.totalCruised;
console.log(
  `${cruised} modules, ${summary.totalDependenciesCruised} imports, ${summary.violations.length} violations`,
);
if (cruised < 50) console.error("Too few modules were read: the check looked at nothing.");
process.exitCode = summary.violations.length > 0 || cruised < 50 ? 1 : 0;
