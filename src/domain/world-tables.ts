import type { Organization, SessionToken, Template, TemplateVersion, User } from "./directory.ts";
import type {
  AgentId,
  BuildId,
  OrganizationId,
  TaskId,
  TemplateId,
  TemplateVersionId,
  UserId,
  WorkspaceId,
} from "./ids.ts";
import { LayeredMap } from "./layered-map.ts";
import {
  shiftOrganization,
  shiftTask,
  shiftTemplate,
  shiftToken,
  shiftUser,
  shiftWorkspace,
} from "./shift.ts";
import type { Task } from "./task.ts";
import { type Build, isDeleted, type Workspace } from "./workspace.ts";
import { agentTokenKey } from "./world-token.ts";

/** Everything that a world holds, with the indexes that its look-ups need. */
export class WorldTables {
  readonly organizations: LayeredMap<OrganizationId, Organization>;
  readonly users: LayeredMap<UserId, User>;
  readonly tokens: LayeredMap<string, SessionToken>;
  readonly templates: LayeredMap<TemplateId, Template>;
  readonly tasks: LayeredMap<TaskId, Task>;
  readonly workspaces: LayeredMap<WorkspaceId, Workspace>;
  readonly #userByName: LayeredMap<string, UserId>;
  readonly #templateByVersion: LayeredMap<TemplateVersionId, TemplateId>;
  readonly #taskByName: LayeredMap<string, TaskId>;
  readonly #workspaceByName: LayeredMap<string, WorkspaceId>;
  readonly #workspaceByAgentToken: LayeredMap<string, WorkspaceId>;
  /** By the ids of its builds and agents, made when it is first needed: who only makes tasks shall not pay for it. */
  #workspaceByPart: LayeredMap<BuildId | AgentId, WorkspaceId> | undefined;
  /** The workspaces that were deleted last: whoever followed the deletion still wants to see its end. */
  readonly #departed: LayeredMap<WorkspaceId, Workspace>;

  /**
   * Empty, or a fork of other tables: an independent copy that shares what does not change. `by`: milliseconds by which
   * every instant of the copy lies later; what these change is made when it is first looked at.
   */
  constructor(from?: WorldTables, by = 0) {
    this.organizations = moved(from?.organizations, by, shiftOrganization);
    this.users = moved(from?.users, by, shiftUser);
    this.tokens = moved(from?.tokens, by, shiftToken);
    this.templates = moved(from?.templates, by, shiftTemplate);
    this.tasks = moved(from?.tasks, by, shiftTask);
    this.workspaces = moved(from?.workspaces, by, shiftWorkspace);
    this.#userByName = forked(from === undefined ? undefined : from.#userByName);
    this.#templateByVersion = forked(from === undefined ? undefined : from.#templateByVersion);
    this.#taskByName = forked(from === undefined ? undefined : from.#taskByName);
    this.#workspaceByName = forked(from === undefined ? undefined : from.#workspaceByName);
    this.#workspaceByAgentToken = forked(from === undefined ? undefined : from.#workspaceByAgentToken);
    this.#workspaceByPart = from === undefined ? undefined : from.#workspaceByPart?.fork();
    this.#departed = moved(from === undefined ? undefined : from.#departed, by, shiftWorkspace);
  }

  saveOrganization(organization: Organization): void {
    this.organizations.set(organization.id, organization);
  }

  saveUser(user: User): void {
    this.users.set(user.id, user);
    this.#userByName.set(user.username.toLowerCase(), user.id);
  }

  saveToken(token: SessionToken): void {
    this.tokens.set(token.text, token);
  }

  saveTemplate(template: Template): void {
    this.templates.set(template.id, template);
    for (const version of template.versions) this.#templateByVersion.set(version.id, template.id);
  }

  /** A new task with its new workspace, which bear one name. */
  add(task: Task, workspace: Workspace): void {
    const name = ownedName(task);
    this.tasks.set(task.id, task);
    this.workspaces.set(workspace.id, workspace);
    this.#indexParts(workspace, undefined);
    this.#taskByName.set(name, task.id);
    this.#workspaceByName.set(name, workspace.id);
  }

