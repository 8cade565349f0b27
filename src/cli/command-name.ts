export const commandNames = ["serve", "validate", "scenarios", "spec"] as const;
export type CommandName = (typeof commandNames)[number];
