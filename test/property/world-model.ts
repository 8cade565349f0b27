import { afterNext, type ModelTask } from "./task-model.ts";
import { currentStateOf, statusOf, workspaceStatusOf } from "./task-rules.ts";

/** A task that has to be looked at when an instant comes. */
interface Queued {
  readonly at: number;
  readonly id: string;
}

/** What a snapshot of the world keeps. */
interface State {
  readonly now: number;
  /** Oldest first, without those that are gone. */
  readonly tasks: readonly ModelTask[];
  /** How many tasks were ever made in it. */
  readonly made: number;
  /** In the order in which they were queued: a task is for each next step that it gets. One that has another by then is no longer looked at. */
  readonly queue: readonly Queued[];
}

/** Something that has happened by itself. */
export interface Happened {
  readonly at: number;
  readonly id: string;
  readonly kind: string;
  readonly before: object;
  readonly after: object;
}

const beginning: State = { now: Date.parse("2026-02-02T09:00:00Z"), tasks: [], made: 0, queue: [] };

/** A world as the tables have it: its tasks, its time, and the moments that it can go back to. */
export class WorldModel {
  readonly #snapshots = new Map<string, State>();
  /** The ids of the first, second, ... task ever made, which come again after each new beginning. */
  readonly #ids: string[] = [];
  /** Whether it is of revision 2.30. */
  readonly old: boolean;
  #state: State = beginning;

  constructor(old: boolean) {
    this.old = old;
  }

  get now(): number {
    return this.#state.now;
  }

  get tasks(): readonly ModelTask[] {
    return this.#state.tasks;
  }

  get visible(): readonly ModelTask[] {
    return this.tasks.filter(({ isDeleted }) => !isDeleted);
  }

  /** Undefined when nothing is planned. */
  get nextDue(): number | undefined {
    for (let first = this.#first; first !== undefined; first = this.#first) {
      if (this.task(first.id)?.due[0]?.at === first.at) return first.at;
      this.#dequeue(first);
    }
    return undefined;
  }

  task(id: string): ModelTask | undefined {
    return this.tasks.find((task) => task.id === id);
  }

  /** Whether the id of the task that was just made is the one that it had to get. */
  isRightId(id: string): boolean {
    const place = this.#state.made;
    this.#ids[place] ??= id;
    return this.#ids[place] === id && this.#ids.indexOf(id) === place;
  }

  add(task: ModelTask): void {
    const { tasks, made } = this.#state;
    this.#state = { ...this.#state, tasks: [...tasks, task], made: made + 1 };
    this.#enqueue(task);
  }

  /** Takes the place of the task with its id; one that is gone leaves. */
  save(task: ModelTask): void {
    const before = this.task(task.id)?.due[0];
    const tasks = this.tasks.map((one) => (one.id === task.id ? task : one));
    this.#state = { ...this.#state, tasks: tasks.filter(({ isGone }) => !isGone) };
    if (before !== task.due[0]) this.#enqueue(task);
  }

  keep(name: string): void {
    this.#snapshots.set(name, this.#state);
  }

  /** Whether there was a snapshot to go back to. Tasks are queued anew, in the order in which they were made. */
  goBack(name: string): boolean {
    const state = this.#snapshots.get(name);
    if (state === undefined) return false;
    this.#state = { ...state, queue: [] };
    for (const task of state.tasks) this.#enqueue(task);
    return true;
  }

  reset(): void {
    this.#state = beginning;
  }

  /** Puts the clock to an instant and gives what happens until then: at one instant, first what was queued first. */
  moveTo(instant: number): readonly Happened[] {
    const happened: Happened[] = [];
    for (let first = this.#first; first !== undefined && first.at <= instant; first = this.#first) {
      this.#dequeue(first);
      if (this.task(first.id)?.due[0]?.at === first.at) happened.push(this.#step(first.id, first.at));
    }
    this.#state = { ...this.#state, now: instant };
    return happened;
  }

  /** Goes to the instant of the next thing that is planned and lets happen all that falls on it. */
  goToNext(): readonly Happened[] {
    return this.moveTo(this.nextDue ?? this.now);
  }

  /** Lets all that is planned for a task happen now. */
  settle(id: string): readonly Happened[] {
    const happened: Happened[] = [];
    while ((this.task(id)?.due.length ?? 0) > 0) happened.push(this.#step(id, this.now));
    return happened;
  }

  get #first(): Queued | undefined {
    const soonest = Math.min(...this.#state.queue.map(({ at }) => at));
    return this.#state.queue.find(({ at }) => at === soonest);
  }

  #enqueue({ id, due: [next] }: ModelTask): void {
    if (next === undefined) return;
    this.#state = { ...this.#state, queue: [...this.#state.queue, { at: next.at, id }] };
  }

  #dequeue(gone: Queued): void {
    this.#state = { ...this.#state, queue: this.#state.queue.filter((one) => one !== gone) };
  }

  #step(id: string, at: number): Happened {
    const before = this.task(id);
    if (before === undefined) throw new Error(`The model has no task ${id}.`);
    const after = afterNext(before, at);
    this.save(after);
    return { at, id, kind: before.due[0]?.kind ?? "", before: sideOf(before), after: sideOf(after) };
  }
}

function sideOf(task: ModelTask): object {
  const state = currentStateOf(task)?.state;
  return {
    status: statusOf(task),
    workspace_status: workspaceStatusOf(task),
    ...(state === undefined ? {} : { state }),
  };
}
