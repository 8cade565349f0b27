import type { Pair } from "../../domain/pair.ts";
import { startBuild } from "../../domain/start-build.ts";
import type { SteeredJob } from "../../domain/steer.ts";
import { steerJob } from "../../domain/steer.ts";
import { newPrompt, type Task } from "../../domain/task.ts";
import {
  type BuildReason,
  buildReasons,
  isBuilding,
  isDeleted,
  type Transition,
  transitions,
  type Workspace,
} from "../../domain/workspace.ts";
import type { World } from "../../domain/world.ts";
import type { Reply } from "../../operations/reply.ts";
import type { AdminContext } from "../admin-context.ts";
import type { AdminTaskCall } from "../admin-operation.ts";
import { badRequest, type Complaint, conflict } from "../complain.ts";
import { textField, wordField } from "../fields.ts";
import { saved } from "./save-workspace.ts";

const steeredJobs = [
  "running",
  "succeeded",
  "failed",
  "canceling",
  "canceled",
] as const satisfies readonly SteeredJob[];

interface BuildOrder {
  readonly transition: Transition | undefined;
  readonly reason: BuildReason | undefined;
  readonly job: SteeredJob | undefined;
  readonly error: string | undefined;
}

/** `POST /tasks/{task}/build`: a new build, a moved job, or both in one go. */
export function steerBuild(context: AdminContext, { world, task, workspace, fields }: AdminTaskCall): Reply {
  const order: BuildOrder = {
    transition: wordField(fields, "transition", transitions),
    reason: wordField(fields, "reason", buildReasons),
    job: wordField(fields, "job", steeredJobs),
    error: textField(fields, "error"),
  };
  const complaints = complaintsAbout(order);
  if (complaints.length > 0) return badRequest("The order for the build cannot be followed.", complaints);
  const obstacle = obstacleTo(order, workspace);
  if (workspace === undefined || obstacle !== undefined) return obstacle ?? withoutWorkspace();
  return saved(context, task, built(world, order, { task, workspace }).workspace);
}

function complaintsAbout({ transition, reason, job, error }: BuildOrder): readonly Complaint[] {
  const complaints: Complaint[] = [];
  if (transition === undefined && job === undefined) {
    complaints.push({ field: "body", detail: 'expected "job" or "transition", or both' });
  }
  if (reason !== undefined && transition === undefined) {
    complaints.push({ field: "body/reason", detail: 'a reason goes with "transition" only' });
  }
  if (error !== undefined && job !== "failed") {
    complaints.push({ field: "body/error", detail: 'an error goes with "job": "failed" only' });
  }
  return complaints;
}

function obstacleTo({ transition }: BuildOrder, workspace: Workspace | undefined): Reply | undefined {
  if (workspace === undefined || isDeleted(workspace)) return withoutWorkspace();
  if (transition !== undefined && isBuilding(workspace)) {
    return conflict(
      "A build of the workspace is already active.",
      'End it first with {"job": "succeeded"} or {"job": "failed"}, or settle the task.',
    );
  }
  return transition === undefined && workspace.builds.length === 0
    ? conflict("The workspace has no build yet.", 'Make one with "transition".')
    : undefined;
}

function withoutWorkspace(): Reply {
  return conflict("The task has no workspace to build.", "It never had one, or it is deleted.");
}

function built(
  world: World,
  { transition, reason, job, error }: BuildOrder,
  { task, workspace }: { readonly task: Task; readonly workspace: Workspace },
): Pair {
  const pair: Pair = {
    task,
    workspace:
      transition === undefined
        ? workspace
        : newBuild(world, { transition, reason: reason ?? defaultReasons[transition] }, { task, workspace }),
  };
  if (job === undefined) return pair;
  const order = { status: job, error: job === "failed" ? (error ?? defaultError) : "" };
  return steerJob(pair, order, { at: world.now, ids: world.ids });
}

/** Nobody in particular asks for such a build, so it is put down to the owner. */
function newBuild(
  world: World,
  { transition, reason }: { readonly transition: Transition; readonly reason: BuildReason },
  { task, workspace }: { readonly task: Task; readonly workspace: Workspace },
): Workspace {
  const first = workspace.builds.length === 0 ? { templateVersionId: task.templateVersionId } : {};
  return startBuild(world, workspace, {
    transition,
    reason,
    initiatorId: workspace.ownerId,
    prompt: transition === "start" ? newPrompt(task) : undefined,
    ...first,
  }).workspace;
}

/** Provider: an autostop of a task's workspace has a reason of its own. */
const defaultReasons = {
  start: "initiator",
  stop: "task_auto_pause",
  delete: "initiator",
} as const satisfies Record<Transition, BuildReason>;

const defaultError = "The provisioner failed.";
