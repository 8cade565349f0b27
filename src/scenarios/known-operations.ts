import { companionIds } from "../contract/generated/companions.ts";
import type { operations } from "../contract/generated/wire.ts";

const table = {
  "list-ai-tasks": true,
  "create-a-new-ai-task": true,
  "get-ai-task-by-id-or-name": true,
  "delete-ai-task": true,
  "update-ai-task-input": true,
  "get-ai-task-logs": true,
  "send-input-to-ai-task": true,
  "pause-task": true,
  "resume-task": true,
  "upload-task-log-snapshot": true,
} as const satisfies Record<keyof operations, true>;

/** Ids of all operations of the tasks API, of which a revision may have fewer, and of its companions. */
export const knownOperations: readonly string[] = [...Object.keys(table), ...companionIds];
