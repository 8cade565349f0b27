import type { Flag } from "../runtime/flags.ts";

/** The flags of `compat`. */
export const compatFlags = [
  { name: "require", value: "VERSION", help: "Exit 1 when that release would not do." },
  {
    name: "profile",
    value: "documented|wire",
    help: "Where it has to; without it, as the journals were recorded.",
  },
  { name: "requests-only", help: "It does when it takes every request, whatever it answers." },
  { name: "format", value: "text|json", fallback: "text", help: "How to print the report." },
] as const satisfies readonly Flag[];
