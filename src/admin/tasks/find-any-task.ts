import { asId, parseUuid } from "../../domain/ids.ts";
import type { Task } from "../../domain/task.ts";
import type { World } from "../../domain/world.ts";
import { type FoundTask, workspaceOf } from "../../operations/find.ts";
import type { Reply } from "../../operations/reply.ts";
import { conflict, notFound } from "../complain.ts";

type AnyTask =
  | { readonly ok: true; readonly found: FoundTask }
  | { readonly ok: false; readonly reply: Reply };

/**
 * The task that a path means, whoever owns it: by id, also while it is being deleted; by `owner:name`; or by a name that
 * only one owner has a task of.
 */
export function findAnyTask(world: World, text: string): AnyTask {
  const uuid = parseUuid(text);
  const byId = uuid === undefined ? undefined : world.task(asId(uuid));
  if (byId !== undefined) return found(world, byId);
  const named = text.includes(":") ? ownedBy(world, text) : tasksNamed(world, text);
  const [task, other] = named;
  if (task === undefined) {
    const message = `There is no task ${JSON.stringify(text)}.`;
    const detail = "Name a task by id, by owner:name, or by name. GET /__admin/tasks lists them.";
    return { ok: false, reply: notFound(message, detail) };
  }
  if (other !== undefined) return { ok: false, reply: ambiguous(world, text, named) };
  return found(world, task);
}

function found(world: World, task: Task): AnyTask {
  return { ok: true, found: { task, workspace: workspaceOf(world, task) } };
}

function ownedBy(world: World, text: string): readonly Task[] {
  const split = text.indexOf(":");
  const owner = world.directory.userNamed(text.slice(0, split));
  const task = owner && world.tables.taskNamed(owner.id, text.slice(split + 1));
  return task === undefined ? [] : [task];
}

function tasksNamed(world: World, name: string): readonly Task[] {
  const tasks: Task[] = [];
  for (const user of world.directory.users.values()) {
    const task = world.tables.taskNamed(user.id, name);
    if (task !== undefined) tasks.push(task);
  }
  return tasks;
}

function ambiguous(world: World, name: string, tasks: readonly Task[]): Reply {
  const owned = tasks.map(
    (task) => `${world.directory.users.get(task.ownerId)?.username ?? ""}:${task.name}`,
  );
  return conflict(
    `${tasks.length} owners have a task named ${JSON.stringify(name)}.`,
    `Name one of ${owned.join(", ")}.`,
  );
}
