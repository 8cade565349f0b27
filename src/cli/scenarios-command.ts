import { describeScenarios } from "../runtime/scenario-store.ts";
import { parseFlags } from "./parse-flags.ts";

/** `scenarios`: what `--scenario` takes by name. */
export async function listScenarios(args: readonly string[]): Promise<0> {
  parseFlags(args, []);
  const scenarios = await describeScenarios();
  const width = Math.max(...scenarios.map(({ name }) => name.length));
  for (const { name, description } of scenarios)
    process.stdout.write(`${name.padEnd(width)}  ${description}\n`);
  return 0;
}
