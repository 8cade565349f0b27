import { readConfig } from "../runtime/config.ts";
import { runChild } from "../runtime/exec/exec-child.ts";
import { execEnvironment } from "../runtime/exec/exec-environment.ts";
import { ExecSignals } from "../runtime/exec/exec-signals.ts";
import { serveFlags } from "../runtime/flags.ts";
import { startServer } from "../runtime/server/start-server.ts";
import { CliError } from "./cli-error.ts";
import { exitOfGates } from "./exit-of-gates.ts";
import { exitOfReports } from "./exit-of-reports.ts";
import { parseFlags } from "./parse-flags.ts";

/**
 * `exec`: a mock for as long as a command runs. Gives the command's exit code; when the command is content, 2 for reports that
 * could not be written and 1 for a gate that has something against the run.
 */
export async function exec(args: readonly string[]): Promise<number> {
  const { own, program, rest } = split(args);
  const { flags } = parseFlags(own, serveFlags);
  // PORT means the application's own as a rule; the mock takes any free one unless its own flag or variable says otherwise.
  const read = readConfig({ flags, environment: { ...process.env, PORT: "0" } });
  if (!read.ok) throw new CliError(read.complaints.join("\n"));
  const { config } = read;
  const signals = new ExecSignals();
  try {
    const server = await startServer(config);
    const environment = execEnvironment(process.env, server, config);
    const end = await runChild({ program, args: rest, environment }, signals);
    const ofReports = await exitOfReports(server);
    if (end.kind === "not-started" && end.complaint !== undefined) process.stderr.write(`${end.complaint}\n`);
    const ofGates = exitOfGates(server);
    return end.code || ofReports || ofGates;
  } finally {
    signals.close();
  }
}

interface Split {
  /** Flags of the mock. */
  readonly own: readonly string[];
  readonly program: string;
  readonly rest: readonly string[];
}

function split(args: readonly string[]): Split {
  const end = args.indexOf("--");
  const [program, ...rest] = end === -1 ? [] : args.slice(end + 1);
  if (program === undefined || program === "") {
    throw new CliError("There is no command to run. It stands behind --: coder-tasks-mock exec -- npm test.");
  }
  return { own: args.slice(0, end), program, rest };
}
