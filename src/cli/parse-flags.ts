import { parseArgs } from "node:util";
import { advice, CliError } from "./cli-error.ts";

export interface FlagShape {
  readonly name: string;
  /** What stands behind the flag in the help; absent for a switch. */
  readonly value?: string;
  /** Several values become one text, separated by commas, as in the flag's variable. */
  readonly repeats?: true;
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
    shapes.map(({ name, value, repeats = false }) => {
      const type = value === undefined ? "boolean" : "string";
      return [name, { type, multiple: repeats } as const];
    }),
  );
  const end = args.indexOf("--");
  const words = end === -1 ? args : args.slice(0, end);
  const unknown = words.find((word) => word.startsWith("--") && !isKnown(word, shapes));
  if (unknown !== undefined) {
    const flag = unknown.split("=", 1)[0] ?? unknown;
    const known = shapes.map(({ name }) => `--${name}`);
    throw new CliError(`Unknown flag ${flag}. ${advice(flag, known)}`);
  }
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: positionals, strict: true });
    return { flags: joined(parsed.values), positionals: parsed.positionals };
  } catch (cause) {
    const why = cause instanceof Error ? (cause.message.split("\n", 1)[0] ?? "") : String(cause);
    // Some of Node's messages end with a full stop, others do not.
    throw new CliError(`${why.replace(/\.?$/, ".")} See coder-tasks-mock --help.`, { cause });
  }
}

type Values = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

function joined(values: Values): ParsedFlags["flags"] {
  const entries = Object.entries(values).map(
    ([name, value]) => [name, typeof value === "object" ? value.join(",") : value] as const,
  );
  return Object.fromEntries(entries);
}

function isKnown(word: string, shapes: readonly FlagShape[]): boolean {
  const name = word.slice(2).split("=", 1)[0];
  return shapes.some((shape) => shape.name === name);
}
