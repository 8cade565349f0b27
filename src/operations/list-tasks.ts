import { canRead, canReadOrganization, canReadUser } from "../domain/access.ts";
import type { User } from "../domain/directory.ts";
import { parseUuid } from "../domain/ids.ts";
import { parseSearch, type SearchComplaint, type SearchTerms, searchKeys } from "../domain/search-query.ts";
import { taskStatus, taskStatuses } from "../domain/task-status.ts";
import type { World } from "../domain/world.ts";
import { type FoundTask, workspaceOf } from "./find.ts";
import type { CallerCall } from "./operation.ts";
import type { TaskPresenter } from "./present-task.ts";
import { refuse } from "./refuse.ts";
import { handled, type Reply } from "./reply.ts";

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
    const query = call.query.find(([name]) => name === "q")?.[1] ?? "";
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
  const parsed = parseSearch(query);
  const owner = ownerId(world, caller, parsed.terms);
  const organization = organizationId(world, caller, parsed.terms);
  const unknown = [owner, organization].filter((part) => part !== undefined && typeof part !== "string");
  const complaints = knownFirst([...unknown, ...(parsed.ok ? [] : parsed.complaints)]);
  if (complaints.length > 0) return refuse({ kind: "bad-search", complaints }, world.rules);
  const { status } = parsed.terms;
  // The provider hands the word to its database unchecked, which then fails on it.
  const known: readonly string[] = taskStatuses;
  if (status !== undefined && !known.includes(status))
    return refuse({ kind: "search-failed", status }, world.rules);
  return {
    filter: {
      ...(typeof owner === "string" ? { ownerId: owner } : {}),
      ...(typeof organization === "string" ? { organizationId: organization } : {}),
      ...(status === undefined ? {} : { status }),
    },
  };
}

/** Complaints about known keys in the keys' order, then those about keys that nobody knows. */
function knownFirst(complaints: readonly SearchComplaint[]): readonly SearchComplaint[] {
  const known: readonly string[] = searchKeys;
  const rank = ({ field }: SearchComplaint) => (known.includes(field) ? known.indexOf(field) : known.length);
  return complaints.toSorted((one, other) => rank(one) - rank(other));
}

function ownerId(world: World, caller: User, { owner }: SearchTerms): string | SearchComplaint | undefined {
  if (owner === undefined) return undefined;
  if (owner === "me") return caller.id;
  const uuid = parseUuid(owner);
  if (uuid !== undefined) return uuid;
  const user = world.directory.userNamed(owner);
  if (user !== undefined && canReadUser(caller, user)) return user.id;
  return {
    field: "owner",
    detail: `User ${JSON.stringify(owner)} either does not exist, or you are not authorized to view them`,
  };
}

function organizationId(
  world: World,
  caller: User,
  terms: SearchTerms,
): string | SearchComplaint | undefined {
  const name = terms.organization;
  if (name === undefined) return undefined;
  const uuid = parseUuid(name);
  if (uuid !== undefined) return uuid;
  const organization = world.directory.organizationNamed(name);
  if (organization !== undefined && canReadOrganization(caller, organization.id)) return organization.id;
  return {
    field: "organization",
    detail: `Organization ${JSON.stringify(name)} either does not exist, or you are not authorized to view it`,
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
