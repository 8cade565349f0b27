import { type Behaviour, plainBehaviour } from "../../src/domain/behaviour.ts";
import { createTask } from "../../src/domain/create-task.ts";
import { currentState } from "../../src/domain/current-state.ts";
import type { DurationSpans } from "../../src/domain/due.ts";
import { sendInput } from "../../src/domain/send-input.ts";
import { startBuild } from "../../src/domain/start-build.ts";
import type { Task } from "../../src/domain/task.ts";
import { taskStatus, workspaceStatus } from "../../src/domain/task-status.ts";
import { latestBuild, type Transition, type Workspace } from "../../src/domain/workspace.ts";
import type { World } from "../../src/domain/world.ts";
import { template, users } from "../support/world-builder.ts";

interface TaskToCreate {
  readonly prompt?: string;
  readonly name?: string;
  readonly durations?: DurationSpans;
  readonly behaviour?: Partial<Behaviour>;
}

/** A new task of the member, from the first template of test worlds. */
export function create(
  world: World,
  { prompt = "Fix the tests", name = "fix", durations = template.durations, behaviour }: TaskToCreate = {},
): Task {
  const [version] = template.versions;
  if (version === undefined) throw new Error("The template has no version.");
  return createTask(world, {
    owner: users.member,
    initiator: users.member,
    template: { ...template, durations, behaviour: { ...plainBehaviour, ...behaviour } },
    version,
    preset: undefined,
    prompt,
    name,
    displayName: "Fix",
  }).task;
}

/** A task and its workspace, up to now. */
export function read(world: World, id: Task["id"]): { readonly task: Task; readonly workspace: Workspace } {
  const task = world.tables.tasks.get(id);
  const workspace = task?.workspaceId && world.tables.workspaces.get(task.workspaceId);
  if (task === undefined || workspace === undefined) throw new Error("The task is gone.");
  return { task, workspace };
}

/** One row of the table: build number, both statuses, lifecycle, health, state, length of the conversation. */
export function row(world: World, id: Task["id"]): readonly unknown[] {
  const { task, workspace } = read(world, id);
  const build = latestBuild(workspace);
  return [
    build?.number,
    build && workspaceStatus(build.transition, build.job.status),
    taskStatus(workspace),
    build?.agent?.lifecycle,
    build?.agent?.app.health,
    currentState(workspace)?.message,
    task.conversation.length,
  ];
}

/** Orders a build, whatever the state of the task. */
export function begin(world: World, id: Task["id"], transition: Transition, prompt?: string): void {
  const { workspace } = read(world, id);
  const order = { transition, reason: "initiator", initiatorId: users.member.id, prompt } as const;
  world.saveWorkspace(startBuild(world, workspace, order).workspace);
}

/** Hands an input to the task's agent. */
export function send(world: World, id: Task["id"], input: string): void {
  const { task, workspace } = read(world, id);
  sendInput(world, task, { workspace, input });
}

/** All of a world's tasks and workspaces, to compare two worlds by. */
export function view(world: World): unknown {
  return {
    now: world.now,
    tasks: [...world.tables.tasks.values()],
    workspaces: [...world.tables.workspaces.values()],
    counters: [...world.ids.counters],
  };
}
