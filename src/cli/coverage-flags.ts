import type { Flag } from "../runtime/flags.ts";

export const coverageFlags = [
  {
    name: "format",
    value: "text|json|html|junit|lcov|markdown",
    fallback: "text",
    help: "How to print it.",
  },
  {
    name: "min-coverage",
    value: "PERCENT",
    help: "Exit with 1 when fewer operations and documented statuses were met.",
  },
] as const satisfies readonly Flag[];
