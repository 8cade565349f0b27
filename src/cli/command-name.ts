export const commandNames = [
  "serve",
  "exec",
  "validate",
  "coverage",
  "compat",
  "diff",
  "scenarios",
  "spec",
] as const;
export type CommandName = (typeof commandNames)[number];
