import { mergeCoverageFiles, writeCoverage } from "../runtime/reports/coverage-files.ts";
import { coverageGate, parsePercent } from "../runtime/reports/coverage-gate.ts";
import { addStepSummary } from "../runtime/reports/step-summary.ts";
import { CliError } from "./cli-error.ts";
import { coverageFlags } from "./coverage-flags.ts";
import { parseFlags } from "./parse-flags.ts";

const formats = ["text", "json", "html", "junit", "lcov", "markdown"] as const;

/** `coverage`: adds reports of several runs up and prints the sum, and adds it to the summary of a step on GitHub; 1 when it is less than was asked for. */
export async function coverage(args: readonly string[]): Promise<0 | 1> {
  const { flags, positionals } = parseFlags(args, coverageFlags, { positionals: true });
  if (positionals.length === 0) {
    throw new CliError("There is no report to add up: coverage takes JSON files of GET /__admin/coverage.");
  }
  const format = formats.find((known) => known === (flags["format"] ?? "text"));
  if (format === undefined) {
    throw new CliError(`--format is "${flags["format"]}"; expected one of ${formats.join(", ")}.`);
  }
  const least = readLeast(flags["min-coverage"]);
  const report = await mergeCoverageFiles(positionals);
  process.stdout.write(writeCoverage(report, format));
  process.stderr.write(addStepSummary(() => report, process.env));
  const complaint = coverageGate(least, report);
  if (complaint === undefined) return 0;
  process.stderr.write(`${complaint}\n`);
  return 1;
}

function readLeast(text: string | boolean | undefined): number | undefined {
  if (text === undefined) return undefined;
  const least = parsePercent(String(text));
  if (least === undefined) {
    throw new CliError(`--min-coverage is "${text}"; expected a number from 0 to 100, in percent.`);
  }
  return least;
}
