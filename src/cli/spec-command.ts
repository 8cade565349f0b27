import { specText } from "../runtime/reports/spec-text.ts";
import { CliError } from "./cli-error.ts";
import { specFlags } from "./help.ts";
import { parseFlags } from "./parse-flags.ts";

/** `spec`: prints one of the six contracts. */
export async function printSpec(args: readonly string[]): Promise<0> {
  const { flags } = parseFlags(args, specFlags);
  const choice = Object.fromEntries(
    specFlags.map(({ name, fallback }) => [name, String(flags[name] ?? fallback)]),
  );
  const { revision = "", profile = "", format = "" } = choice;
  const spec = await specText({ revision, profile, format });
  if (!spec.ok) throw new CliError(spec.complaint);
  process.stdout.write(spec.text);
  return 0;
}
