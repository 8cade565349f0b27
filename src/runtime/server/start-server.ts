import type { Server } from "node:http";
import type { CoreOptions } from "../build-core.ts";
import { buildMock, type Mock } from "../build-mock.ts";
import type { Config } from "../config.ts";
import { createLogger, type Logger, type WriteLine } from "../logger.ts";
import { openReportsFolder } from "../reports/reports-folder.ts";
import { StartError } from "../start-error.ts";
import { createHttpServer } from "./http-server.ts";

/** A listening server. */
export interface RunningServer {
  readonly url: string;
  readonly mock: Mock;
  /** Stops, then writes the reports that were asked for. */
  close(): Promise<void>;
}

export interface ServerOptions extends Pick<CoreOptions, "assets"> {
  readonly write?: WriteLine;
}

/** Requests that are under way at a stop get this long to end, in milliseconds. */
const grace = 500;

/** Builds a mock and listens. Resolves once requests are answered. Throws a `StartError` for what the user can mend. */
export async function startServer(config: Config, options: ServerOptions = {}): Promise<RunningServer> {
  const write = options.write ?? ((line: string) => process.stderr.write(`${line}\n`));
  const logger = createLogger({ level: config.logLevel, format: config.logFormat, write });
  if (config.reportDir !== undefined) await openReportsFolder(config.reportDir);
  const mock = await buildMock(config, { logger, ...options });
  const server = createHttpServer(mock.app);
  mock.upgrades.serve(server, mock.app);
  await listen(server, config).catch((error: unknown) => {
    mock.stop();
    throw error;
  });
  logErrors(server, logger);
  mock.setState("ready");
  return {
    url: urlOf(server, config),
    mock,
    close: async () => {
      await close(server, mock);
      await mock.writeReports();
    },
  };
}

function listen(server: Server, { port, host }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (cause: NodeJS.ErrnoException) => {
      reject(new StartError(explainListen(cause, { port, host }), { cause }));
    };
    server.once("error", fail);
    server.listen({ port, host }, () => {
      server.off("error", fail);
      resolve();
    });
  });
}

/** A server that listens goes on where a connection cannot be taken, such as when the process has too many files open. */
function logErrors(server: Server, logger: Logger): void {
  server.on("error", (err) => logger.error({ err }, "A connection could not be taken."));
}

function explainListen(error: NodeJS.ErrnoException, { port, host }: Pick<Config, "port" | "host">): string {
  switch (error.code) {
    case "EADDRINUSE":
      return `Port ${port} on ${host} is in use; choose another with --port, or --port 0 for any free one.`;
    case "EACCES":
      return `Port ${port} may not be opened by this user; choose one above 1023 with --port.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `Address ${host} is not one of this machine's; choose another with --host.`;
    default:
      return `Cannot listen on ${host}:${port}: ${error.message}`;
  }
}

function urlOf(server: Server, { host }: Config): string {
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The server listens on no port.");
  const { port } = address;
  const name = host === "0.0.0.0" || host === "::" ? "localhost" : host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
}

/** Takes no more connections, lets what is under way end within the grace, then cuts what is left. */
async function close(server: Server, mock: Mock): Promise<void> {
  mock.stop();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => {
    server.closeAllConnections();
    void mock.upgrades.stop();
  }, grace);
  await closed;
  clearTimeout(timer);
}
