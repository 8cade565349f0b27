import { canRead } from "../domain/access.ts";
import type { User } from "../domain/directory.ts";
import { inOrderOfKeys, parseSearch, type SearchLanguage } from "../domain/search-query.ts";
import { taskStatus, taskStatuses } from "../domain/task-status.ts";
import type { World } from "../domain/world.ts";
import { type FoundTask, workspaceOf } from "./find.ts";
import type { CallerCall } from "./operation.ts";
import type { TaskPresenter } from "./present-task.ts";
import { firstOf } from "./query.ts";
import { refuse } from "./refuse.ts";
import { handled, type Reply } from "./reply.ts";
import { complaintsOf, organizationTerm, ownerTerm, valueIn } from "./search-terms.ts";

const language: SearchLanguage<"owner" | "organization" | "status"> = {
  keys: ["owner", "organization", "status"],
  bare: (words) => [["owner", words]],
};

interface Filter {
  readonly ownerId?: string;
  readonly organizationId?: string;
  readonly status?: string;
}

interface RememberedList {
  readonly version: number;
  readonly key: string;
  readonly body: object;
}

/**
 * `GET /tasks`: every task that the caller may read, newest first, without pages. The same answer object again while the
 * world stands still, so that a poll costs a look-up.
 */
export function createListTasks(present: TaskPresenter): (world: World, call: CallerCall) => Reply {
  const memory = new WeakMap<World, RememberedList>();
  return (world, call) => {
    // Only the first `q` counts, and nothing but `q` is read.
    const query = firstOf(call.query, "q") ?? "";
    const key = `${call.caller.id} ${query}`;
    const known = memory.get(world);
    if (known?.version === world.version && known.key === key) return handled(200, known.body);
    const filter = readFilter(world, call.caller, query);
    if (!("filter" in filter)) return filter;
    const found = selectTasks(world, call.caller, filter.filter);
    // Provider: one listed task that has no workspace fails the whole list.
    if (found.some(({ task }) => task.workspaceId === undefined)) {
      return refuse({ kind: "no-workspace" }, world.rules);
    }
    const body = listBody(world, found, present);
    memory.set(world, { version: world.version, key, body });
    return handled(200, body);
  };
}

function listBody(world: World, found: readonly FoundTask[], present: TaskPresenter): object {
  return Object.freeze({
    tasks: Object.freeze(found.map((one) => present.kept(world, one))),
    count: found.length,
  });
}

function readFilter(world: World, caller: User, query: string): Reply | { readonly filter: Filter } {
  const parsed = parseSearch(query, language);
  const { terms } = parsed;
  const owner = ownerTerm(world, caller, terms.owner);
  const organization = organizationTerm(world, caller, terms.organization);
  const unknown = complaintsOf([owner, organization]);
  const complaints = inOrderOfKeys([...unknown, ...(parsed.ok ? [] : parsed.complaints)], language);
  if (complaints.length > 0) return refuse({ kind: "bad-search", things: "task", complaints }, world.rules);
  const { status } = terms;
  // The provider hands the word to its database unchecked, which then fails on it.
  const known: readonly string[] = taskStatuses;
  if (status !== undefined && !known.includes(status))
    return refuse({ kind: "search-failed", status }, world.rules);
  const ownerId = valueIn(owner);
  const organizationId = valueIn(organization);
  return {
    filter: {
      ...(ownerId === undefined ? {} : { ownerId }),
      ...(organizationId === undefined ? {} : { organizationId }),
      ...(status === undefined ? {} : { status }),
    },
  };
}

function selectTasks(world: World, caller: User, filter: Filter): readonly FoundTask[] {
  const found: FoundTask[] = [];
  for (const task of world.tables.tasks.values()) {
    if (task.deletedAt !== undefined) continue;
    const workspace = workspaceOf(world, task);
    if (matches(filter, { task, workspace }) && canRead(caller, task, workspace))
      found.push({ task, workspace });
  }
  // The table is in order of making, oldest first; of two made at the same instant the later shows first.
  return found.reverse();
}

function matches(filter: Filter, { task, workspace }: FoundTask): boolean {
  if (filter.ownerId !== undefined && task.ownerId !== filter.ownerId) return false;
  if (filter.organizationId !== undefined && task.organizationId !== filter.organizationId) return false;
  return filter.status === undefined || taskStatus(workspace) === filter.status;
}
