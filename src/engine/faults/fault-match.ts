import type { FaultMatch } from "../../domain/fault-plan.ts";
import { parseUuid } from "../../domain/ids.ts";
import type { World } from "../../domain/world.ts";
import { authenticateUser } from "../../operations/authenticate.ts";
import { tokenOf } from "../../operations/credentials.ts";
import { findUser, isUser, liveTask } from "../../operations/find.ts";
import type { AtOperation } from "../hooks.ts";

/** Whether a request is one that a fault is about. */
export function isMatch(match: FaultMatch, at: AtOperation, world: World): boolean {
  const { operation, method, path, user, task, headers } = match;
  const { request } = at;
  return (
    (operation === undefined || operation === at.operation.id) &&
    (method === undefined || method === request.method) &&
    (path === undefined || fits(path, request.path)) &&
    headers.every(([name, value]) => fits(value, headerOf(request, name))) &&
    (user === undefined || isCaller(user, at, world)) &&
    (task === undefined || isTask(task, at, world))
  );
}

function headerOf({ headers }: AtOperation["request"], name: string): string | undefined {
  return Object.hasOwn(headers, name) ? headers[name] : undefined;
}

/** Whether a text is what a pattern says, in which `*` stands for anything. Goes through the text once. */
function fits(pattern: string, text: string | undefined): boolean {
  if (text === undefined) return false;
  const [head = "", ...rest] = pattern.split("*");
  const tail = rest.pop();
  if (tail === undefined) return text === head;
  if (!text.startsWith(head) || !text.endsWith(tail)) return false;
  let from = head.length;
  for (const part of rest) {
    const found = text.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return from + tail.length <= text.length;
}

function callerOf({ request, query }: AtOperation, world: World) {
  const signed = authenticateUser(world, tokenOf({ headers: request.headers, query }));
  return signed.ok ? signed.who : undefined;
}

function isCaller(nameOrId: string, at: AtOperation, world: World): boolean {
  const caller = callerOf(at, world);
  return caller !== undefined && isUser(caller, nameOrId);
}

/** A path names a task by id or by name, and so does a fault: all four ways mean the same. */
function isTask(nameOrId: string, at: AtOperation, world: World): boolean {
  const inPath = at.path["task"];
  if (inPath === undefined) return false;
  const wantedId = parseUuid(nameOrId);
  const pathId = parseUuid(inPath);
  if (wantedId !== undefined && pathId !== undefined) return wantedId === pathId;
  if (pathId !== undefined) return isSameName(liveTask(world, pathId)?.name, nameOrId);
  return wantedId === undefined ? isSameName(inPath, nameOrId) : idOfTask(at, world, inPath) === wantedId;
}

function idOfTask(at: AtOperation, world: World, name: string): string | undefined {
  const caller = callerOf(at, world);
  const owner = caller && findUser(world, caller, at.path["user"] ?? "");
  return owner?.ok === true ? world.taskNamed(owner.value.id, name)?.id : undefined;
}

function isSameName(one: string | undefined, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}
