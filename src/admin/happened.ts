import type { components } from "../contract/generated/admin.ts";
import { currentState } from "../domain/current-state.ts";
import { formatInstant } from "../domain/instant.ts";
import { taskStatus, workspaceStatus } from "../domain/task-status.ts";
import { latestBuild, type Workspace } from "../domain/workspace.ts";
import type { Fired, World } from "../domain/world.ts";
import { handled, type Reply } from "../operations/reply.ts";
import { stamp } from "./present-task.ts";

type Schemas = components["schemas"];

/** Lets something happen in a world and answers with all that did, in order. */
export function happened(world: World, run: (observe: (fired: Fired) => void) => void): Reply {
  const events: Schemas["Event"][] = [];
  run((fired) => events.push(presentEvent(fired)));
  const body: Schemas["Happened"] = {
    now: formatInstant(world.now),
    ...stamp("next_due", world.nextDue),
    events,
  };
  return handled(200, body);
}

function presentEvent({ due, before, after }: Fired): Schemas["Event"] {
  const { task } = before;
  return {
    at: formatInstant(due.at),
    ...(task === undefined ? {} : { task: { id: task.id, name: task.name } }),
    kind: due.step.kind,
    before: side(before.workspace),
    after: side(after.workspace),
  };
}

function side(workspace: Workspace): Schemas["EventSide"] {
  const build = latestBuild(workspace);
  const state = currentState(workspace)?.state;
  return {
    status: taskStatus(workspace),
    ...(build === undefined ? {} : { workspace_status: workspaceStatus(build.transition, build.job.status) }),
    ...(state === undefined ? {} : { state }),
  };
}
