import type { Refusal } from "../../domain/refusal.ts";
import { startBuild } from "../../domain/start-build.ts";
import { newPrompt } from "../../domain/task.ts";
import { isBuilding, type Transition, type Workspace } from "../../domain/workspace.ts";
import type { World } from "../../domain/world.ts";
import { buildRefusal } from "../build-refusal.ts";
import type { FoundCall } from "../operation.ts";
import { presentNewBuild } from "../present-build.ts";
import { refuse } from "../refuse.ts";
import { handled, type Reply } from "../reply.ts";
import { shapes } from "../shape.ts";
import { chooseBuild, chooseVersion } from "./choose-build.ts";
import { readBuildOrder } from "./read-build-order.ts";

/**
 * `POST /workspaces/{workspace}/builds`: a build like those of pause, resume and delete. A start takes what runs already, too.
 * The task stays visible until a delete build is through.
 */
export function createWorkspaceBuild(world: World, call: FoundCall<Workspace>): Reply {
  const { caller, found: workspace } = call;
  const asked = readBuildOrder(call, world.rules);
  if (!asked.ok) return refuse(asked.refusal, world.rules);
  const { transition, reason } = asked.value;
  const version = chooseVersion(world, call, asked.value);
  if (!version.ok) return refuse(version.refusal, world.rules);
  const refusal = buildRefusal(busy(workspace), { caller, workspace, transition });
  if (refusal !== undefined) return refuse(refusal, world.rules);
  const choice = chooseBuild(world, workspace, { version: version.value, asked: asked.value });
  if (!choice.ok) return refuse(choice.refusal, world.rules);
  const started = startBuild(world, workspace, {
    transition,
    reason,
    initiatorId: caller.id,
    prompt: promptFor(world, workspace, transition),
    ...choice.value,
  });
  world.saveWorkspace(started.workspace);
  return handled(201, presentNewBuild(world, started, shapes[world.settings.profile]));
}

function busy(workspace: Workspace): Refusal | undefined {
  return isBuilding(workspace) ? { kind: "build-active" } : undefined;
}

/** What a start sets the agent to work on, as a resume would. */
function promptFor(world: World, { taskId }: Workspace, transition: Transition): string | undefined {
  const task = taskId === undefined ? undefined : world.task(taskId);
  const isAlive = task !== undefined && task.deletedAt === undefined;
  return transition === "start" && isAlive ? newPrompt(task) : undefined;
}
