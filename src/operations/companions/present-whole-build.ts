import { agentOfBuild } from "../../domain/agent-of-build.ts";
import { formatInstant } from "../../domain/instant.ts";
import type { Build, Workspace } from "../../domain/workspace.ts";
import type { World } from "../../domain/world.ts";
import { presentNewBuild, presentNewJob } from "../present-build.ts";
import { shapes } from "../shape.ts";
import { presentAgent } from "./present-agent.ts";

export interface FoundBuild {
  readonly workspace: Workspace;
  readonly build: Build;
}

/** A build as it is by now: what a new one shows, with what has come to it since. */
export function presentWholeBuild(world: World, found: FoundBuild): object {
  const { workspace, build } = found;
  const version = world.directory.templateOfVersion(build.templateVersionId)?.version;
  const isThrough = build.job.completedAt !== undefined;
  return {
    ...presentNewBuild(world, found, shapes[world.settings.profile]),
    template_version_name: version?.name ?? "",
    job: presentJob(world, workspace, build),
    resources: presentResources(world, found),
    ...(isThrough ? { has_ai_task: version?.hasAiTask ?? false, has_external_agent: false } : {}),
  };
}

function presentJob(world: World, workspace: Workspace, build: Build): object {
  const { startedAt, completedAt, canceledAt, error } = build.job;
  return {
    ...presentNewJob(workspace, build),
    ...(startedAt === undefined
      ? {}
      : {
          started_at: formatInstant(startedAt),
          worker_id: world.ids.named("worker", "built-in"),
          worker_name: "built-in",
        }),
    ...(completedAt === undefined ? {} : { completed_at: formatInstant(completedAt) }),
    ...(canceledAt === undefined ? {} : { canceled_at: formatInstant(canceledAt) }),
    ...(error === "" ? {} : { error }),
  };
}

/** What the build left behind: the home folder survives a stop, the machine with the agent does not. */
function presentResources(world: World, { workspace, build }: FoundBuild): readonly object[] {
  const { job, transition } = build;
  if (job.status !== "succeeded" || transition === "delete") return [];
  const resource = (type: string, name: string) => ({
    id: resourceId(world, build, name),
    created_at: formatInstant(job.completedAt ?? build.updatedAt),
    job_id: job.id,
    workspace_transition: transition,
    type,
    name,
    hide: false,
    icon: "",
    daily_cost: 0,
  });
  const home = resource("docker_volume", "home");
  const agent = agentOfBuild(workspace, build);
  if (agent === undefined) return [home];
  const machine = resource("docker_container", "workspace");
  return [
    { ...machine, agents: [presentAgent(world, agent, { workspace, build, resourceId: machine.id })] },
    home,
  ];
}

function resourceId(world: World, build: Build, name: string): string {
  return world.ids.named("resource", `${build.id}/${name}`);
}
