import { diffText } from "../runtime/compatibility/diff.ts";
import { CliError } from "./cli-error.ts";
import { diffFlags } from "./diff-flags.ts";
import { parseFlags } from "./parse-flags.ts";

/** `diff`: prints what has changed from one document to another; 1 when that breaks clients and was not to. */
export async function diff(args: readonly string[]): Promise<0 | 1> {
  const { flags, positionals } = parseFlags(args, diffFlags, { positionals: true });
  const [before, after, ...others] = positionals;
  if (before === undefined || after === undefined || others.length > 0) {
    throw new CliError(
      `diff compares two documents, not ${positionals.length}: coder-tasks-mock diff 2.30 2.34, or two OpenAPI files.`,
    );
  }
  const text = (flag: "profile" | "format", fallback: string) => String(flags[flag] ?? fallback);
  const profile = text("profile", "documented");
  const compared = await diffText({ before, after, profile, format: text("format", "text") });
  if (!compared.ok) throw new CliError(compared.complaint);
  process.stdout.write(compared.text);
  return flags["fail-on-breaking"] === true && compared.breaking > 0 ? 1 : 0;
}
