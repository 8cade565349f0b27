import { banner } from "../runtime/banner.ts";
import { readConfig } from "../runtime/config.ts";
import { serveFlags } from "../runtime/flags.ts";
import { startServer } from "../runtime/server/start-server.ts";
import { CliError } from "./cli-error.ts";
import { exitOfGates } from "./exit-of-gates.ts";
import { exitOfReports } from "./exit-of-reports.ts";
import { parseFlags } from "./parse-flags.ts";

/**
 * `serve`: starts the mock and stays until SIGTERM or SIGINT, which drain it and end with 0, with 2 when reports could not be
 * written, or with 1 when a gate that was asked for has something against the run.
 */
export async function serve(args: readonly string[]): Promise<0 | 1 | 2> {
  const { flags } = parseFlags(args, serveFlags);
  const read = readConfig({ flags, environment: process.env });
  if (!read.ok) throw new CliError(read.complaints.join("\n"));
  const signal = new StopSignal();
  try {
    const server = await startServer(read.config);
    if (read.config.logLevel !== "silent") process.stdout.write(banner(server, read.config));
    await signal.came;
    const ofReports = await exitOfReports(server);
    const ofGates = exitOfGates(server);
    return ofReports || ofGates;
  } finally {
    signal.close();
  }
}

/** Listens from the first moment on: as PID 1 a signal without a listener does nothing. */
class StopSignal {
  readonly came: Promise<void>;
  #hear: () => void = () => undefined;

  constructor() {
    this.came = new Promise((resolve) => {
      this.#hear = resolve;
    });
    for (const signal of stopSignals) process.on(signal, this.#hear);
  }

  close(): void {
    for (const signal of stopSignals) process.off(signal, this.#hear);
  }
}

const stopSignals = ["SIGTERM", "SIGINT"] as const;
