import type { ConfigSources } from "../config.ts";
import { type FlagName, serveFlags } from "../flags.ts";
import type { MockServerOptions } from "./mock-server-options.ts";

/** What a server in a test has that one on a console has not. */
const quiet: MockServerOptions = { port: 0, logLevel: "silent" };

const flagOf: ReadonlyMap<string, FlagName> = new Map(
  serveFlags.map(({ name }) => [optionOf(name), name] as const),
);

const numbers: readonly string[] = ["port", "speed", "minCoverage", "maxWorlds", "seed"];
const lists: readonly string[] = ["extend", "cors"];

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
    else if (!isTaken(option, value))
      complaints.push(`${option} is ${shown(value)}; expected ${wanted(option)}.`);
    else flags[flag] = typeof value === "boolean" ? value : String(value);
  }
  return { flags, complaints };
}

/** Whether it is of a kind that can be written as a flag. What it may say is checked with the flags. */
function isTaken(option: string, value: unknown): boolean {
  switch (typeof value) {
    case "string":
      return true;
    case "boolean":
      return isSwitch(option);
    case "number":
      return Number.isFinite(value) && numbers.includes(option);
    default:
      return lists.includes(option) && Array.isArray(value) && value.every((one) => typeof one === "string");
  }
}

function wanted(option: string): string {
  if (isSwitch(option)) return "true or false";
  if (lists.includes(option)) return "a text or a list of texts";
  if (option === "seed") return "a text or a number";
  return numbers.includes(option) ? "a number" : "a text";
}

function isSwitch(option: string): boolean {
  const flag = serveFlags.find(({ name }) => name === flagOf.get(option));
  return flag !== undefined && !("value" in flag);
}

function shown(value: unknown): string {
  return typeof value === "number" ? String(value) : (JSON.stringify(value) ?? typeof value);
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
