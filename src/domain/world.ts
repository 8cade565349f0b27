import type { Agent } from "./agent.ts";
import type { Clock } from "./clock.ts";
import { pendingIn } from "./due-queue.ts";
import type { FaultPlan } from "./fault-plan.ts";
import { IdSource } from "./id-source.ts";
import type { TaskId, UserId, WorkspaceId } from "./ids.ts";
import type { Instant } from "./instant.ts";
import { Lifecycle, type Observe } from "./lifecycle.ts";
import type { Pair } from "./pair.ts";
import { type RevisionRules, revisionRules } from "./revision.ts";
import type { Task } from "./task.ts";
import { isDeleted, latestBuild, type Workspace } from "./workspace.ts";
import type { IdOrigin, WorldSettings, WorldStart } from "./world-start.ts";
import { WorldTables } from "./world-tables.ts";
import { worldAgentToken } from "./world-token.ts";

/** What of a world never changes by itself. */
export type Directory = Pick<
  WorldTables,
  | "organizations"
  | "users"
  | "tokens"
  | "templates"
  | "userNamed"
  | "organizationNamed"
  | "templateOfVersion"
  | "saveToken"
>;

/**
 * One complete private state. All that operations read and write, and the only mutable thing in the domain.
 *
 * What is due happens when somebody looks: a task or workspace is brought up to now when it is read, and all of them when
 * all are. Nothing can be seen before it is brought up to now, and what happens in one workspace draws on nothing that
 * happens in another, so nobody can tell this from a world where everything happens at its instant.
 */
export class World {
  readonly settings: WorldSettings;
  readonly start: WorldStart;
  readonly ids: IdSource;
  readonly clock: Clock;
  /** What is planned to go wrong in it. The world has no part in that: it only keeps the plans with the state. */
  faults: readonly FaultPlan[];
  readonly #tables: WorldTables;
  readonly #lifecycle: Lifecycle;
  #now: Instant;
  #version = 0;

