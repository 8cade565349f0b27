import type { components } from "../../contract/generated/admin.ts";
import { currentState } from "../../domain/current-state.ts";
import { formatInstant } from "../../domain/instant.ts";
import type { Fired, Observe } from "../../domain/lifecycle.ts";
import { taskStatus, workspaceStatus } from "../../domain/task-status.ts";
import { latestBuild, type Workspace } from "../../domain/workspace.ts";
import type { World } from "../../domain/world.ts";
import { handled, type Reply } from "../../operations/reply.ts";
import { stamp } from "../tasks/present-task.ts";

type Schemas = components["schemas"];

/** So many events stand in one answer; what happened beyond them is counted. */
const mostListed = 10_000;

/** Lets something happen in a world and answers with all that did, in order. */
export function happened(world: World, run: (observe: Observe) => void): Reply {
  return handled(200, watched(world, run).body);
}

/** Lets something happen in a world, and gives what did, in order, and what came of it. */
export function watched<Result>(
  world: World,
  run: (observe: Observe) => Result,
): { readonly body: Schemas["Happened"]; readonly result: Result } {
  const events: Schemas["Event"][] = [];
  let omitted = 0;
  const result = run((fired) => {
    if (events.length < mostListed) events.push(presentEvent(fired));
    else omitted += 1;
  });
  const body = {
    now: formatInstant(world.now),
    ...stamp("next_due", world.nextDue),
    events,
    ...(omitted === 0 ? {} : { omitted }),
  };
  return { body, result };
}

/** A step of a lifecycle, with how its task was on either side of it. */
export function presentEvent({ due, before, after }: Fired): Schemas["Event"] {
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
