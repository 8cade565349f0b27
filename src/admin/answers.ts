import type { components } from "../contract/generated/admin.ts";
import type { RevisionRules } from "../domain/revision.ts";
import { taskStatus, workspaceStatus } from "../domain/task-status.ts";
import { isBuilding, isDeleted, latestBuild } from "../domain/workspace.ts";
import { appComplaint } from "../operations/app-complaint.ts";
import type { FoundTask } from "../operations/find.ts";
import { refuse } from "../operations/refuse.ts";

export type Answers = components["schemas"]["Answers"];

export interface Questioned extends FoundTask {
  readonly isGone: boolean;
}

/**
 * The status that each operation would answer with now, to a caller with every right and a body in order. Nothing is
 * changed, so this goes by the same checks as the operations instead of running them; a test holds the two together.
 */
export function answersFor(
  operations: { has(id: string): boolean },
  rules: RevisionRules,
  found: Questioned,
): Answers {
  if (found.isGone) {
    return { get: 404, pause: 404, resume: 404, send: 404, logs: 404, input: 404, delete: 404 };
  }
  return {
    get: found.task.workspaceId === undefined ? refuse({ kind: "no-workspace" }, rules).status : 200,
    pause: operations.has("pause-task") ? pauseAnswer(found, rules) : 404,
    resume: operations.has("resume-task") ? resumeAnswer(found, rules) : 404,
    send: sendAnswer(found, rules),
    logs: logsAnswer(found, rules),
    input: inputAnswer(found, rules),
    delete: deleteAnswer(found, rules),
  };
}

function pauseAnswer({ task, workspace }: FoundTask, rules: RevisionRules): number {
  if (task.workspaceId === undefined) return refuse({ kind: "no-workspace" }, rules).status;
  if (workspace === undefined) return refuse({ kind: "not-found" }, rules).status;
  return isBuilding(workspace) ? refuse({ kind: "build-active" }, rules).status : 202;
}

function resumeAnswer(found: FoundTask, rules: RevisionRules): number {
  const build = found.workspace && latestBuild(found.workspace);
  const status = build && workspaceStatus(build.transition, build.job.status);
  return status === "running"
    ? refuse({ kind: "already-running", status }, rules).status
    : pauseAnswer(found, rules);
}

function deleteAnswer({ workspace }: FoundTask, rules: RevisionRules): number {
  const blocked = workspace !== undefined && !isDeleted(workspace) && isBuilding(workspace);
  return blocked ? refuse({ kind: "build-active" }, rules).status : 202;
}

function inputAnswer({ workspace }: FoundTask, rules: RevisionRules): number {
  const status = taskStatus(workspace);
  return status === "paused" ? 204 : refuse({ kind: "not-paused", status }, rules).status;
}

function sendAnswer({ workspace }: FoundTask, rules: RevisionRules): number {
  const status = taskStatus(workspace);
  if (status !== "active") return refuse({ kind: "cannot-send", status }, rules).status;
  const app = workspace && latestBuild(workspace)?.agent?.app;
  const complaint = appComplaint(app, "status");
  if (complaint !== undefined) return refuse(complaint, rules).status;
  if (app?.busy === true) return refuse({ kind: "app-busy" }, rules).status;
  return app?.accepts === false ? refuse({ kind: "app-refused" }, rules).status : 204;
}

function logsAnswer({ task, workspace }: FoundTask, rules: RevisionRules): number {
  const status = taskStatus(workspace);
  if (status === "active") {
    const complaint = appComplaint(workspace && latestBuild(workspace)?.agent?.app, "messages");
    return complaint === undefined ? 200 : refuse(complaint, rules).status;
  }
  if (status === "unknown" || status === "error" || !rules.logsFromSnapshot) {
    return refuse({ kind: "logs-not-available", status }, rules).status;
  }
  const stray = task.snapshot?.messages.find(({ role }) => role !== "user" && role !== "agent");
  return stray === undefined ? 200 : refuse({ kind: "snapshot-role", role: stray.role }, rules).status;
}
