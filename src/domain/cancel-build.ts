import { drawDurations } from "./due.ts";
import { endJob } from "./end-job.ts";
import type { IdSource } from "./id-source.ts";
import type { Instant } from "./instant.ts";
import { Plan } from "./plan.ts";
import type { Build, Job, Workspace } from "./workspace.ts";

/** Why a job cannot be canceled; undefined when it can. */
export function cancelObstacle({ status, canceledAt }: Job): "completed" | "canceled" | undefined {
  if (status === "canceling" || canceledAt !== undefined) return "canceled";
  return status === "pending" || status === "running" ? undefined : "completed";
}

/**
 * The workspace with its latest build told to end. One that nobody has picked up yet is canceled at once; one that runs takes
 * half as long to end as it would have taken in all. Whatever else was planned is off. Saves nothing.
 */
export function cancelBuild(
  workspace: Workspace,
  build: Build,
  { at, ids }: { readonly at: Instant; readonly ids: IdSource },
): Workspace {
  const builds = workspace.builds.slice(0, -1);
  if (build.job.status === "pending") {
    const canceled = endJob(build, { status: "canceled", error: "" }, at);
    return { ...workspace, builds: [...builds, canceled], due: [] };
  }
  const durations = drawDurations(workspace.durations, { ids, of: build.id });
  const plan = new Plan(at);
  plan.after(durations[build.transition === "start" ? "build" : build.transition] / 2, {
    kind: "job-canceled",
  });
  const canceling = endJob(build, { status: "canceling", error: "" }, at);
  return { ...workspace, builds: [...builds, canceling], due: plan.due };
}