  /** A task never changes its name or owner; only its deletion changes what its name means. */
  saveTask(task: Task): void {
    const before = this.tasks.get(task.id);
    this.tasks.set(task.id, task);
    if (before !== undefined && before.deletedAt === task.deletedAt) return;
    const name = ownedName(task);
    if (task.deletedAt === undefined) this.#taskByName.set(name, task.id);
    else if (this.#taskByName.get(name) === task.id) this.#taskByName.delete(name);
  }

  /** As with tasks: a workspace's name means it until it is deleted. */
  saveWorkspace(workspace: Workspace): void {
    const before = this.workspaces.get(workspace.id);
    this.workspaces.set(workspace.id, workspace);
    const token = workspace.builds.at(-1)?.agent?.token;
    if (token !== undefined) this.#workspaceByAgentToken.set(agentTokenKey(token), workspace.id);
    this.#indexParts(workspace, before);
    if (before !== undefined && isDeleted(before) === isDeleted(workspace)) return;
    const name = ownedName(workspace);
    if (!isDeleted(workspace)) this.#workspaceByName.set(name, workspace.id);
    else if (this.#workspaceByName.get(name) === workspace.id) this.#workspaceByName.delete(name);
  }

  /**
   * Takes away a workspace whose deletion is through, and forgets the task that it belonged to. Of the workspaces the last
   * ones can still be looked up as departed.
   */
  dropWorkspace(workspace: Workspace): void {
    this.workspaces.delete(workspace.id);
    this.#depart(workspace);
    if (this.#workspaceByName.get(ownedName(workspace)) === workspace.id) {
      this.#workspaceByName.delete(ownedName(workspace));
    }
    for (const build of workspace.builds) {
      if (build.agent !== undefined) this.#workspaceByAgentToken.delete(agentTokenKey(build.agent.token));
    }
    const task = workspace.taskId === undefined ? undefined : this.tasks.get(workspace.taskId);
    if (task === undefined) return;
    this.tasks.delete(task.id);
    if (this.#taskByName.get(ownedName(task)) === task.id) this.#taskByName.delete(ownedName(task));
  }

  /** Usernames, task names and workspace names are compared without regard to case. */
  userNamed(username: string): User | undefined {
    return lookUp(this.users, this.#userByName.get(username.toLowerCase()));
  }

  organizationNamed(name: string): Organization | undefined {
    for (const organization of this.organizations.values()) {
      if (organization.name.toLowerCase() === name.toLowerCase()) return organization;
    }
    return undefined;
  }

  templateOfVersion(
    id: TemplateVersionId,
  ): { readonly template: Template; readonly version: TemplateVersion } | undefined {
    const template = lookUp(this.templates, this.#templateByVersion.get(id));
    const version = template?.versions.find((candidate) => candidate.id === id);
    return template === undefined || version === undefined ? undefined : { template, version };
  }

  taskNamed(ownerId: UserId, name: string): Task | undefined {
    return lookUp(this.tasks, this.#taskByName.get(ownedName({ ownerId, name })));
  }

  workspaceNamed(ownerId: UserId, name: string): Workspace | undefined {
    return lookUp(this.workspaces, this.#workspaceByName.get(ownedName({ ownerId, name })));
  }

  /** The workspace that a build or agent belongs to, deleted lately or not at all. */
  workspaceOfPart(id: BuildId | AgentId): WorkspaceId | undefined {
    this.#workspaceByPart ??= this.#indexOfParts();
    return this.#workspaceByPart.get(id);
  }

  /** A workspace that was deleted lately. */
  departed(id: WorkspaceId): Workspace | undefined {
    return this.#departed.get(id);
  }

  /** Of the workspaces of a name that were deleted lately the one that was made last. */
  departedNamed(ownerId: UserId, name: string): Workspace | undefined {
    const wanted = ownedName({ ownerId, name });
    let newest: Workspace | undefined;
    for (const workspace of this.#departed.values()) {
      if (ownedName(workspace) !== wanted) continue;
      if (newest === undefined || workspace.createdAt >= newest.createdAt) newest = workspace;
    }
    return newest;
  }

  #depart(workspace: Workspace): void {
    this.#departed.set(workspace.id, workspace);
    if (this.#departed.size <= keptDepartures) return;
    const oldest = this.#departed.values().next().value;
    if (oldest === undefined) return;
    this.#departed.delete(oldest.id);
    for (const part of partsOf(oldest.builds)) this.#workspaceByPart?.delete(part);
  }

  #indexOfParts(): LayeredMap<BuildId | AgentId, WorkspaceId> {
    const index = new LayeredMap<BuildId | AgentId, WorkspaceId>();
    for (const { id, builds } of [...this.workspaces.values(), ...this.#departed.values()]) {
      for (const part of partsOf(builds)) index.set(part, id);
    }
    return index;
  }

  #indexParts(workspace: Workspace, before: Workspace | undefined): void {
    if (this.#workspaceByPart === undefined) return;
    const [latest, known] = [workspace.builds.at(-1), before?.builds.at(-1)];
    if (latest?.id === known?.id && latest?.agent?.id === known?.agent?.id) return;
    // Only the last build, and the one that was the last before, can have changed.
    const from = before === undefined ? 0 : Math.max(0, before.builds.length - 1);
    for (const part of partsOf(workspace.builds.slice(from))) this.#workspaceByPart.set(part, workspace.id);
  }

  /** The workspace in which an agent with this token was started last, whatever became of it since. */
  workspaceOfAgentToken(token: string): Workspace | undefined {
    return lookUp(this.workspaces, this.#workspaceByAgentToken.get(agentTokenKey(token)));
  }
}

/** How many deleted workspaces can still be looked up. */
const keptDepartures = 50;

function* partsOf(builds: readonly Build[]): Generator<BuildId | AgentId> {
  for (const { id, agent } of builds) {
    yield id;
    if (agent !== undefined) yield agent.id;
  }
}

function moved<Key, Value>(
  map: LayeredMap<Key, Value> | undefined,
  by: number,
  shift: (value: Value, by: number) => Value,
): LayeredMap<Key, Value> {
  return map === undefined || by === 0 ? forked(map) : map.shifted((value) => shift(value, by));
}

function forked<Key, Value>(map: LayeredMap<Key, Value> | undefined): LayeredMap<Key, Value> {
  return map === undefined ? new LayeredMap() : map.fork();
}

function lookUp<Key, Value>(table: LayeredMap<Key, Value>, key: Key | undefined): Value | undefined {
  return key === undefined ? undefined : table.get(key);
}

function ownedName({ ownerId, name }: { readonly ownerId: UserId; readonly name: string }): string {
  return `${ownerId}/${name.toLowerCase()}`;
}
