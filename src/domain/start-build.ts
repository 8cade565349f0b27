import { drawDurations } from "./due.ts";
import type { UserId } from "./ids.ts";
import { asId } from "./ids.ts";
import { planShutdown, planStart } from "./lifecycle-plan.ts";
import { type Build, type BuildReason, latestBuild, type Transition, type Workspace } from "./workspace.ts";
import type { World } from "./world.ts";

export interface BuildOrder {
  readonly transition: Transition;
  readonly reason: BuildReason;
  readonly initiatorId: UserId;
  /** What a start build's agent will set out to do; undefined when it has nothing new to do. */
  readonly prompt: string | undefined;
}

/**
 * The workspace with a new build behind its latest, pending, with its steps planned; whatever else was planned is off.
 * The template version is the latest build's: a resumed task never moves to another. Saves nothing.
 */
export function startBuild(
  world: World,
  workspace: Workspace,
  order: BuildOrder & Partial<Pick<Build, "templateVersionId" | "presetId">>,
): { readonly workspace: Workspace; readonly build: Build } {
  const previous = latestBuild(workspace);
  const templateVersionId = order.templateVersionId ?? previous?.templateVersionId;
  if (templateVersionId === undefined) throw new Error("A workspace's first build needs a template version.");
  const presetId = order.presetId ?? previous?.presetId;
  const build: Build = {
    id: asId(world.ids.next("build")),
    number: (previous?.number ?? 0) + 1,
    transition: order.transition,
    reason: order.reason,
    initiatorId: order.initiatorId,
    templateVersionId,
    ...(presetId === undefined ? {} : { presetId }),
    createdAt: world.now,
    updatedAt: world.now,
    job: {
      id: world.ids.next("job"),
      fileId: world.ids.named("file", templateVersionId),
      status: "pending",
      error: "",
    },
  };
  const durations = drawDurations(workspace.durations, { ids: world.ids, of: build.id });
  const due =
    order.transition === "start"
      ? planStart(world.now, durations, order.prompt)
      : planShutdown(world.now, durations, {
          transition: order.transition,
          agentIsUp: previous?.agent?.connection === "connected",
        });
  return {
    workspace: { ...workspace, updatedAt: world.now, builds: [...workspace.builds, build], due },
    build,
  };
}
