export const commandNames = ["serve", "exec", "validate", "coverage", "scenarios", "spec"] as const;
export type CommandName = (typeof commandNames)[number];
