import { formatInstant } from "../../domain/instant.ts";
import { type Seen, seeTask, type TaskCondition, unmet } from "../../domain/task-condition.ts";
import type { WorldHost } from "../../engine/worlds/world-host.ts";
import { type FoundTask, workspaceOf } from "../../operations/find.ts";
import { handled, type Reply, refused } from "../../operations/reply.ts";
import type { AdminContext } from "../admin-context.ts";
import type { AdminTaskCall } from "../admin-operation.ts";
import { badRequest, conflict } from "../complain.ts";
import { holdAnswer } from "../hold-answer.ts";
import { presentTask } from "./present-task.ts";
import { conditionFrom } from "./task-condition-from.ts";

/** `POST /tasks/{task}/wait`. */
export function waitForTask({ host }: AdminContext, call: AdminTaskCall): Reply | Promise<Reply> {
  const condition = conditionFrom(call.fields);
  if (condition === undefined) {
    const detail = 'expected at least one of "status", "state", "logs_count" and "deleted"';
    return badRequest("Say what the task is to be.", [{ field: "body", detail }]);
  }
  const { world } = host;
  let latest: FoundTask = call;
  return holdAnswer(host, call, {
    check() {
      const seen = seeTask(world, call.task);
      if (!seen.deleted) latest = foundAgain(host, call);
      if (unmet(condition, seen).length === 0) return handled(200, asSeen(host, latest, seen));
      return seen.deleted ? gone(call, condition) : undefined;
    },
    late: (within) => tooLate(host, { call, condition, within }),
  });
}

function foundAgain({ world }: WorldHost, { task }: FoundTask): FoundTask {
  const now = world.task(task.id) ?? task;
  return { task: now, workspace: workspaceOf(world, now) };
}

/** One that is gone for good shows as it was last seen; nothing that was planned for it comes any more. */
function asSeen(host: WorldHost, found: FoundTask, { deleted }: Seen) {
  const view = presentTask(host, found);
  return deleted ? { ...view, due: [] } : view;
}

function gone({ task }: FoundTask, condition: TaskCondition): Reply {
  return conflict(
    `Task ${JSON.stringify(task.name)} was deleted while the answer waited.`,
    `It is gone for good, so it can never be ${wanted(condition)}. To wait for that, ask for "deleted": true alone.`,
  );
}

function wanted(condition: TaskCondition): string {
  const { status, state, logs, deleted } = condition;
  const parts = [
    ...(status === undefined ? [] : [status]),
    ...(state === undefined ? [] : [`with state ${state}`]),
    ...(logs === undefined ? [] : [`with ${logs} log entries`]),
    ...(deleted === undefined ? [] : [deleted ? "deleted" : "not deleted"]),
  ];
  return parts.join(", ");
}

function tooLate(
  host: WorldHost,
  {
    call: { task },
    condition,
    within,
  }: { readonly call: AdminTaskCall; readonly condition: TaskCondition; readonly within: string },
): Reply {
  const seen = seeTask(host.world, task);
  return refused(408, {
    message: `Task ${JSON.stringify(task.name)} was not ${wanted(condition)} within ${within}.`,
    detail: `${instead(seen)} ${whatComes(host, seen)}`,
    validations: unmet(condition, seen).map((part) => complaint(condition, seen, part)),
  });
}

function instead({ status, state, logs = 0 }: Seen): string {
  const entries = logs === 1 ? "1 log entry" : `${logs} log entries`;
  return `It is ${status}, ${state === undefined ? "without a state" : `with state ${state}`}, and has ${entries}.`;
}

function whatComes({ world }: WorldHost, { next }: Seen): string {
  if (next === undefined) return "Nothing is pending for it.";
  const coming = `Next comes ${next.step.kind}, at ${formatInstant(next.at)}.`;
  const { mode } = world.clock.setting;
  return mode === "manual"
    ? `${coming} The clock stands at ${formatInstant(world.now)} until somebody advances it: POST /__admin/clock/advance.`
    : coming;
}

function complaint(condition: TaskCondition, seen: Seen, part: keyof TaskCondition) {
  switch (part) {
    case "logs":
      return {
        field: "body/logs_count",
        detail: `expected at least ${condition.logs} entries, received ${seen.logs ?? 0}`,
      };
    case "status":
    case "state":
    case "deleted":
      return {
        field: `body/${part}`,
        detail: `expected ${condition[part]}, received ${seen[part] ?? "none"}`,
      };
  }
}
