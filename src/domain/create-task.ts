import type { Preset, Template, TemplateVersion, User } from "./directory.ts";
import { asId } from "./ids.ts";
import { startBuild } from "./start-build.ts";
import type { Task } from "./task.ts";
import { generateDisplayName, generateFreeName } from "./task-name.ts";
import type { Workspace } from "./workspace.ts";
import type { World } from "./world.ts";

export interface TaskOrder {
  readonly owner: User;
  readonly initiator: User;
  readonly template: Template;
  readonly version: TemplateVersion;
  readonly preset: Preset | undefined;
  readonly prompt: string;
  readonly name: string;
  readonly displayName: string;
}

/**
 * Names as the provider gives them: what was asked for is taken as is; what is missing is generated, the display name
 * from the prompt even when a name was given. Undefined when the owner has the name in use.
 */
export function chooseNames(
  world: World,
  { name, displayName, prompt, owner }: Pick<TaskOrder, "name" | "displayName" | "prompt" | "owner">,
): Pick<TaskOrder, "name" | "displayName"> | undefined {
  const isTaken = (candidate: string) => world.isNameTaken(owner.id, candidate);
  if (name === "") {
    const generated = generateFreeName(prompt, world.ids, isTaken);
    return generated && { name: generated.name, displayName: displayName || generated.displayName };
  }
  return isTaken(name)
    ? undefined
    : { name, displayName: displayName || generateDisplayName(prompt, world.ids) };
}

/** Makes a task with its workspace of the same name and the first start build. The caller has checked every right. */
export function createTask(
  world: World,
  order: TaskOrder,
): { readonly task: Task; readonly workspace: Workspace } {
  const taskId = asId<Task["id"]>(world.ids.next("task"));
  const workspaceId = asId<Workspace["id"]>(world.ids.next("workspace"));
  const empty: Workspace = {
    id: workspaceId,
    name: order.name,
    ownerId: order.owner.id,
    organizationId: order.template.organizationId,
    templateId: order.template.id,
    taskId,
    createdAt: world.now,
    updatedAt: world.now,
    builds: [],
    statuses: [],
    sharedWith: [],
    durations: order.template.durations,
    behaviour: order.template.behaviour,
    due: [],
  };
  const presetId = order.preset === undefined ? {} : { presetId: order.preset.id };
  const { workspace } = startBuild(world, empty, {
    transition: "start",
    reason: "initiator",
    initiatorId: order.initiator.id,
    prompt: order.prompt,
    templateVersionId: order.version.id,
    ...presetId,
  });
  const task: Task = {
    id: taskId,
    name: order.name,
    displayName: order.displayName,
    ownerId: order.owner.id,
    organizationId: order.template.organizationId,
    templateVersionId: order.version.id,
    ...presetId,
    prompt: order.prompt,
    workspaceId,
    createdAt: world.now,
    conversation: [],
  };
  world.add(task, workspace);
  return { task, workspace };
}
