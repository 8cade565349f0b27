import { type Flag, serveFlags, variableOf } from "../runtime/flags.ts";
import type { CommandName } from "./command-name.ts";
import { compatFlags } from "./compat-flags.ts";
import { coverageFlags } from "./coverage-flags.ts";
import { diffFlags } from "./diff-flags.ts";

/** The help of the program as a whole. */
export function overview(): string {
  return `coder-tasks-mock: a stateful, contract-checked mock of the Coder Tasks API

Usage: coder-tasks-mock [serve] [flags]
       coder-tasks-mock exec [flags] -- COMMAND [ARGS...]
       coder-tasks-mock validate [PATH...]
       coder-tasks-mock coverage FILE... [flags]
       coder-tasks-mock compat JOURNAL... [flags]
       coder-tasks-mock diff OLD NEW [flags]
       coder-tasks-mock scenarios
       coder-tasks-mock spec [flags]

Commands
  serve       start the server (the default)
  exec        run a command against a mock that lives as long as the command
  validate    check scenarios, fixtures and the specification; exit 1 on findings
  coverage    add up coverage reports of several runs
  compat      say which releases a client needs, by its journals
  diff        list the changes between two contracts, and which break clients
  scenarios   list the scenarios that can be served
  spec        print the contract of a revision and profile

${flagTable("Flags of serve", serveFlags)}

  --help      this text; behind a command, that command's
  --version   the version

Examples
  coder-tasks-mock --scenario empty --port 0
  coder-tasks-mock --clock manual --profile wire --revision 2.31
  coder-tasks-mock validate my-scenarios/

Every flag of serve has a variable: --port is CODER_TASKS_MOCK_PORT, and so on. Flags win.
Exit codes: 0 fine, 1 a check failed, 2 bad usage, configuration, scenario or specification; those of its command for exec.`;
}

/** The flags of `spec`. */
export const specFlags = [
  { name: "revision", value: "VERSION", fallback: "2.34", help: "2.30, 2.31, 2.34, or any Coder release." },
  { name: "profile", value: "documented|wire", fallback: "documented", help: "Which shapes." },
  { name: "format", value: "yaml|json", fallback: "yaml", help: "How to print it." },
] as const satisfies readonly Flag[];

const commandTexts = {
  serve: () => `Usage: coder-tasks-mock [serve] [flags]

Starts the mock and prints where it listens, who can sign in, and a request that works.

${flagTable("Flags", serveFlags)}

Every flag has a variable, for example ${variableOf("port")} for --port. Flags win.`,
  exec: () => `Usage: coder-tasks-mock exec [flags] -- COMMAND [ARGS...]

Starts the mock on a free port, runs the command, stops the mock, and ends with the exit code of the command. The command finds
the mock through CODER_URL, CODER_SESSION_TOKEN, CODER_TASKS_MOCK_ADMIN and, where one is asked for,
CODER_TASKS_MOCK_ADMIN_TOKEN. It is run without a shell.

Takes every flag of serve; the port is any free one unless --port or CODER_TASKS_MOCK_PORT says otherwise.

  coder-tasks-mock exec --scenario empty -- npm test
  coder-tasks-mock exec -- sh -c 'curl "$CODER_URL/api/v2/tasks" -H "Coder-Session-Token: $CODER_SESSION_TOKEN"'`,
  validate: () => `Usage: coder-tasks-mock validate [PATH...]

Checks scenario files or folders, or, without a path, everything that ships with the mock and the specification.
Prints each finding as file:line:column pointer message. Exit 1 when there is any.`,
  coverage: () => `Usage: coder-tasks-mock coverage FILE... [flags]

Adds up reports that GET /__admin/coverage?scope=all gave as JSON, and prints the sum. Exit 1 when it is less than asked for.

${flagTable("Flags", coverageFlags)}`,
  compat: () => `Usage: coder-tasks-mock compat JOURNAL... [flags]

Judges what clients did by every revision in every profile, and says which release they need. A journal is a file that
GET /__admin/requests?format=journal gave; several are put together.

${flagTable("Flags", compatFlags)}`,
  diff: () => `Usage: coder-tasks-mock diff OLD NEW [flags]

Lists what has changed between two contracts and whether that breaks a client. Each is a revision (2.30, 2.31, 2.34, or any
Coder release) or the path of an OpenAPI file, 3.0 or 3.1, YAML or JSON.

${flagTable("Flags", diffFlags)}`,
  scenarios: () => `Usage: coder-tasks-mock scenarios

Lists the scenarios that --scenario takes by name, with what each is for.`,
  spec: () => `Usage: coder-tasks-mock spec [flags]

Prints an OpenAPI 3.1 document: the contract of a revision in a profile.

${flagTable("Flags", specFlags)}`,
} as const satisfies Record<CommandName, () => string>;

export function commandHelp(command: CommandName): string {
  return commandTexts[command]();
}

function flagTable(title: string, flags: readonly Flag[]): string {
  const rows = flags.map((flag) => {
    const usage = flag.value === undefined ? `--${flag.name}` : `--${flag.name} ${flag.value}`;
    const fallback = flag.fallback === undefined ? "" : ` [${flag.fallback}]`;
    return `  ${usage.padEnd(34)} ${flag.help}${fallback}`;
  });
  return [title, ...rows].join("\n");
}
