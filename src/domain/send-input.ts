import { addMessage, withApp } from "./apply-step.ts";
import { drawDurations } from "./due.ts";
import { planReply } from "./lifecycle-plan.ts";
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
  const busy = withApp({ workspace, task }, world.now, (app) => ({ ...app, busy: true })).workspace;
  const of = `${workspace.id}/${task.conversation.length}`;
  const durations = drawDurations(workspace.durations, { ids: world.ids, of });
  world.saveTask(addMessage(task, { role: "user", content: input, at: world.now }));
  world.saveWorkspace({ ...busy, due: planReply(world.now, durations, input) });
  // The first step of an answer, the report that work has begun, is due at once.
  world.settle(world.now);
}
