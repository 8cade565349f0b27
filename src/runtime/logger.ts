import type { Logger as Pino } from "pino";
import type { LogFormat, LogLevel } from "./config.ts";

/** Where a line of the log goes; by default standard error, so that standard output keeps only what was asked for. */
export type WriteLine = (line: string) => void;

export interface Logger {
  error(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  info(fields: object, message: string): void;
  debug(fields: object, message: string): void;
}

const rank: Readonly<Record<LogLevel, number>> = { silent: 0, error: 1, warn: 2, info: 3, debug: 4 };

/**
 * A logger on pino. Pino is loaded with the first line that is written, since a server that has nothing to say should
 * start without it; lines keep their order.
 */
export function createLogger(options: { level: LogLevel; format: LogFormat; write: WriteLine }): Logger {
  let pending: Promise<Pino> | undefined;
  const log = (level: Exclude<LogLevel, "silent">) => (fields: object, message: string) => {
    if (rank[level] > rank[options.level]) return;
    pending ??= loadPino(options);
    void pending.then((pino) => pino[level](fields, message));
  };
  return { error: log("error"), warn: log("warn"), info: log("info"), debug: log("debug") };
}

async function loadPino({
  level,
  format,
  write,
}: {
  level: LogLevel;
  format: LogFormat;
  write: WriteLine;
}): Promise<Pino> {
  const { pino } = await import("pino");
  const print =
    format === "json" ? (line: string) => write(line.trimEnd()) : (line: string) => write(prettyLine(line));
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, { write: print });
}

const labels: Readonly<Record<number, string>> = { 20: "debug", 30: "info", 40: "WARN", 50: "ERROR" };

/** One JSON line of pino as text for people: label, message, then what else it carries. */
function prettyLine(line: string): string {
  const { level, time: _, msg, err, ...rest } = JSON.parse(line);
  const fields = Object.entries(rest).map(
    ([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  const head = [labels[level] ?? String(level), msg, ...fields].join("  ");
  return err === undefined ? head : `${head}\n${err.stack ?? err.message}`;
}
