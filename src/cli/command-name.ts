export const commandNames = ["serve", "exec", "validate", "scenarios", "spec"] as const;
export type CommandName = (typeof commandNames)[number];
