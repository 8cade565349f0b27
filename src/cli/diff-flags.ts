import type { Flag } from "../runtime/flags.ts";

/** The flags of `diff`. */
export const diffFlags = [
  {
    name: "profile",
    value: "documented|wire",
    fallback: "documented",
    help: "Which shapes of the revisions that are named.",
  },
  { name: "format", value: "text|json", fallback: "text", help: "How to print it." },
  { name: "fail-on-breaking", help: "Exit 1 when a change breaks clients." },
] as const satisfies readonly Flag[];
