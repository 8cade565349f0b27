import { applyStep } from "./apply-step.ts";
import type { Due } from "./due.ts";
import { DueQueue } from "./due-queue.ts";
import type { IdSource } from "./id-source.ts";
import type { WorkspaceId } from "./ids.ts";
import type { Instant } from "./instant.ts";
import type { Pair } from "./pair.ts";
import type { Workspace } from "./workspace.ts";
import type { WorldStart } from "./world-start.ts";
import type { WorldTables } from "./world-tables.ts";

/** A step that has happened, with the workspace and task on either side of it. */
export interface Fired {
  readonly due: Due;
  readonly before: Pair;
  readonly after: Pair;
}

export type Observe = (fired: Fired) => void;

/** The world that steps happen in. */
interface Place {
  readonly tables: Pick<WorldTables, "tasks" | "workspaces">;
  readonly ids: IdSource;
  save(pair: Pair): void;
}

/** Lets the steps that are due in a world happen: all of them in order, or those of one workspace in one go. */
export class Lifecycle {
  readonly #place: Place;
  readonly #queue: DueQueue;
  /** Is told of every step, whoever made it happen. */
  observe: Observe = ignore;

  constructor(pending: WorldStart["pending"], place: Place) {
    this.#place = place;
    this.#queue = new DueQueue(pending);
  }

  /** To be called when the first step of a workspace is another than before. */
  enqueue({ id, due }: Workspace): void {
    const first = due[0];
    if (first !== undefined) this.#queue.push(first.at, id);
  }

  /** Everything that is due by an instant, in the order of its instants. */
  settle(until: Instant, observe: Observe = ignore): void {
    for (let first = this.#queue.first; first !== undefined && first.at <= until; first = this.#queue.first) {
      this.#queue.pop();
      const workspace = this.#workspace(first.workspaceId);
      if (workspace?.due[0]?.at === first.at) this.#fire(workspace, first.at, observe);
    }
  }

  /** The same, workspace by workspace: faster, for whom the order is of no account. */
  catchUp(now: Instant): void {
    for (let first = this.#queue.first; first !== undefined && first.at <= now; first = this.#queue.first) {
      this.#queue.pop();
      const workspace = this.#workspace(first.workspaceId);
      if (workspace !== undefined) this.catchUpOne(workspace, now);
    }
  }

  /** Brings a workspace and its task up to now in one go. */
  catchUpOne(workspace: Workspace, now: Instant): void {
    const [first] = workspace.due;
    if (first === undefined || first.at > now) return;
    let pair = this.#pairOf(workspace);
    for (let due: Due | undefined = first; due !== undefined && due.at <= now; due = pair.workspace.due[0]) {
      pair = this.#apply(pair, due);
    }
    this.#place.save(pair);
  }

  /** All that is due in one workspace happens at an instant, whenever it was due. */
  hurry(id: WorkspaceId, at: Instant, observe: Observe = ignore): void {
    for (;;) {
      const workspace = this.#workspace(id);
      if (workspace === undefined || workspace.due.length === 0) return;
      this.#fire(workspace, at, observe);
    }
  }

  /** The instant of the first step that is due; undefined when there is none. */
  get next(): Instant | undefined {
    for (let first = this.#queue.first; first !== undefined; first = this.#queue.first) {
      if (this.#workspace(first.workspaceId)?.due[0]?.at === first.at) return first.at;
      this.#queue.pop();
    }
    return undefined;
  }

  #workspace(id: WorkspaceId): Workspace | undefined {
    return this.#place.tables.workspaces.get(id);
  }

  #fire(workspace: Workspace, at: Instant, observe: Observe): void {
    const [due] = workspace.due;
    if (due === undefined) return;
    const before = this.#pairOf(workspace);
    const after = this.#apply(before, { at, step: due.step });
    this.#place.save(after);
    observe({ due: { at, step: due.step }, before, after });
  }

  /** The pair after its first due step, taken at an instant; saved by nobody yet. */
  #apply(before: Pair, due: Due): Pair {
    const { workspace } = before;
    const left = { ...before, workspace: { ...workspace, due: workspace.due.slice(1) } };
    const after = applyStep(left, due.step, { at: due.at, ids: this.#place.ids });
    this.observe({ due, before, after });
    return after;
  }

  #pairOf(workspace: Workspace): Pair {
    const { taskId } = workspace;
    return { workspace, task: taskId === undefined ? undefined : this.#place.tables.tasks.get(taskId) };
  }
}

function ignore(): void {
  // Nobody watches.
}
