import { packageVersion } from "../runtime/package-root.ts";
import { StartError } from "../runtime/start-error.ts";
import { advice, CliError } from "./cli-error.ts";
import { type CommandName, commandNames } from "./command-name.ts";
import { compat } from "./compat-command.ts";
import { coverage } from "./coverage-command.ts";
import { diff } from "./diff-command.ts";
import { exec } from "./exec-command.ts";
import { commandHelp, overview } from "./help.ts";
import { listScenarios } from "./scenarios-command.ts";
import { serve } from "./serve-command.ts";
import { printSpec } from "./spec-command.ts";
import { validate } from "./validate-command.ts";

const commands = {
  serve,
  exec,
  validate,
  coverage,
  compat,
  diff,
  scenarios: listScenarios,
  spec: printSpec,
} as const satisfies Record<CommandName, (args: readonly string[]) => Promise<number>>;

/**
 * Runs a command line and gives the exit code: 0 fine, 1 a check failed, 2 bad usage, configuration, scenario or spec, or what
 * the command of `exec` ended with. `serve` is the command when none is named.
 */
export async function runCli(args: readonly string[]): Promise<number> {
  const [first, ...rest] = args;
  if (first === "--version" || first === "-v" || first === "version") return print(packageVersion());
  if (first === "--help" || first === "-h" || first === "help") return print(overview());
  try {
    const named = first !== undefined && !first.startsWith("-");
    const name = named ? commandNamed(first) : "serve";
    const own = named ? rest : args;
    if (asksForHelp(own)) return print(commandHelp(name));
    return await commands[name](own);
  } catch (error) {
    if (!(error instanceof CliError || error instanceof StartError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

/** What stands behind `--` is meant for somebody else. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  const ours = end === -1 ? args : args.slice(0, end);
  return ours.includes("--help") || ours.includes("-h");
}

function commandNamed(word: string): CommandName {
  const name = commandNames.find((candidate) => candidate === word);
  if (name !== undefined) return name;
  throw new CliError(`Unknown command "${word}". ${advice(word, commandNames)}`);
}

function print(text: string): 0 {
  process.stdout.write(`${text}\n`);
  return 0;
}