  constructor(start: WorldStart, settings: WorldSettings, clock: Clock) {
    this.start = start;
    this.settings = settings;
    this.#tables = new WorldTables(start.tables);
    this.ids = new IdSource(idRootOf(this.idOrigin), start.counters);
    this.#lifecycle = new Lifecycle(start.pending, {
      tables: this.#tables,
      ids: this.ids,
      save: (pair) => this.#savePair(pair),
    });
    this.clock = clock;
    this.faults = start.faults ?? [];
    this.#now = clock.read();
  }

  /** `observe` is told of every step from here on, whoever made it happen. */
  watch(observe: Observe): void {
    this.#lifecycle.observe = observe;
  }

  /** The instant up to which the world can be seen; the same all through one request. */
  get now(): Instant {
    return this.#now;
  }

  /** What its ids derive from. */
  get idOrigin(): IdOrigin {
    return this.start.idOrigin ?? this.settings;
  }

  /** Users and what they may use: nothing in it is ever due. */
  get directory(): Directory {
    return this.#tables;
  }

  /** Everything, up to now. */
  get tables(): WorldTables {
    this.#lifecycle.catchUp(this.#now);
    return this.#tables;
  }

  /** Rises with every change, so that what was derived from a state can be told from what is stale. */
  get version(): number {
    this.#lifecycle.catchUp(this.#now);
    return this.#version;
  }

  get rules(): RevisionRules {
    return revisionRules[this.settings.revision];
  }

  task(id: TaskId): Task | undefined {
    return this.#upToNow(this.#tables.tasks.get(id));
  }

  /** Names are compared without regard to case. */
  taskNamed(ownerId: UserId, name: string): Task | undefined {
    return this.#upToNow(this.#tables.taskNamed(ownerId, name));
  }

  workspace(id: WorkspaceId): Workspace | undefined {
    const workspace = this.#tables.workspaces.get(id);
    if (workspace === undefined || !this.#isDue(workspace)) return workspace;
    this.#lifecycle.catchUpOne(workspace, this.#now);
    return this.#tables.workspaces.get(id);
  }

  /** A workspace by its id, also for a while after its deletion. */
  workspaceOrDeparted(id: WorkspaceId): Workspace | undefined {
    return this.workspace(id) ?? this.#tables.departed(id);
  }

  workspaceNamed(ownerId: UserId, name: string): Workspace | undefined {
    const workspace = this.#tables.workspaceNamed(ownerId, name);
    return workspace === undefined ? undefined : this.workspace(workspace.id);
  }

  /** A workspace by its name; where none lives, the newest one that was deleted lately. */
  workspaceNamedOrDeparted(ownerId: UserId, name: string): Workspace | undefined {
    return this.workspaceNamed(ownerId, name) ?? this.#tables.departedNamed(ownerId, name);
  }

  /**
   * Whether an owner has a workspace of a name, without regard to case. Only a deletion that comes to its end frees a name,
   * so nothing else has to be brought up to now.
   */
  isNameTaken(ownerId: UserId, name: string): boolean {
    const workspace = this.#tables.workspaceNamed(ownerId, name);
    if (workspace === undefined || latestBuild(workspace)?.transition !== "delete")
      return workspace !== undefined;
    this.workspace(workspace.id);
    return this.#tables.workspaceNamed(ownerId, name) !== undefined;
  }

  /** Makes an instant now. What is due by then happens when it is looked at. */
  moveTo(instant: Instant): void {
    if (instant > this.#now) this.#now = instant;
  }

  /** Makes an instant now and lets everything happen that is due by then, in the order of its instants. */
  settle(until: Instant, observe?: Observe): void {
    this.#lifecycle.settle(until, observe);
    this.moveTo(until);
  }

  /** Lets all that is due in one workspace happen now, whenever it was due; time stands still. */
  settleWorkspace(id: WorkspaceId, observe?: Observe): void {
    this.#lifecycle.hurry(id, this.#now, observe);
  }

  /** The instant of the next thing that happens by itself; undefined when nothing is pending. */
  get nextDue(): Instant | undefined {
    this.#lifecycle.catchUp(this.#now);
    return this.#lifecycle.next;
  }

  /** Takes in a new task with its new workspace of the same name. */
  add(task: Task, workspace: Workspace): void {
    this.#version += 1;
    this.#tables.add(task, workspace);
    this.#lifecycle.enqueue(workspace);
  }

  saveTask(task: Task): void {
    this.#version += 1;
    this.#tables.saveTask(task);
  }

  saveWorkspace(workspace: Workspace): void {
    this.#version += 1;
    const before = this.#tables.workspaces.get(workspace.id);
    this.#tables.saveWorkspace(workspace);
    if (before?.due[0] !== workspace.due[0]) this.#lifecycle.enqueue(workspace);
  }

  /** The state as it is now, for another world to start from. It shares what neither of them changes. */
  capture(): WorldStart {
    const tables = new WorldTables(this.tables);
    const { defaultUserId, durations } = this.start;
    return {
      tables,
      counters: new Map(this.ids.counters),
      idOrigin: this.idOrigin,
      defaultUserId,
      durations,
      startsAt: this.#now,
      pending: pendingIn(tables.workspaces.values()),
      faults: this.faults,
    };
  }

  /** An agent's token as this world shows and takes it. */
  agentTokenText({ token }: Agent): string {
    return worldAgentToken(this.settings.worldId, token);
  }

  /** Whether a text is a token of one of its users or agents, good or not. */
  hasToken(text: string): boolean {
    if (this.#tables.tokens.get(text) !== undefined) return true;
    const builds = this.#tables.workspaceOfAgentToken(text)?.builds ?? [];
    return builds.some(({ agent }) => agent !== undefined && this.agentTokenText(agent) === text);
  }

  /** To be called after a change to users, tokens, organizations or templates. */
  touch(): void {
    this.#version += 1;
  }

  /** A finished deletion takes the workspace away, and with it the task that it belonged to. */
  retireIfDeleted(workspace: Workspace): void {
    if (!isDeleted(workspace)) return;
    this.#version += 1;
    this.#tables.dropWorkspace(workspace);
  }

  #upToNow(task: Task | undefined): Task | undefined {
    const workspace = task?.workspaceId && this.#tables.workspaces.get(task.workspaceId);
    if (task === undefined || !workspace || !this.#isDue(workspace)) return task;
    this.#lifecycle.catchUpOne(workspace, this.#now);
    return this.#tables.tasks.get(task.id);
  }

  #isDue({ due }: Workspace): boolean {
    const first = due[0];
    return first !== undefined && first.at <= this.#now;
  }

  #savePair({ workspace, task }: Pair): void {
    this.saveWorkspace(workspace);
    if (task !== undefined && task !== this.#tables.tasks.get(task.id)) this.saveTask(task);
    this.retireIfDeleted(workspace);
  }
}

function idRootOf({ seed, scenario }: IdOrigin): string {
  return `${seed}\u0000${scenario}`;
}
