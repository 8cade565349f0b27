import { reportStates } from "../../domain/agent.ts";
import { addReport as append } from "../../domain/apply-step.ts";
import type { Reply } from "../../operations/reply.ts";
import type { AdminContext } from "../admin-context.ts";
import type { AdminTaskCall } from "../admin-operation.ts";
import { conflict } from "../complain.ts";
import { textField, wordField } from "../fields.ts";
import { saved } from "./save-workspace.ts";

/**
 * `POST /tasks/{task}/report`: taken whether an agent is there or not, because the provider shows a report that came after
 * a failed start, too.
 */
export function addReport(context: AdminContext, { world, task, workspace, fields }: AdminTaskCall): Reply {
  if (workspace === undefined) {
    return conflict(
      "The task has no workspace whose agent could report.",
      "It never had one, or it is deleted.",
    );
  }
  const report = {
    // Only `failed`, the word of the tasks API, is none of the agents' own.
    state: wordField(fields, "state", reportStates) ?? "failure",
    message: textField(fields, "message") ?? "",
    uri: textField(fields, "uri") ?? "",
  };
  const moment = { at: world.now, ids: world.ids };
  return saved(context, task, append(workspace, report, moment));
}
