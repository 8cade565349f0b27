import type { World } from "../../domain/world.ts";
import type { FoundCall } from "../operation.ts";
import { handled, type Reply } from "../reply.ts";
import { type FoundBuild, presentWholeBuild } from "./present-whole-build.ts";

/** `GET /workspacebuilds/{workspacebuild}`, and the same build by its number. */
export function getWorkspaceBuild(world: World, { found }: FoundCall<FoundBuild>): Reply {
  return handled(200, presentWholeBuild(world, found));
}
