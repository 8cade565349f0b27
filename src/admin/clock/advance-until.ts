import type { components } from "../../contract/generated/admin.ts";
import { isJsonObject, type JsonObject } from "../../contract/json.ts";
import { advanceUntil } from "../../domain/advance.ts";
import { formatInstant } from "../../domain/instant.ts";
import type { Task } from "../../domain/task.ts";
import type { Seen } from "../../domain/task-condition.ts";
import type { World } from "../../domain/world.ts";
import { handled, type Reply } from "../../operations/reply.ts";
import { badRequest } from "../complain.ts";
import { textField } from "../fields.ts";
import { findAnyTask } from "../tasks/find-any-task.ts";
import { conditionFrom } from "../tasks/task-condition-from.ts";
import { readSpan } from "./clock-target.ts";
import { watched } from "./happened.ts";

/** `POST /clock/advance` with `until`. */
export function advanceUntilTask(world: World, fields: JsonObject): Reply {
  const until = isJsonObject(fields["until"]) ? fields["until"] : {};
  const condition = conditionFrom(until);
  if (condition === undefined) {
    const detail = 'expected at least one of "status", "state" and "deleted" beside "task"';
    return badRequest("Say what the task is to be.", [{ field: "body/until", detail }]);
  }
  const limit = readSpan(world, { field: "body/limit", text: textField(fields, "limit") ?? "1h" });
  if (typeof limit !== "number") return limit;
  const search = findAnyTask(world, textField(until, "task") ?? "");
  if (!search.ok) return search.reply;
  const { task } = search.found;
  const { body, result } = watched(world, (observe) =>
    advanceUntil(world, { task, condition, limit }, observe),
  );
  const { reached, seen } = result;
  const advanced: components["schemas"]["Advanced"] = {
    ...body,
    reached,
    ...(reached ? {} : { reason: whyNot(task, seen) }),
  };
  return handled(200, advanced);
}

function whyNot({ name }: Task, { status, state, deleted, next }: Seen): string {
  const task = `Task ${JSON.stringify(name)}`;
  if (deleted) return `${task} is gone for good, so it has neither status nor state.`;
  const is = `${task} is ${status}, ${state === undefined ? "without a state" : `with state ${state}`}`;
  return next === undefined
    ? `${is}, and nothing is pending for it.`
    : `${is}; its next event, at ${formatInstant(next.at)}, lies beyond the limit.`;
}
