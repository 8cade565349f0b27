import { beginTurn } from "./begin-turn.ts";
import type { Task } from "./task.ts";
import type { Workspace } from "./workspace.ts";
import type { World } from "./world.ts";

/**
 * Hands an input to a free agent: it stands in the conversation at once, the agent is busy and its answer planned. What
 * the agent was still going to say before is off: it has turned to the new input.
 */
export function sendInput(
  world: World,
  task: Task,
  { workspace, input }: { workspace: Workspace; input: string },
): void {
  const turned = beginTurn({ workspace, task }, { input, opening: false }, { at: world.now, ids: world.ids });
  if (turned.task !== undefined) world.saveTask(turned.task);
  world.saveWorkspace(turned.workspace);
  // The first step of an answer, the report that work has begun, is due at once.
  world.settle(world.now);
}
