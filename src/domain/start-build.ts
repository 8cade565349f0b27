import { type Due, drawDurations } from "./due.ts";
import type { IdSource } from "./id-source.ts";
import type { UserId } from "./ids.ts";
import { asId } from "./ids.ts";
import { planShutdown, planStart } from "./lifecycle-plan.ts";
import { outcomeAfter } from "./outcomes.ts";
import type { Draw } from "./span.ts";
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
  order: BuildOrder & Partial<Pick<Build, "templateVersionId" | "presetId" | "parameters">>,
): { readonly workspace: Workspace; readonly build: Build } {
  const previous = latestBuild(workspace);
  const templateVersionId = order.templateVersionId ?? previous?.templateVersionId;
  if (templateVersionId === undefined) throw new Error("A workspace's first build needs a template version.");
  // A preset belongs to its version.
  const isSameVersion = previous?.templateVersionId === templateVersionId;
  const presetId = order.presetId ?? (isSameVersion ? previous.presetId : undefined);
  const build: Build = {
    id: asId(world.ids.next("build")),
    number: (previous?.number ?? 0) + 1,
    transition: order.transition,
    reason: order.reason,
    initiatorId: order.initiatorId,
    templateVersionId,
    ...(presetId === undefined ? {} : { presetId }),
    ...(order.parameters === undefined ? {} : { parameters: order.parameters }),
    createdAt: world.now,
    updatedAt: world.now,
    job: {
      id: world.ids.next("job"),
      fileId: world.ids.named("file", templateVersionId),
      status: "pending",
      error: "",
    },
  };
  const due = planBuild(workspace, order, { build, ids: world.ids });
  return {
    workspace: { ...workspace, updatedAt: world.now, builds: [...workspace.builds, build], due },
    build,
  };
}

/** The steps of a new build of a workspace. What is drawn belongs to the build, so that nothing else can change it. */
function planBuild(
  { builds, durations: spans, behaviour }: Workspace,
  { transition, prompt }: BuildOrder,
  { build, ids }: { readonly build: Build; readonly ids: IdSource },
): readonly Due[] {
  const draw: Draw = { ids, of: build.id };
  const durations = drawDurations(spans, draw);
  const outcome = outcomeAfter(behaviour.builds[transition], builds, transition);
  if (transition !== "start") {
    const agentIsUp = builds.at(-1)?.agent?.connection === "connected";
    return planShutdown(build.createdAt, { durations, transition, agentIsUp, build: outcome });
  }
  return planStart(build.createdAt, {
    durations,
    prompt,
    build: outcome,
    agent: outcomeAfter(behaviour.agent, builds, "start"),
    app: outcomeAfter(behaviour.app, builds, "start"),
    draw,
  });
}
