import type { TriggerRecord } from "./script-document.ts";

/** A pattern that can be matched, or why it cannot. */
export type CompiledPattern =
  | {
      readonly kind: "compiled";
      /** Whether it is found in an input, of which only the beginning is looked at. */
      readonly matches: (input: string) => boolean;
      /** How many steps a character of the input costs at most. */
      readonly size: number;
    }
  | { readonly kind: "unreadable"; readonly problem: string };

export type CompilePattern = (pattern: string) => CompiledPattern;

/** Matching takes time in proportion to the input, and this much of it is looked at. */
const longestInput = 65_536;

/**
 * The compiler for the patterns among some triggers. RE2 matches in linear time, whatever the pattern, where JavaScript's own
 * expressions can take forever (docs/decisions/015-linear-time-patterns.md). The package is loaded for scenarios with patterns
 * only.
 */
export async function patternCompiler(triggers: readonly TriggerRecord[]): Promise<CompilePattern> {
  if (triggers.every(({ pattern }) => pattern === undefined)) return unannounced;
  const { RE2JS, RE2JSException } = await import("re2js");
  return (pattern) => {
    try {
      const compiled = RE2JS.compile(pattern);
      return {
        kind: "compiled",
        matches: (input) => compiled.test(input.slice(0, longestInput)),
        size: compiled.programSize(),
      };
    } catch (error) {
      if (!(error instanceof RE2JSException)) throw error;
      return { kind: "unreadable", problem: error.message.replace(/^error parsing regexp: /, "") };
    }
  };
}

function unannounced(pattern: string): never {
  throw new Error(`The pattern "${pattern}" was not among the triggers that the compiler was made for.`);
}
