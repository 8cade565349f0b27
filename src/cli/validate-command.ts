import { validatePaths } from "../runtime/validate.ts";
import { parseFlags } from "./parse-flags.ts";

/** `validate`: prints every finding, one a line, and says what was looked at. */
export async function validate(args: readonly string[]): Promise<0 | 1> {
  const { positionals } = parseFlags(args, [], { positionals: true });
  const { findings, checked } = await validatePaths(positionals);
  for (const finding of findings) process.stdout.write(`${finding}\n`);
  process.stdout.write(
    `${checked} checked, ${findings.length} ${findings.length === 1 ? "finding" : "findings"}\n`,
  );
  return findings.length === 0 ? 0 : 1;
}
