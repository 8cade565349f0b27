import type { JsonObject } from "../../contract/json.ts";
import { reportStates } from "../../domain/agent.ts";
import type { TaskCondition } from "../../domain/task-condition.ts";
import { taskStatuses } from "../../domain/task-status.ts";
import { flagField, numberField, wordField } from "../fields.ts";

/** What a body wants a task to be; undefined when it wants nothing. */
export function conditionFrom(fields: JsonObject): TaskCondition | undefined {
  const condition: TaskCondition = {
    status: wordField(fields, "status", taskStatuses),
    state: wordField(fields, "state", reportStates),
    deleted: flagField(fields, "deleted"),
    logs: numberField(fields, "logs_count"),
  };
  return Object.values(condition).some((part) => part !== undefined) ? condition : undefined;
}
