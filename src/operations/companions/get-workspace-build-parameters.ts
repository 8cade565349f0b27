import { buildParameters } from "../../domain/build-parameters.ts";
import type { World } from "../../domain/world.ts";
import type { FoundCall } from "../operation.ts";
import { handled, type Reply } from "../reply.ts";
import type { FoundBuild } from "./present-whole-build.ts";

/** `GET /workspacebuilds/{workspacebuild}/parameters`. */
export function getWorkspaceBuildParameters(world: World, { found }: FoundCall<FoundBuild>): Reply {
  return handled(200, buildParameters(world.directory, found.workspace, found.build));
}
