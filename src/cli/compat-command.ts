import { compatText } from "../runtime/compatibility/compat.ts";
import { CliError } from "./cli-error.ts";
import { compatFlags } from "./compat-flags.ts";
import { parseFlags } from "./parse-flags.ts";

/** `compat`: prints which releases would do for what journals hold; 1 when one that has to does not. */
export async function compat(args: readonly string[]): Promise<0 | 1> {
  const { flags, positionals: files } = parseFlags(args, compatFlags, { positionals: true });
  if (files.length === 0) {
    throw new CliError(
      "There is no journal to judge: compat takes files of GET /__admin/requests?format=journal.",
    );
  }
  const text = (flag: "require" | "profile" | "format") =>
    flags[flag] === undefined ? undefined : String(flags[flag]);
  const { text: report, complaints } = await compatText({
    files,
    format: text("format") ?? "text",
    require: text("require"),
    profile: text("profile"),
    requestsOnly: flags["requests-only"] === true,
  });
  process.stdout.write(report);
  for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
  return complaints.length === 0 ? 0 : 1;
}
