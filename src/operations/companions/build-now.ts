import type { World } from "../../domain/world.ts";
import type { FoundBuild } from "./present-whole-build.ts";

/** A build that was found earlier, as it is by now; undefined once its workspace is gone. */
export function buildNow(world: World, { workspace, build }: FoundBuild): FoundBuild | undefined {
  const present = world.workspaceOrDeparted(workspace.id);
  const same = present?.builds.find(({ id }) => id === build.id);
  return present === undefined || same === undefined ? undefined : { workspace: present, build: same };
}
