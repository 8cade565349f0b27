import { parseArgs } from "node:util";
import { advice, CliError } from "./cli-error.ts";

export interface FlagShape {
  readonly name: string;
  /** What stands behind the flag in the help; absent for a switch. */
  readonly value?: string;
}

export interface ParsedFlags {
  readonly flags: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
}

/** Reads flags of the given shapes, refusing what is unknown with the nearest known one. */
export function parseFlags(
  args: readonly string[],
  shapes: readonly FlagShape[],
  { positionals = false }: { readonly positionals?: boolean } = {},
): ParsedFlags {
  const options = Object.fromEntries(
    shapes.map(({ name, value }) => [name, { type: value === undefined ? "boolean" : "string" } as const]),
  );
  const unknown = args.find((word) => word.startsWith("--") && !isKnown(word, shapes));
  if (unknown !== undefined && unknown !== "--") {
    const flag = unknown.split("=", 1)[0] ?? unknown;
    const known = shapes.map(({ name }) => `--${name}`);
    throw new CliError(`Unknown flag ${flag}. ${advice(flag, known)}`);
  }
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: positionals, strict: true });
    return { flags: parsed.values, positionals: parsed.positionals };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split("\n", 1)[0] : String(cause);
    throw new CliError(`${why} See coder-tasks-mock --help.`, { cause });
  }
}

function isKnown(word: string, shapes: readonly FlagShape[]): boolean {
  const name = word.slice(2).split("=", 1)[0];
  return word === "--" || shapes.some((shape) => shape.name === name);
}
