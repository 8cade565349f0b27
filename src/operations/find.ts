import { canRead, canReadUser } from "../domain/access.ts";
import type { User } from "../domain/directory.ts";
import { asId, parseUuid } from "../domain/ids.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { Task } from "../domain/task.ts";
import type { Workspace } from "../domain/workspace.ts";
import type { World } from "../domain/world.ts";

/** What a path names, or why not. */
export type Found<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * The user that a path names. An unknown one is a 400 and one that the caller may not see a 404, so callers can tell
 * them apart, as they can at the provider.
 */
export function findUser(world: World, caller: User, text: string): Found<User> {
  if (text === "me") return { ok: true, value: caller };
  const uuid = parseUuid(text);
  const user = uuid === undefined ? world.directory.userNamed(text) : world.directory.users.get(asId(uuid));
  if (user === undefined) return { ok: false, refusal: { kind: "unknown-user", queried: text } };
  return canReadUser(caller, user) ? { ok: true, value: user } : notFound;
}

/** Whether a user is the one that a text names: by id in any spelling, or by username in any case. */
export function isUser({ id, username }: User, nameOrId: string): boolean {
  return id === parseUuid(nameOrId) || username.toLowerCase() === nameOrId.toLowerCase();
}

export interface FoundTask {
  readonly task: Task;
  readonly workspace: Workspace | undefined;
}

/**
 * The task that a path names. By id, whoever owns it and whatever user the path names; else by name among that user's
 * tasks. What the caller may not see is not found.
 */
export function findTask(
  world: World,
  by: { readonly caller: User; readonly user: User },
  text: string,
): Found<FoundTask> {
  const uuid = parseUuid(text);
  const byId = uuid === undefined ? undefined : liveTask(world, uuid);
  const task = byId ?? world.taskNamed(by.user.id, text);
  if (task === undefined) return notFound;
  const workspace = workspaceOf(world, task);
  return canRead(by.caller, task, workspace) ? { ok: true, value: { task, workspace } } : notFound;
}

/** A task by id, unless it is deleted. */
export function liveTask(world: World, uuid: string): Task | undefined {
  const task = world.task(asId(uuid));
  return task?.deletedAt === undefined ? task : undefined;
}

export function workspaceOf(world: World, task: Task): Workspace | undefined {
  return task.workspaceId === undefined ? undefined : world.workspace(task.workspaceId);
}

/** The id that a path gives, where only ids are keys. A text that is none is a 400, as at the provider. */
export function readId(text: string): Found<string> {
  const uuid = parseUuid(text);
  return uuid === undefined ? { ok: false, refusal: { kind: "bad-uuid", text } } : { ok: true, value: uuid };
}

export const notFound = { ok: false, refusal: { kind: "not-found" } } as const;
