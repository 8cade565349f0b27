import type { components } from "../contract/generated/admin.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { RevisionRules } from "../domain/revision.ts";
import type { FoundTask } from "../operations/find.ts";
import {
  deleteObstacle,
  inputObstacle,
  logsObstacle,
  pauseObstacle,
  resumeObstacle,
  sendObstacle,
} from "../operations/obstacles.ts";
import { refuse } from "../operations/refuse.ts";

type Answers = components["schemas"]["Answers"];

interface Questioned extends FoundTask {
  readonly isGone: boolean;
}

/**
 * The status that each operation would answer with now, to a caller with every right and a body in order. Nothing is
 * changed: this asks for the obstacles that the operations themselves ask for.
 */
export function answersFor(
  operations: { has(id: string): boolean },
  rules: RevisionRules,
  found: Questioned,
): Answers {
  if (found.isGone) {
    return { get: 404, pause: 404, resume: 404, send: 404, logs: 404, input: 404, delete: 404 };
  }
  const status = (obstacle: Refusal | undefined, otherwise: number) =>
    obstacle === undefined ? otherwise : refuse(obstacle, rules).status;
  return {
    get: status(found.task.workspaceId === undefined ? { kind: "no-workspace" } : undefined, 200),
    pause: operations.has("pause-task") ? status(pauseObstacle(found), 202) : 404,
    resume: operations.has("resume-task") ? status(resumeObstacle(found), 202) : 404,
    send: status(sendObstacle(found), 204),
    logs: status(logsObstacle(found, rules), 200),
    input: status(inputObstacle(found), 204),
    delete: status(deleteObstacle(found), 202),
  };
}
