import { applyStep } from "./apply-step.ts";
import type { Clock } from "./clock.ts";
import type { Due, Durations } from "./due.ts";
import { DueQueue } from "./due-queue.ts";
import { IdSource } from "./id-source.ts";
import type { UserId, WorkspaceId } from "./ids.ts";
import type { Instant } from "./instant.ts";
import { type Profile, type Revision, type RevisionRules, revisionRules } from "./revision.ts";
import type { Task } from "./task.ts";
import { isDeleted, type Workspace } from "./workspace.ts";
import { WorldTables } from "./world-tables.ts";

/** A checked start state. Nothing changes it; every world that starts from it works on a fork of its tables. */
export interface WorldStart {
  readonly tables: WorldTables;
  /** How often each kind of id was drawn while the state came about. */
  readonly counters: ReadonlyMap<string, number>;
  /** The user whom `--auth any` and the printed sample request stand for. */
  readonly defaultUserId: UserId | undefined;
  readonly durations: Durations;
  /** What a manual clock shows at the start. */
  readonly startsAt: Instant;
}

export interface WorldSettings {
  readonly scenario: string;
  readonly seed: string;
  readonly revision: Revision;
  readonly profile: Profile;
  /** `any`: every non-empty token is the default user's. */
  readonly auth: "strict" | "any";
}

/** A step that has happened, with the workspace and task on either side of it. */
export interface Fired {
  readonly due: Due;
  readonly before: { readonly workspace: Workspace; readonly task: Task | undefined };
  readonly after: { readonly workspace: Workspace; readonly task: Task | undefined };
}

/** One complete private state. All that operations read and write, and the only mutable thing in the domain. */
export class World {
  readonly settings: WorldSettings;
  readonly start: WorldStart;
  readonly tables: WorldTables;
  readonly ids: IdSource;
  readonly clock: Clock;
  readonly #queue = new DueQueue();
  #now: Instant;
  #version = 0;

  constructor(start: WorldStart, settings: WorldSettings, clock: Clock) {
    this.start = start;
    this.settings = settings;
    this.tables = new WorldTables(start.tables);
    this.ids = new IdSource(`${settings.seed}\u0000${settings.scenario}`, start.counters);
    this.clock = clock;
    this.#now = clock.read();
    for (const workspace of this.tables.workspaces.values()) this.#enqueue(workspace);
  }

  /** The instant up to which the world has been settled; the same all through one request. */
  get now(): Instant {
    return this.#now;
  }

  /** Rises with every change, so that what was derived from a state can be told from what is stale. */
  get version(): number {
    return this.#version;
  }

  get rules(): RevisionRules {
    return revisionRules[this.settings.revision];
  }

  /** Lets everything happen, in order, that is due up to an instant, and makes that instant now. */
  settle(until: Instant, observe?: (fired: Fired) => void): void {
    for (let first = this.#queue.first; first !== undefined && first.at <= until; first = this.#queue.first) {
      this.#queue.pop();
      const workspace = this.tables.workspaces.get(first.workspaceId);
      const due = workspace?.due[0];
      if (workspace !== undefined && due?.at === first.at)
        this.#fire(workspace, { due, at: due.at, observe });
    }
    if (until > this.#now) this.#now = until;
  }

  /** Lets all that is due in one workspace happen now, whenever it was due; time stands still. */
  settleWorkspace(id: WorkspaceId, observe?: (fired: Fired) => void): void {
    for (;;) {
      const workspace = this.tables.workspaces.get(id);
      const due = workspace?.due[0];
      if (workspace === undefined || due === undefined) return;
      this.#fire(workspace, { due, at: this.#now, observe });
    }
  }

  /** The instant of the next thing that happens by itself; undefined when nothing is pending. */
  get nextDue(): Instant | undefined {
    for (let first = this.#queue.first; first !== undefined; first = this.#queue.first) {
      if (this.tables.workspaces.get(first.workspaceId)?.due[0]?.at === first.at) return first.at;
      this.#queue.pop();
    }
    return undefined;
  }

  saveTask(task: Task): void {
    this.#version += 1;
    this.tables.saveTask(task);
  }

  saveWorkspace(workspace: Workspace): void {
    this.#version += 1;
    const before = this.tables.workspaces.get(workspace.id);
    this.tables.saveWorkspace(workspace);
    if (before?.due[0] !== workspace.due[0]) this.#enqueue(workspace);
  }

  /** To be called after a change to users, tokens, organizations or templates in `tables`. */
  touch(): void {
    this.#version += 1;
  }

  /** A finished deletion takes the workspace away, and with it the task that it belonged to. */
  retireIfDeleted(workspace: Workspace): void {
    if (!isDeleted(workspace)) return;
    this.#version += 1;
    this.tables.dropWorkspace(workspace);
  }

  #fire(
    workspace: Workspace,
    { due, at, observe }: { due: Due; at: Instant; observe: ((fired: Fired) => void) | undefined },
  ): void {
    const task = workspace.taskId === undefined ? undefined : this.tables.tasks.get(workspace.taskId);
    const before = { workspace, task };
    const pair = { workspace: { ...workspace, due: workspace.due.slice(1) }, task };
    const after = applyStep(pair, due.step, { at, ids: this.ids });
    this.saveWorkspace(after.workspace);
    if (after.task !== undefined && after.task !== task) this.saveTask(after.task);
    this.retireIfDeleted(after.workspace);
    observe?.({ due: { at, step: due.step }, before, after });
  }

  #enqueue(workspace: Workspace): void {
    const due = workspace.due[0];
    if (due !== undefined) this.#queue.push(due.at, workspace.id);
  }
}
