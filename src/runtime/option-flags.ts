import type { ConfigSources } from "./config.ts";
import { type FlagName, serveFlags } from "./flags.ts";
import type { MockServerOptions } from "./mock-server-options.ts";

/** What a server in a test has that one on a console has not. */
const quiet: MockServerOptions = { port: 0, logLevel: "silent" };

const flagOf: ReadonlyMap<string, FlagName> = new Map(
  serveFlags.map(({ name }) => [optionOf(name), name] as const),
);

/** Options as flags. Complaints come back about options that there are not. */
export function flagsFrom(options: MockServerOptions): {
  readonly flags: ConfigSources["flags"];
  readonly complaints: readonly string[];
} {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const flags: Partial<Record<FlagName, string | boolean>> = {};
  const complaints: string[] = [];
  for (const [option, value] of [...Object.entries(quiet), ...given]) {
    const flag = flagOf.get(option);
    if (flag === undefined) complaints.push(`There is no option ${option}. ${known()}`);
    else flags[flag] = typeof value === "boolean" ? value : String(value);
  }
  return { flags, complaints };
}

/** A message about flags in the words of who gave options. */
export function inWordsOfOptions(message: string): string {
  return message.replaceAll(/--([a-z]+(?:-[a-z]+)*)/g, (text, name: string) => {
    const option = optionOf(name);
    return flagOf.has(option) ? option : text;
  });
}

function known(): string {
  return `Known: ${[...flagOf.keys()].join(", ")}.`;
}

function optionOf(flag: string): string {
  return flag.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
